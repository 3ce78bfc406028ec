"""IRCv3 draft/read-marker."""

import pytest
from tests.unit.command.house import House, numerics

from rookery.command import markread

CAP = "draft/read-marker"
AT = "timestamp=2026-01-05T09:59:00.123Z"
EARLIER = "timestamp=2026-01-05T09:58:00.000Z"
LATER = "timestamp=2026-01-05T09:59:30.000Z"


@pytest.fixture
def house():
    """Return a server."""
    house = House()
    house.account("ann")
    return house


@pytest.fixture(params=("guest", "account"))
def ann(request, house):
    """Return who asks; a guest's markers work as those of an account do."""
    return house.person("ann" if request.param == "account" else "bea", CAP, account=(
        "ann" if request.param == "account" else ""
    ))  # fmt: skip


def test_get_unknown(ann):
    """Server command: * where nothing is known."""
    assert ann.does("MARKREAD #c", "MARKREAD bob") == [
        ":irc.test MARKREAD #c *",
        ":irc.test MARKREAD bob *",
    ]


@pytest.mark.parametrize("target", ("#c", "bob"))
def test_set_and_get(ann, target):
    """Client set and get: the answer is the marker."""
    expected = [f":irc.test MARKREAD {target} {AT}"]
    assert ann.does(f"MARKREAD {target} {AT}") == expected
    assert ann.does(f"MARKREAD {target}") == expected
    assert ann.does(f"MARKREAD {target.upper()}") == [f":irc.test MARKREAD {target.upper()} {AT}"]


def test_never_back(ann):
    """Read timestamp notes: an older one is answered with the one that stands."""
    ann.does(f"MARKREAD #c {AT}")
    assert ann.does(f"MARKREAD #c {EARLIER}") == [f":irc.test MARKREAD #c {AT}"]
    assert ann.does(f"MARKREAD #c {LATER}") == [f":irc.test MARKREAD #c {LATER}"]


def test_not_in_the_future(ann):
    """Implementation considerations: it is held at the present."""
    assert ann.does("MARKREAD #c timestamp=2030-01-01T00:00:00.000Z") == [
        ":irc.test MARKREAD #c timestamp=2026-01-05T10:00:00.000Z"
    ]


def test_on_join(house, ann):
    """Command flows: behind JOIN and before RPL_ENDOFNAMES, known or not."""
    ann.does(f"MARKREAD #c {AT}")
    lines = ann.does("JOIN #c,#d")
    assert numerics(lines) == ["JOIN", "MARKREAD", "353", "366"] * 2
    assert lines[1] == f":irc.test MARKREAD #c {AT}"
    assert lines[5] == ":irc.test MARKREAD #d *"


def test_on_join_after_return(house):
    """Command flows: an account's marker outlives its connection."""
    ann = house.person("ann", CAP, account="ann")
    ann.does(f"MARKREAD #c {AT}")
    ann.is_lost()
    again = house.person("ann", CAP, account="ann")
    assert again.does("JOIN #c")[1] == f":irc.test MARKREAD #c {AT}"


def test_not_on_join_without_capability(house):
    """Command flows: only where the capability is agreed on."""
    assert "MARKREAD" not in numerics(house.person("cat").does("JOIN #c"))


def test_told_to_own_sessions(house):
    """Command flows: all clients of the user that have the capability are told of a change."""
    phone = house.person("ann", CAP, account="ann")
    desk, old = house.person("ann", CAP, account="ann"), house.person("ann", account="ann")
    other = house.person("bob", CAP)
    expected = [f":irc.test MARKREAD #c {AT}"]
    assert phone.does(f"MARKREAD #c {AT}") == expected
    assert desk.heard() == expected
    assert old.heard() == []
    assert other.heard() == []
    phone.does(f"MARKREAD #c {EARLIER}")
    assert desk.heard() == []


def test_second_session_is_told(house):
    """Command flows: a session that finds itself in rooms is told their markers."""
    phone = house.person("ann", CAP, account="ann")
    phone.does("JOIN #c", f"MARKREAD #c {AT}")
    desk = house.connection()
    desk.say(f"CAP REQ :sasl {CAP}", "NICK ann", "AUTHENTICATE PLAIN")
    desk.say("AUTHENTICATE AGFubgBzZWNyZXQ=")
    lines = desk.does("USER ann 0 * :Ann", "CAP END")
    at = numerics(lines).index("JOIN")
    assert lines[at + 1] == f":irc.test MARKREAD #c {AT}"


def test_nobody_else_learns_of_it(house):
    """Security considerations: markers are never told to others."""
    ann = house.person("ann", CAP, account="ann")
    ann.does(f"MARKREAD #c {AT}")
    assert house.person("bob", CAP).does("MARKREAD #c") == [":irc.test MARKREAD #c *"]


@pytest.mark.parametrize(
    ("params", "answer"),
    (
        ("", "NEED_MORE_PARAMS :Missing parameters"),
        (" #c *", "INVALID_PARAMS #c * :"),
        (" #c timestamp=yesterday", "INVALID_PARAMS #c timestamp=yesterday :"),
        (" #c 2026-01-05T09:59:00.123Z", "INVALID_PARAMS #c 2026-01-05T09:59:00.123Z :"),
        (" b@d", "INVALID_PARAMS b@d :"),
    ),
)
def test_errors(ann, params, answer):
    """Errors and warnings."""
    (line,) = ann.does(f"MARKREAD{params}")
    assert line.startswith(f":irc.test FAIL MARKREAD {answer}")


def test_full_disk(house):
    """A marker that could not be kept has not moved."""
    ann = house.person("ann", CAP, account="ann")
    ann.does("MARKREAD #c")
    house.disk.is_full = True
    (answer,) = ann.does(f"MARKREAD #c {AT}")
    assert answer.startswith(":irc.test FAIL MARKREAD STORE_UNAVAILABLE #c :")
    house.disk.is_full = False
    assert ann.does("MARKREAD #c") == [":irc.test MARKREAD #c *"]


def test_label(house):
    """labeled-response: the MARKREAD that answers carries the label."""
    ann = house.person("ann", CAP, "batch", "labeled-response", account="ann")
    (line,) = ann.does(f"@label=x MARKREAD #c {AT}")
    assert line == f"@label=x :irc.test MARKREAD #c {AT}"


def test_memory_is_bounded(house, monkeypatch):
    """Neither rooms that were not entered nor questions fill the memory; nothing known is lost."""
    monkeypatch.setattr(markread, "MAX_MARKERS", 3)
    ann, op = house.person("ann", CAP, account="ann"), house.person("op")
    ann.does(f"MARKREAD #c {AT}", f"MARKREAD bob {AT}")
    for number in range(5):
        house.room(f"#no{number}", op)
        op.does(f"MODE #no{number} +i")
    ann.does("JOIN #no0,#no1,#no2,#no3,#no4")
    assert len(ann.session.user.markers) == 2
    ann.does(*[f"MARKREAD name{number}" for number in range(20)])
    assert len(ann.session.user.markers) <= 4
    assert ann.does("MARKREAD #c") == [f":irc.test MARKREAD #c {AT}"]
    ann.does(f"MARKREAD third {AT}")
    (refused,) = ann.does(f"MARKREAD fourth {AT}")
    assert " FAIL MARKREAD INTERNAL_ERROR fourth " in refused
