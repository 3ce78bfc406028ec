"""JOIN, PART, NAMES and LIST."""

import pytest
from tests.unit.command.house import House


@pytest.fixture
def house():
    """Return a house with nobody in it."""
    return House()


def test_join_makes_the_room(house):
    """Who enters a room that is not there makes it, as its operator."""
    assert house.person("ann").does("JOIN #Rook") == [
        ":ann!~ann@host JOIN #Rook",
        ":irc.test 353 ann = #Rook :@ann",
        ":irc.test 366 ann #Rook :End of NAMES list",
    ]


def test_join_is_seen(house):
    """Those inside see who enters; who enters sees who is inside, and the topic."""
    ann, bob = house.person("ann"), house.person("bob")
    ann.does("JOIN #rook", "TOPIC #rook :Birds")
    assert bob.does("JOIN #ROOK") == [
        ":bob!~bob@host JOIN #rook",
        ":irc.test 332 bob #rook :Birds",
        ":irc.test 333 bob #rook ann!~ann@host :1767607200",
        ":irc.test 353 bob = #rook :@ann bob",
        ":irc.test 366 bob #rook :End of NAMES list",
    ]
    assert ann.heard() == [":bob!~bob@host JOIN #rook"]


def test_extended_join(house):
    """A client that asked for extended-join is told the account and the real name."""
    house.account("bob")
    ann, cat = house.person("ann", "extended-join"), house.person("cat", "extended-join")
    bob = house.person("bob", account="bob")
    house.room("#rook", ann)
    bob.does("JOIN #rook")
    cat.does("JOIN #rook")
    assert ann.heard() == [
        ":bob!~bob@host JOIN #rook bob :Bob",
        ":cat!~cat@host JOIN #rook * :Cat",
    ]


def test_join_again_is_nothing(house):
    """Entering a room that one is in does nothing."""
    ann = house.person("ann")
    house.room("#rook", ann)
    assert ann.does("JOIN #rook") == []


def test_join_several_with_keys(house):
    """A list of rooms takes a list of keys; each room is answered for itself."""
    ann, bob = house.person("ann"), house.person("bob")
    ann.does("JOIN #a,#b", "MODE #b +k sesame")
    heard = bob.does("JOIN #a,#b,bad,#c x,guess")
    assert [line for line in heard if "JOIN" in line or " 47" in line or " 403 " in line] == [
        ":bob!~bob@host JOIN #a",
        ":irc.test 475 bob #b :Cannot join channel (+k): give its key",
        ":irc.test 403 bob bad :No such channel",
        ":bob!~bob@host JOIN #c",
    ]
    assert bob.does("JOIN #b sesame")[0] == ":bob!~bob@host JOIN #b"


def test_join_full_room(house):
    """A full room takes nobody but its founder."""
    house.account("ann")
    ann, bob = house.person("ann", account="ann"), house.person("bob")
    ann.does("JOIN #rook", "MODE #rook +l 1")
    assert bob.does("JOIN #rook") == [
        ":irc.test 471 bob #rook :Cannot join channel (+l): it is full"
    ]
    ann.does("MODE #rook +l 2")
    bob.does("JOIN #rook")
    ann.does("PART #rook", "MODE #rook +l 1")
    assert ann.does("JOIN #rook")[0] == ":ann!~ann@host JOIN #rook"


def test_join_too_many(house):
    """Nobody is in more rooms than the rules allow."""
    ann = house.person("ann")
    ann.does("JOIN #1,#2,#3,#4,#5")
    assert ann.does("JOIN #6") == [":irc.test 405 ann #6 :You are in as many channels as allowed"]


@pytest.mark.parametrize("name", ("#", "#a\x07b", "#" + "a" * 32))
def test_bad_names(house, name):
    """A room's name is not too short or too long, and holds nothing that cannot be seen."""
    (line,) = house.person("ann").does(f"JOIN {name}")
    assert line.startswith(":irc.test 476 ann ")


@pytest.mark.parametrize("name", ("rook", "&rook"))
def test_names_without_the_sign(house, name):
    """What does not begin with the sign of a room names none."""
    assert house.person("ann").does(f"JOIN {name}") == [
        f":irc.test 403 ann {name} :No such channel"
    ]


def test_join_0_leaves_all(house):
    """JOIN 0 leaves every room."""
    ann = house.person("ann")
    house.room("#a,#b", ann)
    assert ann.does("JOIN 0") == [":ann!~ann@host PART #a", ":ann!~ann@host PART #b"]


def test_part(house):
    """All members see who leaves, and why."""
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#rook", ann, bob)
    assert bob.does("PART #rook :tea") == [":bob!~bob@host PART #rook :tea"]
    assert ann.heard() == [":bob!~bob@host PART #rook :tea"]
    assert ann.does("PART #rook") == [":ann!~ann@host PART #rook"]


def test_part_refused(house):
    """Only rooms that are there and that one is in can be left."""
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#rook", ann)
    assert bob.does("PART #rook,#none,x") == [
        ":irc.test 442 bob #rook :You're not on that channel",
        ":irc.test 403 bob #none :No such channel",
        ":irc.test 403 bob x :No such channel",
    ]


def test_lost_connection_is_seen(house):
    """Members see the end of who lost the connection, or said goodbye, once each."""
    ann, bob, cat = house.person("ann"), house.person("bob"), house.person("cat")
    house.room("#a,#b", ann, bob, cat)
    bob.is_lost()
    cat.does("QUIT :bye")
    assert ann.heard() == [
        ":bob!~bob@host QUIT :Connection lost",
        ":cat!~cat@host QUIT :Quit: bye",
    ]


def test_names(house):
    """NAMES lists members with their highest rank; without a room it lists nobody."""
    ann, bob = house.person("ann"), house.person("bob", "multi-prefix")
    house.room("#rook", ann, bob)
    ann.does("MODE #rook +v ann")
    bob.heard()
    assert ann.does("NAMES #rook")[0] == ":irc.test 353 ann = #rook :@ann bob"
    assert bob.does("NAMES #rook")[0] == ":irc.test 353 bob = #rook :@+ann bob"
    assert ann.does("NAMES #none") == [":irc.test 366 ann #none :End of NAMES list"]
    assert ann.does("NAMES") == [":irc.test 366 ann * :End of NAMES list"]


def test_names_hide(house):
    """A secret room and an invisible member are shown to members only."""
    ann, bob, cat = house.person("ann"), house.person("bob"), house.person("cat")
    house.room("#rook", ann, bob)
    bob.does("MODE bob +i")
    assert cat.does("NAMES #rook")[0] == ":irc.test 353 cat = #rook :@ann"
    assert ann.does("NAMES #rook")[0] == ":irc.test 353 ann = #rook :@ann bob"
    ann.does("MODE #rook +s")
    assert cat.does("NAMES #rook") == [":irc.test 366 cat #rook :End of NAMES list"]
    assert ann.does("NAMES #rook")[0] == ":irc.test 353 ann @ #rook :@ann bob"


def test_names_of_many(house):
    """A long list of members goes on in further lines, none of them too long."""
    people = [house.person(f"person-number-{number}") for number in range(60)]
    for person in people:
        person.say("JOIN #rook")
    house.turn()
    people[0].heard()
    *lists, end = people[0].does("NAMES #rook")
    names = [word for line in lists for word in line.partition(" :")[2].split()]
    assert len(names) == 60
    assert max(len(line) for line in lists) <= 510
    assert end.startswith(":irc.test 366 ")


def test_list(house):
    """LIST shows rooms with their size and topic, secret ones to members only."""
    ann, bob = house.person("ann"), house.person("bob")
    ann.does("JOIN #a,#b,#c", "TOPIC #a :Birds", "MODE #c +s")
    start, end = ":irc.test 321 {} Channel :Users  Name", ":irc.test 323 {} :End of LIST"
    shown = [":irc.test 322 {} #a 1 :Birds", ":irc.test 322 {} #b 1 :"]
    secret = ":irc.test 322 {} #c 1 :"
    heard = [line.format("bob") for line in (start, *shown, end)]
    assert bob.does("LIST") == heard
    heard = [line.format("ann") for line in (start, *shown, secret, end)]
    assert ann.does("LIST") == heard
    assert bob.does("LIST #A,#none,#c") == [line.format("bob") for line in (start, shown[0], end)]


def test_empty_room_is_remembered(house):
    """A room that an account made outlives its members, with its topic; a guest's is gone."""
    house.account("ann")
    ann, bob = house.person("ann", account="ann"), house.person("bob")
    ann.does("JOIN #a", "TOPIC #a :Birds", "JOIN 0")
    bob.does("JOIN #b", "TOPIC #b :Bees", "JOIN 0")
    assert list(house.node.world.rooms) == ["#a"]
    assert ann.does("JOIN #a")[1] == ":irc.test 332 ann #a :Birds"
