"""One connection: bytes of a socket to messages, messages to bytes.

All reading and writing happens in `pump`, on the receiving thread; `send` and `wake` may be
called from any other, and never block. (One TLS connection must not be used by two threads.)
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import threading
import time
from typing import TYPE_CHECKING, Final

from rookery.client.liveness import Liveness
from rookery.wire.framer import MAX_RELAYED_BODY_BYTES, TOO_LONG, Framer
from rookery.wire.message import MalformedError, Message, format_message, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

READ_BYTES: Final = 65_536
WRITE_S: Final = 20.0
"""How long the server may take nothing of what is written to it."""
_ALIVE_PING: Final = Message("PING", ["rookery-alive"])
_SERVER_WORDS: Final = {"AUTHENTICATE", "BATCH", "CAP", "ERROR", "FAIL", "NOTICE", "PING"}
"""What a server may say without a source."""


class LinkLostError(Exception):
    """The connection is gone; its text says how, for people."""


class Link:
    """A connected socket, owned from now on."""

    def __init__(
        self, connected: socket.socket, clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._socket = connected
        self._clock_s = clock_s
        self._framer = Framer(max_body_bytes=MAX_RELAYED_BODY_BYTES)
        self._liveness = Liveness(clock_s())
        self._lock = threading.Lock()
        self._outgoing = bytearray()
        self._stalled_since_s: float | None = None
        self._end = ""
        """How the connection ended, where lines that came before are still to be handed over."""
        self._alarm, self._alarm_end = socket.socketpair()
        self._selector = selectors.DefaultSelector()
        for one in (connected, self._alarm, self._alarm_end):
            one.setblocking(False)
        self._selector.register(connected, selectors.EVENT_READ)
        self._selector.register(self._alarm, selectors.EVENT_READ)

    def send(self, messages: Iterable[Message]) -> None:
        """Hand over lines; they leave in order, as soon as the server takes them.

        A message that no line can carry is left out: what people type was checked before.
        """
        data = bytearray()
        for message in messages:
            with contextlib.suppress(MalformedError):
                data += format_message(message).encode(errors="replace") + b"\r\n"
        if data:
            with self._lock:
                self._outgoing += data
            self.wake()

    def wake(self) -> None:
        """Make `pump` return soon."""
        with contextlib.suppress(OSError):
            self._alarm_end.send(b"!")

    def pump(self, *, is_waiting: bool) -> list[Message]:
        """Write and read what is possible; return what came, perhaps nothing.

        Sleeps until something happens. `is_waiting`: an answer is owed, so silence is suspicious
        sooner. Raises `LinkLostError`.
        """
        self._check(is_waiting=is_waiting)
        self._write()
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._outgoing else 0)
        self._selector.modify(self._socket, events)
        now_s = self._clock_s()
        sleep_s = self._liveness.next_s(now_s, is_waiting=is_waiting)
        if self._stalled_since_s is not None:
            sleep_s = min(sleep_s, max(0.0, self._stalled_since_s + WRITE_S - now_s))
        self._selector.select(sleep_s)
        with contextlib.suppress(OSError):
            self._alarm.recv(READ_BYTES)
        return self._read()

    def flush(self) -> None:
        """Write what is possible now; for the last line before `close`."""
        with contextlib.suppress(LinkLostError):
            self._write()

    def close(self) -> None:
        """Close the connection; nothing may be called afterwards but `wake` and `send`."""
        self._selector.close()
        for one in (self._socket, self._alarm, self._alarm_end):
            one.close()

    def _check(self, *, is_waiting: bool) -> None:
        now_s = self._clock_s()
        if self._end:
            raise LinkLostError(self._end)
        if self._liveness.is_dead(now_s):
            msg = "the server does not answer"
            raise LinkLostError(msg)
        if self._stalled_since_s is not None and now_s >= self._stalled_since_s + WRITE_S:
            msg = "the server takes nothing any more"
            raise LinkLostError(msg)
        if self._liveness.is_ping_due(now_s, is_waiting=is_waiting):
            self.send([_ALIVE_PING])

    def _write(self) -> None:
        with self._lock:
            while self._outgoing:
                try:
                    count = self._socket.send(memoryview(bytes(self._outgoing[:READ_BYTES])))
                except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
                    self._stalled_since_s = self._stalled_since_s or self._clock_s()
                    return
                except OSError as error:
                    raise LinkLostError(error.strerror or str(error)) from error
                del self._outgoing[:count]
                self._stalled_since_s = None

    def _read(self) -> list[Message]:
        lines: list[bytes] = []
        while True:
            try:
                data = self._socket.recv(READ_BYTES)
            except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
                break
            except OSError as error:
                self._end = error.strerror or str(error)
                break
            if not data:
                self._end = "the server closed it"
                break
            self._liveness.heard(self._clock_s())
            lines += self._framer.feed(data)
            if len(data) < READ_BYTES and not isinstance(self._socket, ssl.SSLSocket):
                break
        if self._end and not lines:
            raise LinkLostError(self._end)
        return _messages(lines)


def is_irc(message: Message) -> bool:
    """Return whether this can be a server of IRC: those of other protocols may parse as messages.

    A bare numeric begins the lines of SMTP and FTP; on IRC it has a source.
    """
    if message.command in _SERVER_WORDS:
        return True
    return bool(message.source) and message.command.isalnum()


def _messages(lines: list[bytes]) -> list[Message]:
    messages = []
    for line in lines:
        if line == TOO_LONG:
            continue
        with contextlib.suppress(MalformedError):
            messages.append(parse(line.decode(errors="replace")))
    return messages
