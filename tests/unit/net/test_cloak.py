import pytest

from rookery.net.cloak import cloak

SECRET = b"s" * 32


def test_same_address_looks_the_same():
    """An address has one host name as long as the secret is kept."""
    assert cloak("192.0.2.1", SECRET) == cloak("192.0.2.1", SECRET)


def test_nothing_can_be_told_from_it():
    """Neighbours, and the same address elsewhere, look nothing alike."""
    names = [cloak("192.0.2.1", SECRET), cloak("192.0.2.2", SECRET), cloak("192.0.2.1", b"t" * 32)]
    assert len(set(names)) == 3
    assert [name.endswith(".cloak") and "192" not in name for name in names] == [True] * 3


@pytest.mark.parametrize("address", ("127.0.0.1", "127.8.9.1", "::1", ""))
def test_this_computer(address):
    """This computer's own addresses are localhost."""
    assert cloak(address, SECRET) == "localhost"


def test_fits_into_a_source():
    """The name is short, and has nothing that a source could not hold."""
    name = cloak("2001:db8::1", SECRET)
    assert len(name) == 18
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz234567.")
