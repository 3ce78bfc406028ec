"""CHATHISTORY: LATEST, BEFORE and AFTER, and who may read what."""

import pytest
from tests.unit.command.house import House, untagged

CAPS = ("batch", "server-time", "message-tags", "draft/chathistory", "standard-replies")


@pytest.fixture
def house():
    """Return a house where ann and bob have said a to g in #rook, one each minute from 10:00."""
    house = House()
    house.account("ann")
    house.ann, house.bob = house.person("ann", *CAPS, account="ann"), house.person("bob")
    house.room("#rook", house.ann, house.bob)
    for at, text in enumerate("abcdefg"):
        (house.ann, house.bob)[at % 2].does(f"PRIVMSG #rook :{text}")
        house.now_ms += 60_000
    house.ann.heard()
    house.bob.heard()
    return house


def _texts(lines):
    return "".join(line.rpartition(":")[2] for line in lines if "PRIVMSG" in line)


def _read(client, line):
    return _texts(client.does(f"CHATHISTORY {line}"))


def _msgids(client):
    lines = client.does("CHATHISTORY LATEST #rook * 5")
    return {
        line.rpartition(":")[2]: line.partition("msgid=")[2].partition(";")[0].partition(" ")[0]
        for line in lines
        if "PRIVMSG" in line
    }


def test_batch(house):
    """A page is a batch; each message looks as it did, with its time and msgid."""
    opening, *lines, closing = house.ann.does("CHATHISTORY LATEST #rook * 1")
    ref = opening.split()[2].removeprefix("+")
    assert opening == f":irc.test BATCH +{ref} chathistory #rook"
    assert closing == f":irc.test BATCH -{ref}"
    (line,) = lines
    assert line.startswith(f"@batch={ref};time=2026-01-05T10:06:00.000Z;msgid=")
    assert untagged(lines) == [":ann!~ann@host PRIVMSG #rook :g"]


def test_without_batch_and_time(house):
    """A client without tags reads bare messages with the time before the text."""
    assert house.bob.does("CHATHISTORY LATEST #rook * 1") == [
        ":ann!~ann@host PRIVMSG #rook :[Mon 10:06] g"
    ]


@pytest.mark.parametrize(
    ("line", "texts"),
    (
        ("LATEST #rook * 3", "efg"),
        ("LATEST #rook * 100", "cdefg"),
        ("latest #ROOK * 2", "fg"),
        ("LATEST #rook timestamp=2026-01-05T10:04:00.000Z 5", "fg"),
        ("LATEST #rook timestamp=2026-01-05T10:00:00.000Z 3", "efg"),
        ("BEFORE #rook timestamp=2026-01-05T10:04:00.000Z 2", "cd"),
        ("BEFORE #rook timestamp=2026-01-05T10:04:00.001Z 2", "de"),
        ("BEFORE #rook timestamp=2020-01-01T00:00:00.000Z 5", ""),
        ("AFTER #rook timestamp=2026-01-05T10:02:00.000Z 2", "de"),
        ("AFTER #rook timestamp=2026-01-05T10:01:59.999Z 2", "cd"),
        ("AFTER #rook timestamp=2020-01-01T00:00:00.000Z 2", "ab"),
        ("AFTER #rook timestamp=2030-01-01T00:00:00.000Z 5", ""),
    ),
)
def test_pages(house, line, texts):
    """LATEST and BEFORE give the newest, AFTER the oldest that fit; bounds are exclusive."""
    assert _read(house.ann, line) == texts


def test_pages_by_msgid(house):
    """A msgid bounds a page, and is not on it."""
    msgids = _msgids(house.ann)
    assert _read(house.ann, f"BEFORE #rook msgid={msgids['e']} 3") == "bcd"
    assert _read(house.ann, f"AFTER #rook msgid={msgids['e']} 1") == "f"
    assert _read(house.ann, f"LATEST #rook msgid={msgids['e']} 5") == "fg"


def test_reading_back_to_the_beginning(house):
    """BEFORE the oldest one has, again and again, reads everything once."""
    texts, reference = "", "timestamp=2030-01-01T00:00:00.000Z"
    while True:
        lines = [
            line
            for line in house.ann.does(f"CHATHISTORY BEFORE #rook {reference} 2")
            if "PRIVMSG" in line
        ]
        if not lines:
            break
        texts = _texts(lines) + texts
        msgid = lines[0].partition("msgid=")[2].partition(" ")[0].partition(";")[0]
        reference = f"msgid={msgid}"
    assert texts == "abcdefg"


@pytest.mark.parametrize(
    ("line", "answer"),
    (
        ("CHATHISTORY", "INVALID_PARAMS *"),
        ("CHATHISTORY AROUND #rook * 5", "INVALID_PARAMS AROUND *"),
        ("CHATHISTORY LATEST #rook", "INVALID_PARAMS LATEST"),
        ("CHATHISTORY BEFORE #rook * 5", "INVALID_PARAMS BEFORE *"),
        ("CHATHISTORY LATEST #rook * 0", "INVALID_PARAMS LATEST 0"),
        ("CHATHISTORY LATEST #rook * -1", "INVALID_PARAMS LATEST -1"),
        ("CHATHISTORY LATEST #rook * ten", "INVALID_PARAMS LATEST ten"),
        ("CHATHISTORY AFTER #rook msgid=xyz 5", "INVALID_PARAMS AFTER msgid=xyz"),
        ("CHATHISTORY AFTER #rook msgid= 5", "INVALID_PARAMS AFTER msgid="),
        (
            f"CHATHISTORY AFTER #rook msgid={'f' * 16} 5",
            f"INVALID_PARAMS AFTER msgid={'f' * 16}",
        ),
        (
            "CHATHISTORY AFTER #rook timestamp=now 5",
            "INVALID_PARAMS AFTER timestamp=now",
        ),
        ("CHATHISTORY AFTER #rook 10:00 5", "INVALID_PARAMS AFTER 10:00"),
        ("CHATHISTORY LATEST #none * 5", "INVALID_TARGET LATEST #none"),
    ),
)
def test_refused(house, line, answer):
    """What cannot be read is answered with a FAIL that repeats what was asked."""
    (heard,) = house.ann.does(line)
    assert heard.split(" :")[0] == f":irc.test FAIL CHATHISTORY {answer}"


def test_room_is_for_members(house):
    """Who is not in the room reads nothing of it."""
    cat = house.person("cat", *CAPS)
    (heard,) = cat.does("CHATHISTORY LATEST #rook * 5")
    assert heard.startswith(":irc.test FAIL CHATHISTORY INVALID_TARGET LATEST #rook :")


def test_private_conversation(house):
    """Both sides of a private conversation read it, in order; a third reads nothing."""
    house.ann.does("PRIVMSG bob :x")
    house.bob.does("PRIVMSG ann :y")
    house.ann.heard()
    cat = house.person("cat", *CAPS)
    assert _read(house.ann, "LATEST BOB * 5") == "xy"
    assert len(house.bob.does("CHATHISTORY LATEST ann * 5")) == 2
    assert _read(cat, "LATEST ann * 5") == ""


def test_guest_reads_nothing_from_before(house):
    """Who takes a guest's nick does not read what was said with the one before."""
    house.ann.does("PRIVMSG bob :x")
    house.bob.does("QUIT")
    house.now_ms += 1000
    bob = house.person("bob", *CAPS)
    bob.heard()
    assert _read(bob, "LATEST ann * 5") == ""
    house.ann.does("PRIVMSG bob :y")
    bob.heard()
    assert _read(bob, "LATEST ann * 5") == "y"
    cat = house.person("cat", *CAPS)
    cat.does("NICK dan", "PRIVMSG ann :z")
    assert _read(cat, "LATEST ann * 5") == "z"


def test_account_reads_what_was_said_before(house):
    """An account reads its whole conversation, whenever it signs in."""
    house.ann.does("PRIVMSG bob :x")
    house.ann.does("QUIT")
    ann = house.person("ann", *CAPS, account="ann")
    assert _read(ann, "LATEST bob * 5") == "x"


def test_what_is_not_stored_yet_is_waited_for(house):
    """A page asked for in the turn of a message has the message."""
    house.ann.say("PRIVMSG #rook :new")
    assert _read(house.ann, "LATEST #rook * 1") == "new"


def test_unreadable(house):
    """When the store cannot be read, the asker is told."""
    house.readers.is_busy = True
    (heard,) = house.ann.does("CHATHISTORY LATEST #rook * 5")
    assert heard.startswith(":irc.test FAIL CHATHISTORY MESSAGE_ERROR LATEST #rook :")
