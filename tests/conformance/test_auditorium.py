"""Room mode `u`: members without a rank are shown only to those with one."""

import pytest
from tests.unit.command.house import House, numerics


@pytest.fixture(name="hall")
def _hall():
    """Return ann (operator), bob (voice), cat and dan (nothing) in #r, an auditorium."""
    house = House()
    people = [house.person(nick) for nick in ("ann", "bob", "cat", "dan")]
    house.room("#r", *people)
    people[0].does("MODE #r +uv bob")
    for person in people:
        person.heard()
    return house, *people


def test_join_and_part(hall):
    """JOIN and PART of the unprivileged reach themselves and those with a rank."""
    house, ann, bob, cat, _ = hall
    eve = house.person("eve")
    assert numerics(eve.does("JOIN #r")) == ["JOIN", "353", "366"]
    assert numerics(eve.does("PART #r")) == ["PART"]
    assert numerics(ann.heard()) == numerics(bob.heard()) == ["JOIN", "PART"]
    assert cat.heard() == []


def test_quit_and_nick(hall):
    """So do QUIT and NICK; those of members with a rank reach everybody."""
    _, ann, bob, cat, dan = hall
    dan.does("NICK don", "QUIT")
    assert numerics(ann.heard()) == ["NICK", "QUIT"]
    assert cat.heard() == []
    bob.does("NICK rob", "QUIT")
    assert numerics(cat.heard()) == ["NICK", "QUIT"]


def test_names_and_who(hall):
    """NAMES and WHO list for the unprivileged only themselves and those with a rank."""
    house, ann, _, cat, _ = hall
    assert cat.does("NAMES #r")[0] == ":irc.test 353 cat = #r :@ann +bob cat"
    assert ann.does("NAMES #r")[0] == ":irc.test 353 ann = #r :@ann +bob cat dan"
    assert house.person("eve").does("NAMES #r")[0] == ":irc.test 353 eve = #r :@ann +bob"
    assert numerics(cat.does("WHO #r")) == ["352", "352", "352", "315"]


def test_someone_seen_elsewhere(hall):
    """Who shares another room with them sees them go."""
    house, _, _, cat, dan = hall
    house.room("#s", cat, dan)
    cat.heard()
    dan.does("QUIT")
    assert numerics(cat.heard()) == ["QUIT"]


def test_history(hall):
    """Who came and went is not in the history that all members read."""
    house, *_ = hall
    reader = house.person("reader", "draft/chathistory", "draft/event-playback", "batch")
    reader.does("JOIN #r")
    house.person("eve").does("JOIN #r", "QUIT")
    lines = "".join(reader.does("CHATHISTORY LATEST #r * 50"))
    assert "MODE #r" in lines
    assert "eve" not in lines


def test_whois_and_who(hall):
    """WHOIS and WHO name the room only to those who may know that the person is there."""
    _, ann, _, cat, _ = hall
    assert "319" not in numerics(cat.does("WHOIS dan"))
    assert " dan #r" not in "".join(cat.does("WHO dan"))
    assert ":irc.test 319 ann dan :#r" in ann.does("WHOIS dan")
    assert ":irc.test 319 cat cat :#r" in cat.does("WHOIS cat")


def test_metadata(hall):
    """METADATA SYNC and SUB tell of nobody who is hidden, and a stranger of no member."""
    house, ann, _, cat, dan = hall
    for person in (ann, cat, dan):
        person.does("CAP REQ :draft/metadata-2 batch")
    dan.does("METADATA * SET url :hidden")
    ann.does("METADATA * SET url :shown")
    subscribed = "".join(cat.does("METADATA * SUB url"))
    synced = "".join(cat.does("METADATA #r SYNC"))
    for told in (subscribed, synced):
        assert "shown" in told
        assert "hidden" not in told
    ann.does("METADATA * SUB url")
    assert "hidden" in "".join(ann.does("METADATA #r SYNC"))
    eve = house.person("eve", "draft/metadata-2", "batch")
    eve.does("METADATA * SUB url")
    assert " url " not in "".join(eve.does("METADATA #r SYNC"))
