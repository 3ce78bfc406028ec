"""What stands in every answer, and who is told that another server is meant."""

import asyncio
from http import HTTPStatus

from rookery.net.exchange import STRICT, Asked, Site


async def _nothing():
    return
    yield b""


def _asked(host):
    return Asked(
        method="GET",
        path="/",
        query={},
        headers={"Host": host},
        address="192.0.2.7",
        is_encrypted=False,
        body=_nothing(),
    )


def test_the_page_gets_everything_from_its_own_server():
    """No source is allowed besides it: nothing inline, no data: or blob:, nobody else's."""
    rules = [rule.split() for rule in STRICT["Content-Security-Policy"].split(";")]
    assert {source for _, *sources in rules for source in sources} == {"'self'", "'none'"}
    assert ["default-src", "'self'"] in rules


def test_who_means_another_server_is_told_so():
    """And told the remedy; anybody is meant where nothing is said of names."""
    site = Site(
        routes=(),
        websocket_path="/ws",
        may_connect=lambda _: True,
        is_meant=lambda asked: asked.headers["Host"] == "chat.test",
    )
    answer = site.misdirected(_asked("evil.test"))
    assert answer.status == HTTPStatus.MISDIRECTED_REQUEST
    assert b"web.hosts" in answer.body
    assert site.misdirected(_asked("chat.test")) is None
    open_site = Site(routes=(), websocket_path="", may_connect=lambda _: True)
    assert open_site.misdirected(_asked("evil.test")) is None
    assert asyncio.run(open_site.answer(_asked("evil.test"))).status == HTTPStatus.NOT_FOUND
