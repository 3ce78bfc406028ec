import pytest
from tests.unit.command.house import House


@pytest.fixture
def house():
    """Return a house with ann, operator of #rook, bob, a member, and cat, a stranger."""
    house = House()
    house.ann, house.bob, house.cat = (house.person(nick) for nick in ("ann", "bob", "cat"))
    house.room("#rook", house.ann, house.bob)
    return house


def test_show(house):
    """Modes are shown to everybody, a password to members only."""
    house.ann.does("MODE #rook +kl sesame 9")
    house.bob.heard()
    created = ":irc.test 329 {} #rook :1767607200"
    assert house.bob.does("MODE #rook") == [
        ":irc.test 324 bob #rook +ntkl sesame :9",
        created.format("bob"),
    ]
    assert house.cat.does("MODE #rook") == [
        ":irc.test 324 cat #rook +ntkl * :9",
        created.format("cat"),
    ]


@pytest.mark.parametrize(
    ("asked", "told"),
    (
        ("+m", "+m"),
        ("-n+ms", "-n+ms"),
        ("+v bob", "+v bob"),
        ("+ov-n BOB bob", "+ov-n bob bob"),
        ("+k sesame", "+k sesame"),
        ("+l 007", "+l 7"),
        ("+klm sesame 5", "+klm sesame 5"),
        ("m", "+m"),
    ),
)
def test_change_is_seen(house, asked, told):
    """Every member sees what changed, in the order asked for."""
    line = f":ann!~ann@host MODE #rook {told}"
    assert house.ann.does(f"MODE #rook {asked}") == [line]
    assert house.bob.heard() == [line]


@pytest.mark.parametrize("asked", ("+nt", "-m", "-k x", "-l", "-v bob", "+o ann", "+", "-"))
def test_change_of_nothing_is_silent(house, asked):
    """What is so already changes nothing and is not told."""
    assert house.ann.does(f"MODE #rook {asked}") == []


@pytest.mark.parametrize(
    ("asked", "answer"),
    (
        ("+x", "472 ann x :is no mode of this server"),
        ("+o cat", "441 ann cat #rook :They aren't on that channel"),
        ("+o nobody", "401 ann nobody :No such nick"),
        ("+l many", "696 ann #rook l many :That is no value for this mode"),
        ("+l 0", "696 ann #rook l 0 :That is no value for this mode"),
        ("+l", "696 ann #rook l * :That is no value for this mode"),
        ("+k :", "696 ann #rook k * :That is no value for this mode"),
        ("+k a,b", "696 ann #rook k a,b :That is no value for this mode"),
        ("+k " + "a" * 17, f"696 ann #rook k {'a' * 17} :That is no value for this mode"),
        ("+o", "696 ann #rook o * :That is no value for this mode"),
    ),
)
def test_refused_changes(house, asked, answer):
    """A change that cannot be is answered, and the others of the line are made."""
    assert house.ann.does(f"MODE #rook {asked}", "MODE #rook +m") == [
        f":irc.test {answer}",
        ":ann!~ann@host MODE #rook +m",
    ]


def test_password_is_taken_away(house):
    """A password goes without being named; what is told repeats it."""
    house.ann.does("MODE #rook +k sesame")
    assert house.ann.does("MODE #rook -k") == [":ann!~ann@host MODE #rook -k sesame"]


def test_for_operators_only(house):
    """Neither members nor strangers change modes."""
    answer = ":irc.test 482 {} #rook :You're not a channel operator"
    assert house.bob.does("MODE #rook +m") == [answer.format("bob")]
    assert house.cat.does("MODE #rook +o cat") == [answer.format("cat")]
    assert house.cat.does("MODE #none +m") == [":irc.test 403 cat #none :No such channel"]


def test_operator_is_made(house):
    """Who is made operator may do what operators do."""
    house.ann.does("MODE #rook +o bob", "MODE #rook -o ann")
    house.bob.heard()
    assert house.bob.does("MODE #rook +s") == [":bob!~bob@host MODE #rook +s"]
    assert house.ann.does("MODE #rook -s")[-1].startswith(":irc.test 482 ann")


def test_own_modes(house):
    """A person hides from strangers and shows up again."""
    assert house.ann.does("MODE ann") == [":irc.test 221 ann :+"]
    assert house.ann.does("MODE Ann +i", "MODE ann +i") == [":ann!~ann@host MODE ann +i"]
    assert house.ann.does("MODE ann") == [":irc.test 221 ann :+i"]
    assert house.ann.does("MODE ann -i") == [":ann!~ann@host MODE ann -i"]


def test_own_modes_refused(house):
    """Nobody changes another's modes, and what is unknown is answered."""
    assert house.ann.does("MODE bob +i", "MODE nobody +i", "MODE ann +xi", "MODE") == [
        ":irc.test 502 ann :You can see and change your own modes only",
        ":irc.test 401 ann nobody :No such nick",
        ":ann!~ann@host MODE ann +i",
        ":irc.test 501 ann :Unknown MODE flag: x",
        ":irc.test 461 ann MODE :Not enough parameters",
    ]
