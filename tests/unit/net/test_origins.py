"""A WebSocket comes from the server's own page, from one that is listed, or from a program."""

import pytest

from rookery.net.origins import is_listed, is_own, own_page


@pytest.mark.parametrize(
    ("origin", "host", "is_encrypted", "expected"),
    (
        ("http://chat.test:8080", "chat.test:8080", False, True),
        ("https://chat.test", "chat.test", True, True),
        ("https://chat.test", "chat.test", False, True),  # A proxy has taken TLS off.
        ("HTTPS://Chat.test", "chat.TEST", True, True),
        ("http://chat.test", "chat.test", True, False),
        ("http://chat.test", "chat.test:8080", False, False),
        ("http://evil.test", "chat.test", False, False),
        ("http://chat.test.evil.test", "chat.test", False, False),
        ("null", "", False, False),
        ("http://", "", False, False),
        ("", "", False, False),
    ),
)
def test_own(origin, host, is_encrypted, expected):
    """The page's origin is the host that it asks, with a scheme that fits."""
    assert is_own(origin, host, is_encrypted=is_encrypted) is expected


@pytest.mark.parametrize(
    ("origin", "allowed", "expected"),
    (
        (None, (), True),
        ("https://a.test", (), False),
        ("https://a.test", ("*",), True),
        ("https://A.test", ("https://*.test",), True),
        ("https://a.test.evil", ("https://*.test",), False),
        ("null", ("https://*",), False),
    ),
)
def test_listed(origin, allowed, expected):
    """Patterns are compared in any case; a program names no origin."""
    assert is_listed(origin, allowed) is expected


@pytest.mark.parametrize(
    ("headers", "page"),
    (
        ({"Origin": "https://chat.test", "Host": "chat.test"}, "https://chat.test"),
        ({"Origin": "https://other.test", "Host": "chat.test"}, ""),
        ({"Host": "chat.test"}, ""),
        ({}, ""),
    ),
)
def test_own_page(headers, page):
    """Our own page has an origin, others and programs have none here."""
    assert own_page(headers, is_encrypted=False) == page
