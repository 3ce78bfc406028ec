import pytest

from rookery.wire.public import is_public


@pytest.mark.parametrize(
    "address",
    ("8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"),
)
def test_addresses_of_the_internet(address):
    """Anybody may have us connect there, also by way of a translation."""
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    (
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fd00::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a00:1",
        "64:ff9b:1:a00:0:100:808:808",
        "3fff::1",
        "2002:7f00:1::1",
        "2001:0:a00:1::1",
        "::10.0.0.1",
        "localhost",
        "",
    ),
)
def test_ways_into_somebodys_own_network(address):
    """Private, local, reserved and shared ones, and each of them inside another address."""
    assert not is_public(address)
