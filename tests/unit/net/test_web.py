"""What cannot be made ready for HTTP yet is told and tried again; nobody else notices."""

import asyncio

from rookery.net import web
from rookery.net.web import Web


class Early:
    """A connection that came before HTTP was ready."""

    def __init__(self):
        self.gateways = []

    def begin(self, gateway):
        self.gateways.append(gateway)


def test_a_page_that_cannot_be_read_is_read_again(monkeypatch):
    """With no file descriptor left the page waits for one, and so do those who asked for it."""
    monkeypatch.setattr(web, "AGAIN_S", 0)
    monkeypatch.setattr(web, "_gateway", lambda: lambda *parts: parts)
    failures = [OSError(24, "Too many open files")] * 2

    def read_site():
        if failures:
            raise failures.pop()
        return "the site"

    page, early = Web("the hall", "the group", read_site), Early()
    page.take(early)
    asyncio.run(page.open())
    assert early.gateways == [("the hall", "the group", "the site")]
    assert failures == []
