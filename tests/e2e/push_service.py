"""A push service on this computer: takes pushes over TLS and writes them down."""

import contextlib
import itertools
import queue
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import trustme
from tests.e2e.waits import SEEN_S


class Push(NamedTuple):
    """One request."""

    path: str
    headers: dict
    body: bytes


class PushService:
    """Answers with the statuses that are given, then with 201; `close` ends it."""

    def __init__(self, folder):
        authority = trustme.CA()
        self.ca_file = folder / "push-ca.pem"
        authority.cert_pem.write_to_path(self.ca_file)
        self.statuses = []
        """Pairs of a status and further headers."""
        self.is_endless = False
        """Whether it goes on for ever to say that it will answer."""
        self.cut_after_bytes = queue.Queue()
        """How much it said each time until nobody listened any more."""
        self.pushes = queue.Queue()
        self.connection_count = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(context)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.endpoint = f"https://localhost:{self._server.server_port}/device"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def next(self):
        """Return the next push."""
        return self.pushes.get(timeout=SEEN_S)

    def is_silent(self):
        """Return whether nothing has come that nobody has looked at."""
        return self.pushes.empty()

    def close(self):
        """End it."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self):
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, more = service.statuses.pop(0) if service.statuses else (201, {})
                service.pushes.put(Push(self.path, dict(self.headers), body))
                if service.is_endless:
                    service.cut_after_bytes.put(self._go_on_for_ever())
                    return
                self.send_response(status)
                for name, value in ({"Content-Length": "0"} | more).items():
                    self.send_header(name, value)
                with contextlib.suppress(OSError):
                    self.end_headers()

            def do_GET(self):
                self.do_POST()

            def _go_on_for_ever(self):
                said = b"HTTP/1.1 100 Continue\r\n\r\n" * 1000  # RFC 9110 §15.2 has no bound.
                for times in itertools.count():
                    try:
                        self.wfile.write(said)
                    except OSError:
                        return times * len(said)
                return 0

            def log_message(self, *_):
                """Say nothing."""

        return Handler
