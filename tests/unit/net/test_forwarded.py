"""A proxy that is believed says whom a request comes from."""

import pytest

from rookery.core.addresses import Networks
from rookery.net.forwarded import Origin, forwarded

PROXIES = Networks(("10.0.0.0/8",))
PROXY = Origin("10.0.0.1", is_encrypted=False)


def _headers(client="", scheme=""):
    return {"X-Forwarded-For": client, "X-Forwarded-Proto": scheme}


@pytest.mark.parametrize(
    ("peer", "headers", "expected"),
    (
        (PROXY, _headers("192.0.2.7", "https"), Origin("192.0.2.7", True)),
        (PROXY, _headers("192.0.2.7", "http"), Origin("192.0.2.7", False)),
        (PROXY, _headers("203.0.113.9, 192.0.2.7"), Origin("192.0.2.7", False)),
        (PROXY, _headers("192.0.2.7, 10.9.9.9"), Origin("192.0.2.7", False)),
        (PROXY, _headers("2001:db8::7"), Origin("2001:db8::7", False)),
        (PROXY, _headers("::ffff:192.0.2.7"), Origin("192.0.2.7", False)),
        (PROXY, _headers("nonsense"), PROXY),
        (PROXY, _headers("192.0.2.7, nonsense"), PROXY),
        (PROXY, {}, PROXY),
        (Origin("192.0.2.1", False), _headers("127.0.0.1", "https"), Origin("192.0.2.1", False)),
        (Origin("192.0.2.1", True), _headers("127.0.0.1", "http"), Origin("192.0.2.1", True)),
    ),
)
def test_forwarded(peer, headers, expected):
    """The last address that is no proxy counts, and nobody else's word does."""
    assert forwarded(headers, peer, PROXIES) == expected
