"""A bare HTTP connection: sends bytes as they are, and reads answers."""

import socket
from typing import NamedTuple

from tests.e2e.waits import SEEN_S

READ_BYTES = 65_536


class Answer(NamedTuple):
    """What the server said; names of headers are in small letters."""

    status: int
    headers: dict
    body: bytes


class Http:
    """One connection; several requests may go over it."""

    def __init__(self, port, tls=None):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=SEEN_S)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        self._rest = b""

    def send(self, data):
        """Send bytes as they are."""
        self.socket.sendall(data)

    def get(self, path, method="GET", **headers):
        """Ask for something, and return the answer."""
        self.ask(path, method, **headers)
        return self.answer(has_body=method != "HEAD")

    def handshake(self, path="/", **headers):
        """Ask for a WebSocket, and return the status of the answer. RFC 6455 §4.1."""
        key = {"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version": "13"}
        return self.get(path, Upgrade="websocket", Connection="Upgrade", **key, **headers).status

    def ask(self, path, method="GET", **headers):
        """Send a request; `_` in names of headers stands for `-`."""
        named = {"Host": "chat.test"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        self.send(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode())

    def answer(self, *, has_body=True):
        """Return the next answer."""
        while b"\r\n\r\n" not in self._rest:
            self._read()
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        pairs = (line.split(": ", 1) for line in lines)
        headers = {name.lower(): value for name, value in pairs}
        size = int(headers.get("content-length", 0)) if has_body else 0
        while len(self._rest) < size:
            self._read()
        body, self._rest = self._rest[:size], self._rest[size:]
        return Answer(int(first.split(" ")[1]), headers, body)

    def rest(self):
        """Return all that comes until the server closes."""
        try:
            while True:
                self._read()
        except EOFError:
            return self._rest

    def close(self):
        """Close the connection."""
        self.socket.close()

    def _read(self):
        data = self.socket.recv(READ_BYTES)
        if not data:
            raise EOFError
        self._rest += data
