"""The composition root: put the parts together, serve, drain, stop.

Everything that goes wrong on the way is a `RookeryError`, one sentence with its remedy.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import socket
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from rookery import __version__, log
from rookery.assembly import Assembly, assemble
from rookery.banner import banner
from rookery.config import needing_restart
from rookery.entrances import Entrances
from rookery.errors import RookeryError
from rookery.files import allow_files
from rookery.net import tls
from rookery.net.hall import SWEEP_S

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from rookery.command.node import Rules
    from rookery.config import Loaded

_log: Final = log.get("server")
COLLECT_AFTER: Final = (50_000, 20, 100)
"""Thresholds of the garbage collector: an epoch under load holds some ten thousand messages, which
are no garbage and need no look."""
SWITCH_INTERVAL_S: Final = 0.0005
"""How soon a thread that has finished its commit or read gets the interpreter back from a busy
loop; Python's default of 5 ms would be most of a commit's time."""
DRAIN_POLL_S: Final = 0.01
"""How often a stopping server looks whether all is sent."""

GOODBYE_S: Final = 0.3
"""How long clients that were sent everything may take to close their end: TLS and WebSocket have
a goodbye of their own, which some never answer."""


def run(loaded: Loaded) -> int:
    """Serve until told to stop; return the exit code. Raises `RookeryError`."""
    _configure_log(loaded)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        try:
            runner.run(_Server(loaded).serve())
        except ExceptionGroup as group:
            # A task group wraps what ends it; a person reads the sentence alone.
            for error in group.exceptions:
                if isinstance(error, RookeryError):
                    raise error from None
            raise
    return 0


def _loop_factory() -> type[asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415 - missing on some systems; plain asyncio then
    except ImportError:
        return None
    loop: type[asyncio.AbstractEventLoop] = uvloop.Loop
    return loop


def _configure_log(loaded: Loaded) -> None:
    config = loaded.config.log
    log.configure(config.level, config.format, is_terminal=sys.stderr.isatty())


class _Server:
    """One run of the server, in phases: start, serve, drain, stop."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._stopping = asyncio.Event()
        self._has_terminal = sys.stdout.isatty()
        self._tls: ssl.SSLContext | None = None
        self._fingerprint: str | None = None
        self._parts: Assembly | None = None

    async def serve(self) -> None:
        """Run every phase."""
        is_new = not self._loaded.config.server.data.exists()
        allow_files(self._loaded.config.limits.connections)
        parts = assemble(self._loaded.config, asyncio.get_running_loop())
        try:
            self._parts, parts.node.rehash = parts, self
            self._watch_signals()  # Before anybody is told that it runs.
            self._prepare_tls()
            async with asyncio.TaskGroup() as group:
                entrances = Entrances(parts, group, self._tls, lambda: self._loaded.config)
                port = entrances.open()
                async with self._metrics(parts):
                    self._tell_started(port, is_new=is_new)
                    work = [_sweep(parts), _settle(entrances)]
                    if parts.pusher is not None:
                        work.append(parts.pusher.run())
                    tasks = [group.create_task(one) for one in work]
                    await self._stopping.wait()
                    entrances.close()
                    for task in tasks:
                        task.cancel()
                    await self._drain(parts)
        finally:
            parts.close()
        _log.info("stopped")

    @contextlib.asynccontextmanager
    async def _metrics(self, parts: Assembly) -> AsyncIterator[None]:
        """Answer Prometheus meanwhile, where that is asked for."""
        where = self._loaded.config.metrics
        if not where.port:
            yield
            return
        from rookery.metrics import Endpoint  # noqa: PLC0415 - slow, and rarely asked for

        endpoint = Endpoint(parts)
        await endpoint.listen(where.host, where.port)
        try:
            yield
        finally:
            await endpoint.close()

    def _prepare_tls(self) -> None:
        config = self._loaded.config
        if not config.tls.enabled:
            return
        cert, key = config.tls.cert, config.tls.key
        if cert is None or key is None:
            made = tls.self_signed(config.server.data, [socket.gethostname()])
            cert, key = made.cert, made.key
        self._tls = tls.server_context(cert, key, config.tls.client_ca)
        self._fingerprint = tls.fingerprint(cert)

    def _tell_started(self, port: int, *, is_new: bool) -> None:
        config = self._loaded.config
        if self._has_terminal:
            text = banner(
                self._loaded,
                config.server.host,
                port,
                machine=socket.gethostname(),
                is_new_data=is_new,
                fingerprint=self._fingerprint,
                is_web=config.web.enabled,
            )
            sys.stdout.write(text)
            sys.stdout.flush()
        _log.info(
            "listening",
            version=__version__,
            host=config.server.host,
            port=port,
            data=str(config.server.data) if not config.server.is_ephemeral else "none",
            tls=self._fingerprint or "off",
        )

    def _watch_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stopping.set)
        loop.add_signal_handler(signal.SIGHUP, self._hang_up)

    def _hang_up(self) -> None:
        """Reload; but stop when the terminal was closed, since nobody would see the server live."""
        if self._has_terminal and not sys.stdout.isatty():
            self._stopping.set()
        else:
            self._reload()

    @property
    def file(self) -> str:
        """Name of the config file, as operators read it."""
        return self._loaded.file.name if self._loaded.file else "rookery.toml"

    def read(self) -> Callable[[], None]:
        """Read the settings again, and return what obeys them; see `command.node.Rehash`."""
        try:
            loaded = self._loaded.reload()
            assert self._parts is not None, "signals and commands come once all is assembled"
            return partial(self._obey, loaded, self._parts, self._parts.rules(loaded.config))
        except RookeryError as error:
            _log.error("settings not reloaded", reason=str(error))
            raise

    def _reload(self) -> None:
        with contextlib.suppress(RookeryError):
            self.read()()

    def _obey(self, loaded: Loaded, parts: Assembly, rules: Rules) -> None:
        """Take settings and certificates over; a mistake in them changes nothing."""
        try:
            pair = _certificate(loaded)
            if self._tls is not None and pair is not None:
                tls.renew(self._tls, *pair)
            parts.obey(loaded.config, rules)
        except RookeryError as error:
            _log.error("settings not reloaded", reason=str(error))
            raise
        for name in needing_restart(self._loaded.config, loaded.config):
            _log.warning("setting needs a restart", setting=name)
        self._loaded = loaded
        _configure_log(loaded)
        _log.info("settings reloaded")

    async def _drain(self, parts: Assembly) -> None:
        """Tell every client, wait until all is on disk and sent, at most the drain timeout."""
        _log.info("stopping", sessions=len(parts.hall.pumps))
        parts.hall.close_all("Shutting down")
        await _wait_while(parts.is_busy, self._loaded.config.server.drain_timeout_s)
        await _wait_while(lambda: bool(parts.hall.pumps), GOODBYE_S)
        parts.hall.abort_all()


def _certificate(loaded: Loaded) -> tuple[Path, Path] | None:
    cert, key = loaded.config.tls.cert, loaded.config.tls.key
    return (cert, key) if cert is not None and key is not None else None


async def _wait_while(is_so: Callable[[], bool], timeout_s: float) -> None:
    """Wait at most so long; sockets, the disk and the pool have no event in common."""
    until_s = time.monotonic() + timeout_s
    while is_so() and time.monotonic() < until_s:  # noqa: ASYNC110
        await asyncio.sleep(DRAIN_POLL_S)


async def _settle(entrances: Entrances) -> None:
    """Get ready for HTTP, and keep the collector from what that has made."""
    await entrances.ready()
    gc.freeze()


async def _sweep(parts: Assembly) -> None:
    """Look after silent sessions and receipts."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    gc.set_threshold(*COLLECT_AFTER)
    gc.freeze()  # What the start has made lives on: no collection need look at it again.
    while True:
        await asyncio.sleep(SWEEP_S)
        parts.hall.sweep()
