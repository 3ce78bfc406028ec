"""Several connections of one account: one person."""

import pytest
from tests.unit.command.house import House, numerics, plain, untagged

RESERVED = (
    "Nickname is registered. If it is yours, sign in with SASL, "
    "or take another and type: /msg NickServ IDENTIFY name password"
)


@pytest.fixture
def house():
    """Return a house with ann, who has an account, and bob, in #rook."""
    house = House()
    house.account("ann")
    house.ann, house.bob = house.person("ann", account="ann"), house.person("bob")
    house.room("#rook", house.ann, house.bob)
    return house


def _second(house, *caps):
    """Return a second connection of ann that has said all but CAP END."""
    client = house.connection()
    client.does(f"CAP REQ :{' '.join(['sasl', *caps])}", "NICK Ann", "USER x 0 * :X")
    client.does("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}")
    return client


def _another(house, *caps):
    """Return a second connection of ann that has read its greeting."""
    client = house.person("ann", *caps, account="ann")
    client.heard()
    return client


def test_second_session_joins_the_person(house):
    """A second connection is greeted, is told its rooms, and nobody else notices."""
    house.ann.does("TOPIC #rook :Birds")
    house.bob.heard()
    heard = _second(house).does("CAP END")
    assert numerics(heard)[0] == "001"
    assert heard[-5:] == [
        ":ann!~ann@host JOIN #rook",
        ":irc.test 332 ann #rook :Birds",
        ":irc.test 333 ann #rook ann!~ann@host :1767607200",
        ":irc.test 353 ann = #rook :@ann bob",
        ":irc.test 366 ann #rook :End of NAMES list",
    ]
    assert house.bob.heard() == []
    assert house.ann.heard() == []


def test_greeting_comes_first(house):
    """What is said in the turn of a second sign-in comes behind its greeting, or not at all."""
    second = _second(house)
    house.bob.say("PRIVMSG #rook :before")
    second.say("CAP END")
    house.bob.say("PRIVMSG #rook :after")
    house.turn()
    heard = second.heard()
    assert numerics(heard)[0] == "001"
    assert heard[-1] == ":bob!~bob@host PRIVMSG #rook :after"
    assert [line for line in house.ann.heard() if "PRIVMSG" in line] == [
        ":bob!~bob@host PRIVMSG #rook :before",
        ":bob!~bob@host PRIVMSG #rook :after",
    ]


def test_each_session_reads_everything(house):
    """All sessions of a person read what is said to them and where they are."""
    second = _another(house)
    house.bob.does("PRIVMSG #rook :hi all", "PRIVMSG ann :psst")
    lines = [":bob!~bob@host PRIVMSG #rook :hi all", ":bob!~bob@host PRIVMSG ann :psst"]
    assert house.ann.heard() == lines
    assert second.heard() == lines


def test_own_words_from_the_other_session(house):
    """What one session says, the others read: in rooms as members, in private where they echo."""
    second = _another(house, "echo-message")
    third = _another(house)
    house.ann.does("PRIVMSG #rook :hi", "PRIVMSG bob :psst", "PRIVMSG eve :later")
    room = ":ann!~ann@host PRIVMSG #rook :hi"
    private = [":ann!~ann@host PRIVMSG bob :psst", ":ann!~ann@host PRIVMSG eve :later"]
    assert second.heard() == [room, *private]
    assert third.heard() == [room]
    assert house.bob.heard() == [room, private[0]]


def test_rooms_are_entered_and_left_together(house):
    """JOIN, PART and NICK of one session happen to all of them."""
    second = _another(house)
    house.ann.does("JOIN #two")
    assert second.heard()[0] == ":ann!~ann@host JOIN #two"
    second.does("PART #two", "NICK anna")
    assert house.ann.heard()[-2:] == [":ann!~ann@host PART #two", ":ann!~ann@host NICK anna"]


def test_person_stays_while_a_session_does(house):
    """The end of one session is nobody's business; the end of the last is."""
    second = _another(house)
    house.ann.is_lost()
    assert house.bob.heard() == []
    second.does("QUIT :bye")
    assert house.bob.heard() == [":ann!~ann@host QUIT :Quit: bye"]


def test_stranger_stays_out(house):
    """A guest cannot become a session of somebody's."""
    client = house.connection()
    heard = client.does("NICK ann", "USER x 0 * :X")
    assert untagged(heard) == [f":irc.test 433 * ann :{RESERVED}"]


def test_another_account_stays_out(house):
    """Nor can the owner of another name."""
    house.account("eve")
    client = house.connection()
    client.does("CAP REQ sasl", "NICK ann", "USER x 0 * :X")
    client.does("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('eve')}")
    assert numerics(client.does("CAP END")) == ["433"]


def test_rename(house):
    """Everybody who shares a room reads a new nick, once, and replies use it."""
    house.room("#two", house.ann, house.bob)
    house.ann.heard()
    assert house.bob.does("NICK robert") == [":bob!~bob@host NICK robert"]
    assert house.ann.heard() == [":bob!~bob@host NICK robert"]
    assert house.ann.does("PRIVMSG robert :hi") == []
    assert house.bob.heard() == [":ann!~ann@host PRIVMSG robert :hi"]
    assert house.bob.does("NICK Robert") == [":robert!~bob@host NICK Robert"]
    assert house.bob.does("NICK Robert") == []


@pytest.mark.parametrize(
    ("line", "answer"),
    (
        ("NICK", "431 bob :No nickname given"),
        ("NICK ann", f"433 bob ann :{RESERVED}"),
        ("NICK cat", "433 bob cat :Nickname is already in use"),
        ("NICK b,b", "432 bob b,b :That nickname cannot be used"),
    ),
)
def test_rename_refused(house, line, answer):
    """A nick that is another's, or none, cannot be taken."""
    house.person("cat")
    assert house.bob.does(line) == [f":irc.test {answer}"]


def test_rename_on_a_server_for_accounts():
    """Where only accounts are let in, a nick is its account's name."""
    house = House(is_registered_only=True)
    house.account("ann")
    ann = house.person("ann", account="ann")
    assert ann.does("NICK bob") == [":irc.test 432 ann bob :Here your nick is your account's name"]
    assert ann.does("NICK Ann") == [":ann!~ann@host NICK Ann"]
