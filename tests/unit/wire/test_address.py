"""What addresses are counted under."""

import pytest

from rookery.wire.address import counted_as


@pytest.mark.parametrize(
    ("address", "expected"),
    (
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("somewhere", "somewhere"),
        ("", ""),
    ),
)
def test_counted_as(address, expected):
    """IPv4 is itself, IPv6 its network; what is no address is itself."""
    assert counted_as(address) == expected
