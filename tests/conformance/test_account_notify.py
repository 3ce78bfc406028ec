"""IRCv3 account-notify and extended-join."""

import pytest
from tests.unit.command.house import House, plain


@pytest.fixture
def house():
    """Return a server with an account."""
    made = House()
    made.account("ann")
    return made


def _signs_in(client):
    return client.does("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}")


def test_login(house):
    """ACCOUNT: sent to those in common rooms who asked for it, and to oneself, once."""
    ann = house.person("guest", "account-notify")
    bob, cid = house.person("bob", "account-notify"), house.person("cid")
    house.room("#a", ann, bob, cid)
    house.room("#b", ann, bob)
    assert ":guest!~guest@host ACCOUNT ann" in _signs_in(ann)
    assert bob.heard() == [":guest!~guest@host ACCOUNT ann"]
    assert cid.heard() == []


def test_registration(house):
    """ACCOUNT: a registration signs in too."""
    bob, cid = house.person("bob"), house.person("cid", "account-notify")
    house.room("#a", bob, cid)
    bob.does("REGISTER * * secret")
    assert cid.heard() == [":bob!~bob@host ACCOUNT bob"]


def test_strangers_are_not_told(house):
    """ACCOUNT: only in common rooms."""
    cid = house.person("cid", "account-notify")
    _signs_in(house.person("guest"))
    assert cid.heard() == []


def test_no_account_line_at_sign_in(house):
    """ACCOUNT: a change is told; whoever comes with an account has changed nothing."""
    client = house.connection()
    client.does("CAP REQ :sasl account-notify", "NICK ann", "USER ann 0 * :Ann")
    _signs_in(client)
    assert not [line for line in client.does("CAP END") if " ACCOUNT " in line]


def test_extended_join(house):
    """extended-join: JOIN has the account, or `*`, and the real name; without it neither."""
    bob, cid = house.person("bob", "extended-join"), house.person("cid")
    house.room("#a", bob, cid)
    house.person("ann", account="ann").does("JOIN #a")
    house.person("dan").does("JOIN #a")
    assert bob.heard() == [":ann!~ann@host JOIN #a ann :Ann", ":dan!~dan@host JOIN #a * :Dan"]
    assert cid.heard() == [":ann!~ann@host JOIN #a", ":dan!~dan@host JOIN #a"]


def test_own_extended_join(house):
    """extended-join: one's own JOIN has them too."""
    ann = house.person("ann", "extended-join", account="ann")
    assert ann.does("JOIN #a")[0] == ":ann!~ann@host JOIN #a ann :Ann"
