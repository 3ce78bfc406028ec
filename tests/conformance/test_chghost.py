"""IRCv3 chghost; a host changes with the account where `names.account_hosts` is on."""

import pytest
from tests.unit.command.house import House, plain


@pytest.fixture
def house():
    """Return a server with an account."""
    made = House(has_account_hosts=True)
    made.account("acc")
    return made


def _signs_in(client):
    return client.does("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('acc')}")


def test_chghost(house):
    """CHGHOST: to those in common rooms and to oneself, with the old source."""
    ann, bob = house.person("ann", "chghost"), house.person("bob", "chghost")
    house.room("#a", ann, bob)
    assert ":ann!~ann@host CHGHOST ~ann acc.account" in _signs_in(ann)
    assert bob.heard() == [":ann!~ann@host CHGHOST ~ann acc.account"]
    ann.does("PRIVMSG #a :hi")
    assert bob.heard() == [":ann!~ann@acc.account PRIVMSG #a :hi"]


def test_fallback(house):
    """Fallback: others see QUIT, JOIN and MODE; the person sees nothing of it."""
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a", ann, bob)
    assert not [line for line in _signs_in(ann) if "acc.account JOIN" in line]
    assert bob.heard() == [
        ":ann!~ann@host QUIT :Changing host",
        ":ann!~ann@acc.account JOIN #a",
        ":irc.test MODE #a +o ann",
    ]


def test_host_from_the_start(house):
    """chghost: whoever signs in while connecting has changed nothing."""
    ann = house.person("ann", account="acc")
    assert ann.session.user.source == "ann!~ann@acc.account"


def test_off_by_default():
    """chghost: without the setting a host says nothing of the account."""
    house = House()
    house.account("acc")
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a", ann, bob)
    _signs_in(ann)
    assert bob.heard() == []
