"""IRCv3 draft/chathistory."""

import pytest
from tests.unit.command.house import House, untagged

from rookery.wire.message import parse

CAPS = ("batch", "message-tags", "server-time", "draft/chathistory", "labeled-response")


class _Talk:
    """A room with numbered messages, a second apart, and who reads them."""

    def __init__(self, count=6):
        self.house = House()
        self.alice = self.house.person("alice", *CAPS, "echo-message")
        self.bob = self.house.person("bob", *CAPS)
        self.house.room("#Room", self.alice, self.bob)
        self.ids, self.times = [], []
        for number in range(count):
            self.say(f"PRIVMSG #room :{number}")

    def say(self, line):
        self.house.now_ms += 1000
        (echo,) = self.alice.does(line)
        tags = parse(echo).tags
        self.ids.append(f"msgid={tags['msgid']}")
        self.times.append(f"timestamp={tags['time']}")
        self.bob.heard()

    def texts(self, line):
        """Return the texts of the batch that answers `line`."""
        return [parse(one).params[1] for one in self.batch(line)]

    def batch(self, line):
        opening, *inner, closing = self.bob.does(line)
        ref = opening.split("BATCH +")[1].split()[0]
        assert [f"batch={ref};" in one for one in inner] == [True] * len(inner)
        assert closing == f":irc.test BATCH -{ref}"
        return inner


@pytest.fixture
def talk():
    """Return a room with things said."""
    return _Talk()


@pytest.fixture(params=("msgid", "timestamp"))
def at(request, talk):
    """Return the selectors of the messages, of either kind."""
    return talk.ids if request.param == "msgid" else talk.times


def test_isupport():
    """ISUPPORT tokens: CHATHISTORY and MSGREFTYPES."""
    client = House().connection()
    welcome = " ".join(client.does("NICK ann", "USER ann 0 * :Ann"))
    assert " CHATHISTORY=5 " in welcome
    assert " MSGREFTYPES=msgid,timestamp " in welcome


def test_batch(talk):
    """CHATHISTORY Command: a batch with the room's name; msgid and time are the first ones."""
    opening, line, _ = talk.bob.does("CHATHISTORY LATEST #ROOM * 1")
    assert opening.endswith(" chathistory #Room")
    tags = parse(line).tags
    assert f"msgid={tags['msgid']}" == talk.ids[-1]
    assert f"timestamp={tags['time']}" == talk.times[-1]
    assert untagged([line]) == [":alice!~alice@host PRIVMSG #Room :5"]


def test_latest(talk):
    """LATEST: the newest, in ascending order."""
    assert talk.texts("CHATHISTORY LATEST #room * 3") == ["3", "4", "5"]


def test_latest_after(talk, at):
    """LATEST: restricted to what was said after the point, without it."""
    assert talk.texts(f"CHATHISTORY LATEST #room {at[2]} 2") == ["4", "5"]
    assert talk.texts(f"CHATHISTORY LATEST #room {at[4]} 5") == ["5"]


def test_before(talk, at):
    """BEFORE: up to the limit, without the point."""
    assert talk.texts(f"CHATHISTORY BEFORE #room {at[4]} 2") == ["2", "3"]
    assert talk.texts(f"CHATHISTORY BEFORE #room {at[0]} 2") == []


def test_after(talk, at):
    """AFTER: up to the limit, without the point."""
    assert talk.texts(f"CHATHISTORY AFTER #room {at[1]} 2") == ["2", "3"]
    assert talk.texts(f"CHATHISTORY AFTER #room {at[5]} 2") == []


def test_around(talk, at):
    """AROUND: before, at and after the point, no more than the limit."""
    assert talk.texts(f"CHATHISTORY AROUND #room {at[2]} 3") == ["1", "2", "3"]
    assert talk.texts(f"CHATHISTORY AROUND #room {at[2]} 1") == ["2"]


def test_between(talk, at):
    """BETWEEN: without the points; the limit counts from the first."""
    assert talk.texts(f"CHATHISTORY BETWEEN #room {at[0]} {at[5]} 5") == ["1", "2", "3", "4"]
    assert talk.texts(f"CHATHISTORY BETWEEN #room {at[0]} {at[5]} 2") == ["1", "2"]
    assert talk.texts(f"CHATHISTORY BETWEEN #room {at[5]} {at[0]} 2") == ["3", "4"]
    assert talk.texts(f"CHATHISTORY BETWEEN #room {at[2]} {at[3]} 2") == []


def test_between_of_mixed_kinds(talk):
    """BETWEEN: one point may be a msgid, the other a time."""
    line = f"CHATHISTORY BETWEEN #room {talk.ids[0]} {talk.times[3]} 5"
    assert talk.texts(line) == ["1", "2"]


def test_page(talk):
    """ISUPPORT tokens: never more than the page."""
    assert talk.texts("CHATHISTORY LATEST #room * 999") == ["1", "2", "3", "4", "5"]


def test_empty(talk):
    """CHATHISTORY Command: an empty batch where there is nothing."""
    assert talk.texts("CHATHISTORY LATEST nobody * 5") == []


def test_notices_and_client_tags(talk):
    """CHATHISTORY Command: notices and client-only tags are a part of it; TAGMSG is not."""
    talk.say("@+a=b NOTICE #room :note")
    talk.say("@+draft/react=x TAGMSG #room")
    (line,) = talk.batch("CHATHISTORY LATEST #room * 1")
    assert parse(line).tags["+a"] == "b"
    assert parse(line).command == "NOTICE"


def test_private(talk):
    """CHATHISTORY Command: with a nick the talk with them, from both sides."""
    talk.say("PRIVMSG bob :hello")
    talk.bob.does("PRIVMSG alice :hi!")
    lines = talk.batch("CHATHISTORY LATEST ALICE * 5")
    assert untagged(lines) == [
        ":alice!~alice@host PRIVMSG bob :hello",
        ":bob!~bob@host PRIVMSG alice :hi!",
    ]
    assert talk.bob.does("CHATHISTORY LATEST ALICE * 1")[0].endswith(" chathistory alice")


def test_private_is_for_the_two(talk):
    """Security considerations: nobody else reads it."""
    talk.say("PRIVMSG bob :hello")
    carol = talk.house.person("carol", *CAPS)
    for target in ("alice", "bob"):
        assert len(carol.does(f"CHATHISTORY LATEST {target} * 5")) == 2


def test_guest_reads_only_their_own(talk):
    """Security considerations: a later guest of the name reads nothing of the first one's."""
    talk.say("PRIVMSG bob :secret")
    talk.bob.is_lost()
    talk.house.later(5)
    talk.bob = talk.house.person("bob", *CAPS)
    talk.bob.heard()
    assert talk.texts("CHATHISTORY LATEST alice * 5") == []


def test_account_reads_all_of_it():
    """Security considerations: an account reads its own talks, from whatever connection."""
    house = House()
    house.account("bob")
    alice = house.person("alice")
    bob = house.person("bob", *CAPS, account="bob")
    alice.does("PRIVMSG bob :hello")
    bob.is_lost()
    house.later(5)
    again = house.person("bob", *CAPS, account="bob")
    again.heard()
    assert len(again.does("CHATHISTORY LATEST alice * 5")) == 3


@pytest.mark.parametrize(
    ("params", "answer"),
    (
        ("", "INVALID_PARAMS * :Unknown command"),
        ("FOO #room * 5", "INVALID_PARAMS FOO :Unknown command"),
        ("LATEST", "INVALID_PARAMS LATEST :Insufficient parameters"),
        ("LATEST #room *", "INVALID_PARAMS LATEST :Insufficient parameters"),
        ("latest #room * 5 5", "INVALID_PARAMS LATEST :Too many parameters"),
        ("BETWEEN #room msgid=1 5", "INVALID_PARAMS BETWEEN :Insufficient parameters"),
        ("BEFORE #room * 5", "INVALID_PARAMS BEFORE * :"),
        ("BEFORE #room timestamp=yesterday 5", "INVALID_PARAMS BEFORE timestamp=yesterday :"),
        ("AFTER #room foo=1 5", "INVALID_MSGREFTYPE AFTER #room foo=1 :"),
        ("LATEST #room * 0", "INVALID_PARAMS LATEST 0 :"),
        ("LATEST #room * -1", "INVALID_PARAMS LATEST -1 :"),
        ("LATEST #room * many", "INVALID_PARAMS LATEST many :"),
        ("LATEST #none * 5", "INVALID_TARGET LATEST #none :Messages could not be retrieved"),
        ("LATEST * * 5", "INVALID_TARGET LATEST * :Messages could not be retrieved"),
        ("TARGETS msgid=1 msgid=2 5", "INVALID_PARAMS TARGETS msgid=1 :"),
        ("TARGETS * 5", "INVALID_PARAMS TARGETS :Insufficient parameters"),
    ),
)
def test_errors(talk, params, answer):
    """Errors and Warnings."""
    (line,) = talk.bob.does(f"CHATHISTORY {params}".rstrip())
    assert line.startswith(f":irc.test FAIL CHATHISTORY {answer}")


def test_room_that_one_is_not_in(talk):
    """Errors and Warnings: INVALID_TARGET without permission."""
    carol = talk.house.person("carol", *CAPS)
    (line,) = carol.does("CHATHISTORY LATEST #Room * 5")
    assert line.startswith(":irc.test FAIL CHATHISTORY INVALID_TARGET LATEST #Room :")


def test_store_cannot_be_read(talk):
    """Errors and Warnings: MESSAGE_ERROR."""
    talk.house.readers.is_busy = True
    (line,) = talk.bob.does("CHATHISTORY LATEST #room * 5")
    assert line.startswith(":irc.test FAIL CHATHISTORY MESSAGE_ERROR LATEST #Room :")


def test_label(talk):
    """labeled-response: the batch itself carries the label."""
    opening, *_ = talk.bob.does("@label=x CHATHISTORY LATEST #room * 2")
    assert opening.startswith("@label=x :irc.test BATCH +")
    assert opening.endswith(" chathistory #Room")
    assert talk.bob.does("@label=y CHATHISTORY LATEST #none * 2")[0].startswith("@label=y :")


def test_without_batch(talk):
    """Implementation: who knows no batches gets the lines, with the time in front."""
    carol = talk.house.person("carol", "draft/chathistory")
    talk.house.room("#Room", carol)
    assert carol.does("CHATHISTORY LATEST #room * 1") == [
        ":alice!~alice@host PRIVMSG #Room :[Mon 10:00] 5"
    ]


def _targets(talk, *times, limit=5):
    opening, *lines, closing = talk.bob.does(f"CHATHISTORY TARGETS {' '.join(times)} {limit}")
    ref = opening.split("BATCH +")[1].split()[0]
    assert opening == f":irc.test BATCH +{ref} draft/chathistory-targets"
    assert closing == f":irc.test BATCH -{ref}"
    return [tuple(parse(line).params[1:]) for line in lines]


def test_targets(talk):
    """TARGETS: rooms and people with the time of the last message, the earliest first."""
    carol = talk.house.person("Carol", *CAPS)
    talk.house.now_ms += 1000
    carol.does("PRIVMSG bob :hi")
    talk.bob.heard()
    talk.say("PRIVMSG bob :hi")
    alice_at = talk.times[-1].removeprefix("timestamp=")
    room_at = talk.times[5].removeprefix("timestamp=")
    ages = ("timestamp=2020-01-01T00:00:00.000Z", "timestamp=2030-01-01T00:00:00.000Z")
    expected = [("#Room", room_at), ("Carol", "2026-01-05T10:00:07.000Z"), ("alice", alice_at)]
    assert _targets(talk, *ages) == expected
    assert _targets(talk, *ages, limit=2) == expected[:2]
    assert _targets(talk, *reversed(ages), limit=2) == expected[1:]
    assert _targets(talk, talk.times[5], talk.times[-1]) == [expected[1]]


def test_targets_of_rooms_that_one_is_in(talk):
    """TARGETS: no room whose history one cannot see."""
    talk.bob.does("PART #room")
    ages = ("timestamp=2020-01-01T00:00:00.000Z", "timestamp=2030-01-01T00:00:00.000Z")
    assert _targets(talk, *ages) == []
