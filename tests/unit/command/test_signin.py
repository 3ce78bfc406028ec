"""From the first line to the welcome."""

from dataclasses import replace
from itertools import permutations

import pytest
from tests.unit.command.house import House, numerics, plain

WELCOME = ["001", "002", "003", "004", "005", "005"]
LUSERS = ["251", "252", "253", "254", "255", "265", "266"]


@pytest.mark.parametrize(
    "lines",
    tuple(permutations(("NICK ann", "USER ann 0 * :Ann A.", "PASS any"))),
    ids=" ".join,
)
def test_any_order(lines):
    """The pieces of a sign-in come in any order; CAP END is the last where CAP began it."""
    client = House().connection()
    assert set(numerics(client.does("CAP LS 302", *lines))) == {"CAP"}
    heard = client.does("CAP END")
    assert [*dict.fromkeys([*WELCOME, *LUSERS, "422"])] == [*dict.fromkeys(numerics(heard))]
    assert heard[0] == ":irc.test 001 ann :Welcome to Rook, ann!~ann@host"


@pytest.mark.parametrize(
    "lines", (("NICK ann", "USER ann 0 * :Ann"), ("USER ann 0 * :Ann", "NICK ann"))
)
def test_without_cap(lines):
    """An old client signs in with NICK and USER alone."""
    assert numerics(House().connection().does(*lines))[0] == "001"


def test_message_of_the_day():
    """The welcome ends with the message of the day where there is one."""
    heard = House(motd=("Be kind.", "")).connection().does("NICK ann", "USER ann 0 * :Ann")
    assert heard[-4:] == [
        ":irc.test 375 ann :- irc.test Message of the day - ",
        ":irc.test 372 ann :- Be kind.",
        ":irc.test 372 ann :- ",
        ":irc.test 376 ann :End of the message of the day",
    ]


def test_greeting_follows_the_rules():
    """Whoever signs in behind a change of the settings is greeted by the new ones."""
    house = House(motd=("Old.",), rooms_per_user=5)
    house.person("ann")
    house.node.rules = replace(house.node.rules, motd=("New.",), rooms_per_user=7)
    heard = "\n".join(house.connection().does("NICK bob", "USER bob 0 * :Bob"))
    assert ":irc.test 372 bob :- New." in heard
    assert " CHANLIMIT=#:7 " in heard
    assert "Old." not in heard
    assert " ann " not in heard


def test_isupport_names_the_limits():
    """RPL_ISUPPORT repeats the rules that clients must know."""
    heard = House().connection().does("NICK ann", "USER ann 0 * :Ann")
    tokens = {word for line in heard if " 005 " in line for word in line.split(" :")[0].split()}
    assert {
        "CASEMAPPING=ascii",
        "CHANTYPES=#",
        "CHATHISTORY=5",
        "MSGREFTYPES=msgid,timestamp",
        "NETWORK=Rook",
        "NICKLEN=20",
        "rookery.chat/PASSWORDMIN=1",
        "TOPICLEN=80",
        "UTF8ONLY",
    } <= tokens


@pytest.mark.parametrize(
    ("line", "answer"),
    (
        ("NICK", ":irc.test 431 * :No nickname given"),
        ("NICK :", ":irc.test 431 * :No nickname given"),
        ("NICK 1st", ":irc.test 432 * 1st :That nickname cannot be used"),
        ("NICK #a", ":irc.test 432 * #a :That nickname cannot be used"),
        ("NICK " + "a" * 21, f":irc.test 432 * {'a' * 21} :That nickname cannot be used"),
        ("USER ann", ":irc.test 461 * USER :Not enough parameters"),
        ("USER ann 0 * :", ":irc.test 461 * USER :Not enough parameters"),
        ("PASS", ":irc.test 461 * PASS :Not enough parameters"),
        ("JOIN #rook", ":irc.test 451 * :You have not signed in yet"),
        ("NONSENSE", ":irc.test 451 * :You have not signed in yet"),
    ),
)
def test_refused_before_sign_in(line, answer):
    """What cannot be is answered, and signing in goes on."""
    client = House().connection()
    assert client.does(line) == [answer]
    assert numerics(client.does("NICK ann", "USER ann 0 * :Ann"))[0] == "001"


@pytest.mark.parametrize("line", ("PASS x", "USER ann 0 * :Ann"))
def test_refused_after_sign_in(line):
    """PASS and USER come once."""
    answer = ":irc.test 462 ann :You have signed in already"
    assert House().person("ann").does(line) == [answer]


def test_nick_in_use():
    """A nick that somebody has is refused in any case, and another one is taken instead."""
    house = House()
    house.person("ann")
    client = house.connection()
    heard = client.does("USER x 0 * :X", "NICK ANN")
    assert heard == [":irc.test 433 * ANN :Nickname is already in use"]
    assert numerics(client.does("NICK ann2"))[0] == "001"


def test_nick_taken_while_negotiating():
    """A nick that somebody took in the meantime is refused at the end, and asked for anew."""
    house = House()
    client = house.connection()
    client.does("CAP LS 302", "NICK ann", "USER ann 0 * :Ann")
    house.person("ann")
    assert client.does("CAP END") == [":irc.test 433 * ann :Nickname is already in use"]
    assert numerics(client.does("NICK bob"))[0] == "001"


RESERVED = (
    ":irc.test 433 * ann :Nickname is registered. If it is yours, sign in with SASL, "
    "or take another and type: /msg NickServ IDENTIFY name password"
)


def test_reserved_nick_without_cap():
    """An account's nick is refused at once to a client that cannot prove it."""
    house = House()
    house.account("ann")
    assert house.connection().does("NICK ann") == [RESERVED]


def test_reserved_nick_without_proof():
    """An account's nick is refused at the end to who has not proved it."""
    house = House()
    house.account("ann")
    client = house.connection()
    client.does("CAP REQ sasl", "NICK ann", "USER ann 0 * :Ann")
    assert client.does("CAP END") == [RESERVED]


def test_reserved_nick_with_proof():
    """An account's nick is its owner's, who proves it with SASL."""
    house = House()
    house.account("ann")
    client = house.connection()
    client.does("CAP REQ sasl", "NICK ann", "USER ann 0 * :Ann")
    client.does("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}")
    assert numerics(client.does("CAP END"))[0] == "001"
    assert client.session.user.account == "ann"


def test_server_password():
    """A server with a password lets in who gives it, and sends others away with the reason."""
    house = House(server_password="rosebud")
    client = house.connection()
    assert numerics(client.does("PASS rosebud", "NICK ann", "USER ann 0 * :Ann"))[0] == "001"
    stranger = house.connection()
    assert stranger.does("PASS guess", "NICK bob", "USER bob 0 * :Bob") == [
        ":irc.test 464 * :This server needs its password: PASS",
        "ERROR :This server has a password, and that was not it",
    ]
    assert stranger.closed_with == "This server has a password, and that was not it"


def test_accounts_only():
    """A server for accounts sends guests away with the reason."""
    house = House(is_registered_only=True)
    house.account("ann")
    assert house.person("ann", account="ann").session.user.account == "ann"
    guest = house.connection()
    guest.does("CAP REQ standard-replies", "NICK bob", "USER bob 0 * :Bob")
    assert guest.does("CAP END") == [
        ":irc.test FAIL CAP ACCOUNT_REQUIRED :This server is for accounts only: sign in with SASL",
        "ERROR :Accounts only: sign in to yours, or ask the operator for one",
    ]


def test_username_is_cleaned():
    """The user name keeps letters, digits, dots, - and _, ten at most, behind a tilde."""
    heard = House().connection().does("NICK ann", "USER a.n:n@-0123456789 0 * :Ann")
    assert heard[0] == ":irc.test 001 ann :Welcome to Rook, ann!~a.nn-01234@host"
