"""By which names the server may be asked where no certificate says so."""

import pytest

from rookery.net.hosts import is_known

KNOWN = ("chat.example.org", "*.rook.example.org")


@pytest.mark.parametrize(
    ("header", "expected"),
    (
        ("", True),
        ("127.0.0.1:8080", True),
        ("192.0.2.7", True),
        ("[::1]:8080", True),
        ("[2001:db8::1]", True),
        ("localhost:8080", True),
        ("chatbox:8080", True),
        ("chat.lan:8080", True),
        ("Chat.LOCAL", True),
        ("chat.home.arpa", True),
        ("chat.example.org", True),
        ("CHAT.example.org.:8080", True),
        ("a.rook.example.org:80", True),
        ("rook.example.org", False),
        ("evil.example.com:8080", False),
        ("chat.example.org.evil.example.com", False),
        ("127.0.0.1.evil.example.com", False),
        ("localhost.evil.example.com:8080", False),
        ("evil.example.com:x", False),
        ("[::1].evil.example.com", False),
        ("evillan.example", False),
    ),
)
def test_known(header, expected):
    """Addresses and names that no stranger can point here, and those that are listed."""
    assert is_known(header, KNOWN) is expected
