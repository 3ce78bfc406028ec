import pytest

from rookery.wire.webpush import (
    BadSubscriptionError,
    Keys,
    Place,
    decoded,
    encoded,
    parse_endpoint,
    parse_keys,
)

POINT = encoded(b"\x04" + bytes(range(64)))
SECRET = encoded(bytes(16))


@pytest.mark.parametrize(
    ("endpoint", "place", "origin"),
    (
        ("https://push.test/x?y=1", Place("push.test", 443), "https://push.test"),
        ("https://Push.Test:443/", Place("push.test", 443), "https://push.test"),
        ("https://push.test:8443/x", Place("push.test", 8443), "https://push.test:8443"),
        ("https://localhost:8443/", Place("localhost", 8443), "https://localhost:8443"),
    ),
)
def test_an_endpoint_has_its_place(endpoint, place, origin):
    """Host and port, and the origin that a token is for. RFC 8292 §2."""
    assert (parse_endpoint(endpoint), parse_endpoint(endpoint).origin) == (place, origin)


@pytest.mark.parametrize(
    "endpoint",
    (
        "http://push.test/x",
        "ftp://push.test/x",
        "//push.test/x",
        "push.test",
        "",
        "https:///x",
        "https://127.0.0.1/x",
        "https://2130706433/x",
        "https://0x7f000001/x",
        "https://0177.0.0.1/x",
        "https://127.1/x",
        "https://1.2.3.0x4/x",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://push.test:22/x",
        "https://push.test:80/x",
        "https://push.test:99999/x",
        "https://push.test:x/x",
        "https://ann:secret@push.test/x",
        "https://push.test@127.0.0.1/x",
        "https://push.test\\@127.0.0.1/x",
        "https://push.test/x#y",
        "https://push.test/x y",
        "https://push.test/\n",
        "https://püsh.test/x",
        "https://push.test./x",
        "https://-.test/x",
        "https://push.test/" + "x" * 1100,
    ),
)
def test_what_is_no_endpoint(endpoint):
    """No HTTPS, an address however it is written, another service's port, or hidden parts."""
    with pytest.raises(BadSubscriptionError):
        parse_endpoint(endpoint)


def test_keys_are_those_of_the_device():
    """In whatever order, with padding or without."""
    assert parse_keys(f"auth={SECRET}==;p256dh={POINT};x=y") == Keys(POINT, SECRET)


@pytest.mark.parametrize(
    "text",
    (
        "",
        f"p256dh={POINT}",
        f"auth={SECRET}",
        f"p256dh={POINT[:-4]};auth={SECRET}",
        f"p256dh=B{POINT[1:-1]}*;auth={SECRET}",
        f"p256dh={encoded(bytes(65))};auth={SECRET}",
        f"p256dh={POINT};auth={encoded(bytes(15))}",
    ),
)
def test_what_are_no_keys(text):
    """Missing, cut, of another form or size."""
    with pytest.raises(BadSubscriptionError):
        parse_keys(text)


@pytest.mark.parametrize("data", (b"", b"\xff", bytes(range(256))))
def test_base64url(data):
    """Without padding, and safe in a URL. RFC 4648 §5."""
    assert decoded(encoded(data)) == data
    assert encoded(data).replace("-", "a").replace("_", "a").isalnum() or not data
