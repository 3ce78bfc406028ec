"""What a browser must never see of the page, whatever is tested.

The page throws nothing, complains of nothing, opens none of the browser's own dialogs, and talks
to nobody but the server that it came from.
"""

import re
from urllib.parse import urlsplit

OWN_SCHEMES = ("blob", "data")
"""Addresses of what the page itself has made: nobody is asked."""


class Watch:
    """Notes what goes wrong in every page and worker of a browser's context."""

    def __init__(self, context, address, expected=()):
        self.faults = []
        self.asked = set()
        """The other side of every request and WebSocket, as "host:port"."""
        self._own = urlsplit(address).netloc
        self._expected = [re.compile(pattern) for pattern in expected]
        context.on("weberror", lambda error: self.faults.append(f"thrown: {error.error}"))
        context.on("console", self._said)
        context.on("dialog", self._dialog)
        context.on("request", lambda request: self._asked(request.url))
        context.on("page", lambda page: page.on("websocket", lambda ws: self._asked(ws.url)))

    def verify(self):
        """Fail where something went wrong that the test did not bring about."""
        faults = [
            fault
            for fault in self.faults
            if not any(pattern.search(fault) for pattern in self._expected)
        ]
        assert not faults, "\n".join(faults)
        assert self.asked <= {self._own}, f"others were asked: {self.asked}"

    def _said(self, message):
        if message.type == "error":
            self.faults.append(f"complained: {message.text} {message.location}")

    def _dialog(self, dialog):
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _asked(self, url):
        parts = urlsplit(url)
        if parts.scheme not in OWN_SCHEMES:
            self.asked.add(parts.netloc)
