"""modern IRC, "LIST message", RPL_ISUPPORT `ELIST`."""

import pytest
from tests.unit.command.house import House, numerics

from rookery.command.list_rooms import MAX_MASKS


def _house():
    """Return a house with #old (1 member, an hour old) and #new (2 members), and one outside."""
    house = House()
    ann, bob, eve = house.person("ann"), house.person("bob"), house.person("eve")
    house.room("#old", ann)
    ann.does("TOPIC #old :Once")
    house.later(3600)
    house.room("#new", ann, bob)
    ann.does("TOPIC #new :Now")
    house.later(60)
    return house, ann, eve


def _listed(client, *words):
    lines = client.does(" ".join(["LIST", *words]))
    assert numerics(lines)[0] == "321"
    assert lines[-1] == f":irc.test 323 {client.session.user.nick} :End of LIST"
    return [line.split()[3] for line in lines[1:-1]]


def test_list():
    """LIST message: RPL_LISTSTART, RPL_LIST with size and topic, RPL_LISTEND."""
    _, _, eve = _house()
    assert eve.does("LIST") == [
        ":irc.test 321 eve Channel :Users  Name",
        ":irc.test 322 eve #old 1 :Once",
        ":irc.test 322 eve #new 2 :Now",
        ":irc.test 323 eve :End of LIST",
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    (
        ("#OLD", ["#old"]),
        ("#new,#none,#old", ["#new", "#old"]),
        ("#none", []),
        ("*", ["#old", "#new"]),
        ("#o*", ["#old"]),
        ("#?EW", ["#new"]),
        ("!#o*", ["#new"]),
        ("#*,!*ew", ["#old"]),
        (">1", ["#new"]),
        ("<2", ["#old"]),
        (">0", ["#old", "#new"]),
        (">2", []),
        ("C<30", ["#new"]),
        ("C>30", ["#old"]),
        ("T<30", ["#new"]),
        ("T>30", ["#old"]),
        ("c>30,>1", []),
        ("#old,#new >1", ["#new"]),
    ),
)
def test_elist(words, names):
    """ELIST C, M, N, T and U; names are alternatives, conditions hold together."""
    _, _, eve = _house()
    assert _listed(eve, words) == names


def test_topic_age_without_topic():
    """ELIST T: a channel without a topic has no age of one."""
    house, ann, eve = _house()
    ann.does("TOPIC #old :")
    assert _listed(eve, "T>0") == ["#new"]
    house.turn()


def test_secret():
    """LIST message: secret channels are shown to their members only."""
    _, ann, eve = _house()
    ann.does("MODE #old +s")
    assert _listed(eve) == ["#new"]
    assert _listed(eve, "#old") == []
    assert _listed(ann) == ["#old", "#new"]


def test_labelled():
    """IRCv3 labeled-response: LIST answers in one batch."""
    ann = House().person("ann", "labeled-response", "batch")
    lines = ann.does("@label=1 LIST")
    assert lines[0].endswith(" labeled-response")
    assert len(lines) == 4


def test_too_many_masks():
    """A LIST with more masks than are compared is refused whole."""
    eve = House().person("eve", "standard-replies")
    masks = ",".join(f"*{number}" for number in range(MAX_MASKS))
    assert numerics(eve.does(f"LIST {masks}")) == ["321", "323"]
    assert eve.does(f"LIST {masks},!x") == [
        f":irc.test FAIL LIST TOO_MANY_MASKS :LIST takes at most {MAX_MASKS} masks at a time",
        ":irc.test 323 eve :End of LIST",
    ]
