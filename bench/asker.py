"""A bare IRC connection that asks one thing at a time and waits for its answer.

It runs on the generator's CPU, beside the load, so that what it takes to be scheduled there is in
the times: they are what a person sees at most.
"""

import base64
import itertools
import socket
import struct
import time
from collections import deque
from types import TracebackType
from typing import Final, Self

ANSWER_TIMEOUT_S: Final = 30.0
_READ_BYTES: Final = 1 << 18
_VERB_BYTES: Final = 80
"""Within so many a refusal names itself: behind tags and the server's name."""


class AskerFailedError(Exception):
    """The server ended the connection, refused, or did not answer in time."""


class Asker:
    """One connection; also a context manager that closes it."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_TIMEOUT_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""
        self._waiting: deque[bytes] = deque()
        self._tokens = itertools.count(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # With RST: no TIME_WAIT is left for the next run.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def sign_in(self, nick: str, caps: str = "", password: str = "") -> None:
        """Sign in, to the account of this name where there is a password."""
        if caps or password:
            self.send(f"CAP REQ :{caps} {'sasl' if password else ''}".rstrip())
        if password:
            self.send("AUTHENTICATE PLAIN")
            self.answer(b"AUTHENTICATE +")
            self.send(f"AUTHENTICATE {proof(nick, password)}")
            self.answer(b" 903 ")
        self.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}", *(["CAP END"] if caps else []))
        self.answer(b" 376 ", b" 422 ")

    def join(self, rooms: list[str]) -> None:
        """Enter the rooms, one after the other."""
        for room in rooms:
            self.send(f"JOIN {room}")
            self.answer(b" 366 ")

    def register(self, password: str) -> None:
        """Register the nick."""
        self.send(f"REGISTER * * {password}")
        self.answer(b"REGISTER SUCCESS")

    def send(self, *lines: str) -> None:
        """Send lines."""
        self._socket.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def ask(self, line: str, *ends: bytes) -> tuple[float, list[bytes]]:
        """Return how long the answer took (ms), and its lines up to one with one of `ends`."""
        asked_s = time.perf_counter()
        self.send(line)
        lines = self.answer(*ends)
        return (time.perf_counter() - asked_s) * 1e3, lines

    def catch_up(self) -> list[bytes]:
        """Wait until the server has dealt with all that was sent; return what came until then."""
        token = f"caught-up-{next(self._tokens)}"
        self.send(f"PING {token}")
        return self.answer(token.encode())

    def answer(self, *ends: bytes, count: int = 1) -> list[bytes]:
        """Return the lines up to the `count`-th that has one of `ends` in it.

        A refusal (`FAIL`, `ERROR`) on the way raises `AskerFailedError`.
        """
        lines: list[bytes] = []
        while count:
            if not self._waiting:
                self._read()
                continue
            line = self._waiting.popleft()
            if line.startswith(b"PING "):
                self._socket.sendall(b"PONG " + line[5:] + b"\r\n")
                continue
            lines.append(line)
            if any(end in line for end in ends):
                count -= 1
            elif b"FAIL " in line[:_VERB_BYTES] or line.startswith(b"ERROR "):
                raise AskerFailedError(line.decode(errors="replace"))
        return lines

    def _read(self) -> None:
        try:
            data = self._socket.recv(_READ_BYTES)
        except OSError as error:
            raise AskerFailedError(f"no answer: {error}") from error
        if not data:
            raise AskerFailedError("the server has closed the connection")
        *whole, self._rest = (self._rest + data).split(b"\r\n")
        self._waiting.extend(whole)


def proof(name: str, password: str) -> str:
    """Return what AUTHENTICATE PLAIN takes."""
    return base64.b64encode(f"\0{name}\0{password}".encode()).decode()
