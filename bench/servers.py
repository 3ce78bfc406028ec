"""The servers: how each is configured, started on the server's CPU, and stopped.

A server gets an empty folder and a free port for every start, and nothing of it stays behind.
"""

import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import machine

BENCH = Path(__file__).resolve().parent
BUILD = BENCH / ".build"
LISTEN_TIMEOUT_S = 15.0
STOP_TIMEOUT_S = 15.0
# Between the start and the first load, so that what a server does after its start is not measured.
SETTLE_S = 0.3
_POLL_S = 0.001
# Debian keeps the daemons out of an ordinary user's PATH.
_SEARCH_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))


Command = Callable[[int, Path], list[str]]
"""What starts a server, of the port and the folder of this start."""


class ServerFailedError(Exception):
    """The server ended, or did not listen in time. Carries the end of its output."""


@dataclass(frozen=True, slots=True)
class Server:
    """One row of the table.

    `package` is what a missing program is installed with, and its name. A server
    `delays_small_writes` when it leaves Nagle's algorithm on.
    """

    name: str
    command: Command
    package: str | None = None
    connect_inflight: int = 64
    delays_small_writes: bool = False

    def missing(self) -> str | None:
        """Return the remedy where the program is not installed."""
        if self.package is None or shutil.which(self.package, path=_SEARCH_PATH):
            return None
        return f"{self.name} not installed: apt-get install {self.package}"


@dataclass(frozen=True, slots=True)
class RunningServer:
    """`start_ms` is the time from the spawn to the first connection that was accepted."""

    port: int
    pid: int
    start_ms: float


def rookery_options(port: int, data: Path) -> list[str]:
    """Return the options that every measured Rookery gets."""
    return ["--host", "127.0.0.1", "--port", f"{port}", "--data", f"{data}", "--no-limits"]


def rookery_on(data: Path, port: int, _: Path) -> list[str]:
    """Return the command of a Rookery with the data folder `data`."""
    override = os.environ.get("ROOKERY_CMD")
    serve = shlex.split(override) if override else [sys.executable, "-m", "rookery", "serve"]
    return [*serve, *rookery_options(port, data)]


def with_settings(command: Command, settings: dict[str, str]) -> Command:
    """Return a command with other settings, given by the environment; `env` keeps the pid."""
    given = [f"{name}={value}" for name, value in settings.items()]
    return lambda port, folder: ["env", *given, *command(port, folder)]


def _rookery(port: int, folder: Path) -> list[str]:
    return rookery_on(folder / "data", port, folder)


def _rookery_ephemeral(port: int, folder: Path) -> list[str]:
    return [*_rookery(port, folder), "--ephemeral"]


def _program(name: str) -> str:
    return shutil.which(name, path=_SEARCH_PATH) or name


def _configured(name: str, port: int, folder: Path) -> str:
    """Fill in the peer's configuration. Returns the path of the result."""
    text = (BENCH / "peers" / name).read_text()
    target = folder / name
    target.write_text(text.replace("@PORT@", f"{port}").replace("@DIR@", f"{folder}"))
    return f"{target}"


def _ngircd(port: int, folder: Path) -> list[str]:
    config = _configured("ngircd.conf", port, folder)
    return [_program("ngircd"), "--nodaemon", "--config", config]


def _inspircd(port: int, folder: Path) -> list[str]:
    config = _configured("inspircd.conf", port, folder)
    (folder / "motd.txt").write_text("measured here\n")
    as_root = ["--runasroot"] if os.geteuid() == 0 else []
    return [_program("inspircd"), f"--config={config}", "--nofork", "--nopid", *as_root]


def _found() -> list[Server]:
    """Return a server for each program in the folder `$BENCH_PEERS`: `PROGRAM PORT FOLDER`."""
    folder = os.environ.get("BENCH_PEERS")
    programs = sorted(Path(folder).iterdir()) if folder else []
    return [_started_by(each) for each in programs if os.access(each, os.X_OK) and each.is_file()]


def _started_by(program: Path) -> Server:
    return Server(program.stem, lambda port, folder: [f"{program}", f"{port}", f"{folder}"])


SERVERS = {
    server.name: server
    for server in (
        Server("rookery", _rookery),
        Server("rookery-ephemeral", _rookery_ephemeral),
        # It listens with a backlog of 10, and a dropped SYN costs a second.
        Server("ngircd", _ngircd, package="ngircd", connect_inflight=4, delays_small_writes=True),
        # It completes registrations on a timer of one second: few in flight would measure that.
        Server(
            "inspircd",
            _inspircd,
            package="inspircd",
            connect_inflight=1000,
            delays_small_writes=True,
        ),
        *_found(),
    )
}


@contextmanager
def running(command: Command) -> Iterator[RunningServer]:
    """Start a server on its CPU and stop it afterwards. Raises `ServerFailedError`."""
    parent = BUILD / "run"
    parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent) as name, (Path(name) / "log").open("wb+") as log:
        port = _free_port()
        argv = command(port, Path(name))
        with machine.pinned_to(machine.SERVER_CPU):
            spawned_s = time.perf_counter()
            process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            failure = _wait_until_listening(process, port)
            start_ms = (time.perf_counter() - spawned_s) * 1e3
            if failure:
                raise ServerFailedError(f"{failure}: {_tail(Path(log.name))}")
            yield RunningServer(port=port, pid=process.pid, start_ms=start_ms)
        finally:
            _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_listening(process: subprocess.Popen[bytes], port: int) -> str | None:
    """Return what went wrong, or None."""
    deadline_s = time.perf_counter() + LISTEN_TIMEOUT_S
    while time.perf_counter() < deadline_s:
        if process.poll() is not None:
            return f"exited with status {process.returncode}"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(_POLL_S)
        else:
            return None
    return f"did not listen within {LISTEN_TIMEOUT_S:.0f} s"


def _tail(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "no output"


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
