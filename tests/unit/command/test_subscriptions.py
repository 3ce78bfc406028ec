import pytest
from tests.unit.command.pushing import DESK, KEYS, PHONE, Pushing

from rookery.command.subscriptions import line_for, mentioned
from rookery.core.events import Said


@pytest.fixture
def house():
    """A house that pushes."""
    return Pushing()


def test_a_private_message_is_pushed_once_it_is_stored(house):
    """As the line that the device would have received, with its msgid."""
    house.device().is_lost()
    bob = house.person("bob", account="bob")
    house.disk.is_held = True
    bob.say("PRIVMSG ann :lunch?")
    house.turn()
    assert house.pushed() == []
    house.disk.is_held = False
    house.turn()
    ((endpoint, line),) = house.pushed()
    assert endpoint == PHONE
    tags, _, rest = line.partition(" ")
    assert "msgid=" in tags
    assert "time=" in tags
    assert rest.startswith(":bob!")
    assert rest.endswith(" PRIVMSG ann :lunch?")


def test_what_was_not_stored_is_not_pushed(house):
    """Nobody is told of what does not count."""
    house.device().is_lost()
    bob = house.person("cid")
    house.disk.is_full = True
    bob.does("PRIVMSG ann :lunch?")
    assert house.pushed() == []


def test_who_looks_is_not_told(house):
    """Only once they are silent for long, away, absent, or gone."""
    ann = house.device()
    bob = house.person("bob", account="bob")

    def told():
        bob.does("PRIVMSG ann :hi")
        return len(house.pushed())

    assert told() == 0
    house.now_ms += 301_000
    assert told() == 1
    ann.does("PRIVMSG bob :here")
    assert told() == 0
    ann.does("AWAY :lunch")
    assert told() == 1
    ann.does("AWAY")
    assert told() == 0
    ann.is_lost()
    assert told() == 1


def test_reading_is_looking(house):
    """A read marker that moves says that somebody sits there."""
    ann = house.device()
    bob = house.person("bob", account="bob")
    house.now_ms += 301_000
    ann.does("MARKREAD bob timestamp=2026-01-05T10:05:00.000Z")
    bob.does("PRIVMSG ann :hi")
    assert house.pushed() == []


@pytest.mark.parametrize(
    ("said", "count"),
    (
        ("PRIVMSG #rook :ann: hello", 1),
        ("PRIVMSG #rook :hello @ANN!", 1),
        ("NOTICE #rook :ann", 1),
        ("PRIVMSG #rook :anne and hannah", 0),
        ("PRIVMSG #rook :see https://x.test/ann", 0),
        ("PRIVMSG #rook :hello", 0),
        ("PRIVMSG #rook :\x01VERSION ann\x01", 0),
        ("PRIVMSG #rook :\x01ACTION waves at ann\x01", 1),
        ("PRIVMSG #nest :ann", 0),
    ),
)
def test_mentions_in_rooms(house, said, count):
    """A message that names a member who does not look; others are not pushed."""
    ann = house.device()
    bob = house.person("bob", account="bob")
    house.room("#rook", ann, bob)
    house.room("#nest", bob)
    ann.does("AWAY :lunch")
    bob.does(said)
    assert len(house.pushed()) == count


def test_ones_own_words_are_not_pushed(house):
    """Whether said to oneself, or naming oneself."""
    ann = house.device()
    house.room("#rook", ann)
    ann.does("AWAY :lunch", "PRIVMSG ann :note", "PRIVMSG #rook :ann was here")
    assert house.pushed() == []


def test_every_device_is_told(house):
    """All of an account's, each as it has agreed."""
    ann = house.device()
    ann.does("CAP REQ :-server-time", f"WEBPUSH REGISTER {DESK} {KEYS}")
    ann.is_lost()
    house.person("cid").does("PRIVMSG ann :hi")
    told = dict(house.pushed())
    assert {PHONE, DESK} == set(told)
    assert ("time=" in told[PHONE], "time=" in told[DESK]) == (True, False)


def test_pushes_may_have_no_text():
    """Then only who wrote, and where, is told."""
    house = Pushing(has_text=False)
    house.device().is_lost()
    cid = house.person("cid", "message-tags")
    cid.does("@+draft/react=secret PRIVMSG ann :secret")
    ((_, line),) = house.pushed()
    assert line.endswith(" PRIVMSG ann :")
    assert "secret" not in line


@pytest.mark.parametrize(
    ("text", "keys"),
    (
        ("Ann, bob: [cid] and dan's", {"ann", "bob", "cid", "[cid]", "and", "dan", "s"}),
        ("http://ann.test/bob", set()),
        ("`-_", {"`-_"}),
        ("", set()),
    ),
)
def test_words_that_may_be_nicks(text, keys):
    """With the signs that belong to a nick, and without them."""
    assert mentioned(text) == keys


def test_a_line_fits_into_a_push():
    """What clients tag is left out where it is too long; the msgid stays. Of lines, the first."""
    said = Said(1 << 20, "", "bob", "ann", "bob!b@h", "", "PRIVMSG", "ann", "one\ntwo", "", "")
    assert line_for(said, "", has_text=True) == b":bob!b@h PRIVMSG ann :one"
    long = said._replace(tags="+x=" + "y" * 4000)
    line = line_for(long, "message-tags", has_text=True)
    assert line == b"@msgid=100000 :bob!b@h PRIVMSG ann :one"
