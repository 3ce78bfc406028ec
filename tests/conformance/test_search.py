"""soju.im/search, as emersion/soju documents it."""

import pytest
from tests.unit.command.house import House, untagged

from rookery.wire.message import parse

CAPS = ("batch", "message-tags", "server-time", "soju.im/search")


@pytest.fixture
def house():
    """Return a server."""
    house = House(history_page=50)
    house.account("ann")
    return house


@pytest.fixture
def ann(house):
    """Return who asks."""
    return house.person("ann", *CAPS, account="ann")


@pytest.fixture
def bob(house, ann):
    """Return who has said three things in a room, and one in private."""
    bob = house.person("bob")
    house.room("#c", ann, bob)
    for line in (
        "PRIVMSG #c :That was fast!",
        "NOTICE #c :slow and steady",
        "PRIVMSG #c :so FAST again",
        "PRIVMSG ann :fast between us",
    ):
        house.now_ms += 1000
        bob.does(line)
    ann.heard()
    return bob


def _found(client, attributes):
    opening, *lines, closing = client.does(f"SEARCH {attributes}")
    ref = opening.split("BATCH +")[1].split()[0]
    assert opening == f":irc.test BATCH +{ref} soju.im/search"
    assert closing == f":irc.test BATCH -{ref}"
    assert [f"batch={ref};" in line for line in lines] == [True] * len(lines)
    return [parse(line).params[1] for line in lines]


def test_text_in_a_room(ann, bob):
    """Standard search attributes: in and text."""
    assert _found(ann, "in=#c;text=fast") == ["That was fast!", "so FAST again"]


def test_text_with_spaces(ann, bob):
    """Standard search attributes: values are escaped as those of tags."""
    assert _found(ann, "in=#c;text=again\\sfast") == ["so FAST again"]


def test_everywhere(ann, bob):
    """Standard search attributes: without `in` rooms and private talks, in order of time."""
    assert _found(ann, "text=fast") == ["That was fast!", "so FAST again", "fast between us"]


def test_in_a_private_talk(ann, bob):
    """Standard search attributes: in may be a nick."""
    assert _found(ann, "in=bob;text=fast") == ["fast between us"]


def test_from(ann, bob):
    """Standard search attributes: from is a nick, in whatever case."""
    ann.does("PRIVMSG #c :fast too")
    assert _found(ann, "from=BOB;in=#c") == ["That was fast!", "slow and steady", "so FAST again"]
    assert _found(ann, "from=ann;in=#c") == ["fast too"]


def test_times(ann, bob):
    """Standard search attributes: after and before include their time."""
    at = "2026-01-05T10:00:02.000Z"
    assert _found(ann, f"in=#c;after={at}") == ["slow and steady", "so FAST again"]
    assert _found(ann, f"in=#c;before={at}") == ["That was fast!", "slow and steady"]


def test_limit(ann, bob):
    """Standard search attributes: limit."""
    assert _found(ann, "in=#c;limit=1") == ["so FAST again"]


def test_nothing(ann, bob):
    """SEARCH command: an empty batch."""
    assert _found(ann, "in=#c;before=2010-01-01T00:00:00.000Z") == []


def test_messages_as_they_were(ann, bob):
    """Returned message notes: source, msgid and time."""
    _, line, _ = ann.does("SEARCH text=steady")
    assert untagged([line]) == [":bob!~bob@host NOTICE #c :slow and steady"]
    assert parse(line).tags["time"] == "2026-01-05T10:00:02.000Z"
    assert parse(line).tags["msgid"]


def test_only_what_one_may_read(house, ann, bob):
    """Nobody finds what they could not read: other rooms, and talks of others."""
    carol = house.person("carol", *CAPS)
    assert _found(carol, "text=fast") == []
    assert _found(carol, "in=ann;text=fast") == []
    (answer,) = carol.does("SEARCH in=#c;text=fast")
    assert answer.startswith(":irc.test FAIL SEARCH INVALID_PARAMS in :")


def test_nothing_of_events(ann, bob):
    """SEARCH command: PRIVMSG and NOTICE alone."""
    bob.does("TOPIC #c :fastest", "PART #c :fast")
    ann.heard()
    assert "fast" not in _found(ann, "in=#c")


@pytest.mark.parametrize(
    ("attributes", "name"),
    (
        ("after=yesterday", "after"),
        ("before=", "before"),
        ("limit=none", "limit"),
        ("limit=0", "limit"),
        ("colour=red", "colour"),
        ("in=#none", "in"),
    ),
)
def test_errors(ann, attributes, name):
    """Errors and warnings: INVALID_PARAMS names what is wrong."""
    (answer,) = ann.does(f"SEARCH {attributes}")
    assert answer == f":irc.test FAIL SEARCH INVALID_PARAMS {name} :Invalid parameters"


def test_store_cannot_be_read(house, ann):
    """Errors and warnings: INTERNAL_ERROR."""
    house.readers.is_busy = True
    (answer,) = ann.does("SEARCH text=x")
    assert answer.startswith(":irc.test FAIL SEARCH INTERNAL_ERROR :")


def test_without_batch(house, bob):
    """SEARCH command: without IRCv3 batch the lines alone."""
    old = house.person("old", "soju.im/search")
    house.room("#c", old)
    (line,) = old.does("SEARCH in=#c;text=steady")
    assert line == ":bob!~bob@host NOTICE #c :[Mon 10:00] slow and steady"
