"""Requests over HTTP to a server, one connection each, or as slowly as a test wants."""

import base64
import http.client
import socket
import ssl
import time

from tests.e2e.waits import SEEN_S


def basic(name, password):
    """Return the header that proves an account."""
    pair = base64.b64encode(f"{name}:{password}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


def ask(port, method, path, body=None, headers=None, tls=None):
    """Return what is answered: status, headers and body."""
    if tls is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SEEN_S)
    else:
        connection = http.client.HTTPSConnection("localhost", port, timeout=SEEN_S, context=tls)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), answer.read()
    finally:
        connection.close()


class SlowPost:
    """A POST whose body is sent piece by piece."""

    def __init__(self, port, path, size, headers):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=SEEN_S)
        lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Content-Length: {size}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode())

    def send(self, piece):
        """Send a part of the body."""
        self._socket.sendall(piece)

    def answer(self):
        """Return the answer's first line."""
        return self._socket.makefile("rb").readline().decode().strip()

    def close(self):
        """Go, whatever was sent."""
        self._socket.close()


def until(port, is_so, what):
    """Ask the server for its health until something is so: each answer is a turn of its loop."""
    until_s = time.monotonic() + SEEN_S
    while not is_so():
        assert time.monotonic() < until_s, f"{what}: not within {SEEN_S} s"
        ask(port, "GET", "/healthz")


def trusting():
    """Return what speaks TLS with whatever server."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
