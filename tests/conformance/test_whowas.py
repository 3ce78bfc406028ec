"""modern IRC, "WHOWAS message"."""

import pytest
from tests.unit.command.house import House, numerics

END = ":irc.test 369 ann bob :End of WHOWAS"


def _realnames(lines):
    return [line.split(" :")[1] for line in lines if " 314 " in line]


@pytest.fixture
def house():
    """Return a server."""
    return House()


@pytest.fixture
def ann(house):
    """Return somebody who asks, after bob was there three times."""
    client = house.person("ann")
    for realname in ("First", "Second", "Third"):
        bob = house.connection()
        bob.does("NICK Bob", f"USER bob 0 * :{realname}")
        bob.does("QUIT")
    return client


def test_entry(house):
    """WHOWAS message: an entry begins with RPL_WHOWASUSER (314); the nick as it was."""
    ann, bob = house.person("ann"), house.person("Bob")
    bob.does("QUIT")
    heard = ann.does("WHOWAS bob")
    assert heard[0] == ":irc.test 314 ann Bob ~Bob host * :Bob"
    assert heard[1].startswith(":irc.test 312 ann Bob irc.test :Mon Jan 05 2026 10:00:00")
    assert heard[-1] == END


def test_nobody(house):
    """WHOWAS message: ERR_WASNOSUCHNICK (406), then the end."""
    assert house.person("ann").does("WHOWAS bob") == [
        ":irc.test 406 ann bob :There was no such nickname",
        END,
    ]


def test_newest_first(ann):
    """WHOWAS message: the most recent entry comes first."""
    assert _realnames(ann.does("WHOWAS bob")) == ["Third", "Second", "First"]


@pytest.mark.parametrize(
    ("count", "found"), (("1", 1), ("2", 2), ("9", 3), ("0", 3), ("-1", 3), ("x", 3))
)
def test_count(ann, count, found):
    """WHOWAS message: up to count entries; a full search if it is not positive."""
    heard = ann.does(f"WHOWAS BOB {count}")
    assert len(_realnames(heard)) == found
    assert numerics(heard)[-1] == "369"


@pytest.mark.parametrize("line", ("WHOWAS", "WHOWAS :"))
def test_no_nick(house, line):
    """WHOWAS message: a single ERR_NONICKNAMEGIVEN (431)."""
    assert house.person("ann").does(line) == [":irc.test 431 ann :No nickname given"]


def test_no_masks(ann):
    """WHOWAS message: no wildcards."""
    assert numerics(ann.does("WHOWAS b*")) == ["406", "369"]


def test_nick_change(house):
    """WHOWAS message: also a nick that its holder has changed; not one that changed its case."""
    ann, bob = house.person("ann"), house.person("bob")
    bob.does("NICK BOB")
    assert numerics(ann.does("WHOWAS bob")) == ["406", "369"]
    bob.does("NICK rob")
    assert _realnames(ann.does("WHOWAS bob")) == ["Bob"]


def test_who_is_there_now_was_not():
    """WHOWAS message: it asks for a nickname which no longer exists."""
    house = House()
    ann = house.person("ann")
    house.person("bob")
    assert numerics(ann.does("WHOWAS bob")) == ["406", "369"]
