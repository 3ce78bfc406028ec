"""How services are talked to: docs/ext/services.md."""

import pytest
from tests.conformance.services import NS
from tests.unit.command.house import numerics


@pytest.mark.parametrize("words", ("NS", "NICKSERV", "ns", "PRIVMSG NickServ", "PRIVMSG nickserv"))
def test_ways_to_say_it(house, words):
    """Whichever way a service is told, it does the same."""
    bob = house.person("bob")
    say = f"{words} :IDENTIFY ann secret" if "PRIVMSG" in words else f"{words} IDENTIFY ann secret"
    assert bob.does(say) == [
        ":irc.test 900 bob bob!~bob@host ann :You are now logged in as ann",
        f"{NS} bob :You are signed in as ann",
    ]


def test_told_in_trailing(house):
    """Clients send all words as the last parameter."""
    assert numerics(house.person("bob").does("NS :identify ann secret")) == ["900", "NOTICE"]


def test_not_before_sign_in(house):
    """Services are for those who have signed in."""
    assert numerics(house.connection().does("NS HELP")) == ["451"]


@pytest.mark.parametrize("line", ("NOTICE NickServ :IDENTIFY ann secret", "TAGMSG NickServ"))
def test_notices_are_not_answered(house, line):
    """RFC 2812 §3.3.2: a NOTICE is never answered."""
    assert house.person("bob", "message-tags").does(line) == []


def test_ctcp_is_not_answered(house):
    """A client's CTCP to a service leads to nothing."""
    assert house.person("bob").does("PRIVMSG NickServ :\x01VERSION\x01") == []


def test_echo_and_nothing_kept(house):
    """echo-message holds for services too; what they are told is kept nowhere."""
    bob = house.person("bob", "echo-message")
    heard = bob.does("PRIVMSG nickserv :IDENTIFY ann secret")
    assert heard[0] == ":bob!~bob@host PRIVMSG NickServ :IDENTIFY ann secret"
    assert house.store.message("bob,nickserv", house.node.ids.last_id) is None


@pytest.mark.parametrize("name", ("NickServ", "chanserv", "HistServ"))
def test_names_are_nobodys(house, name):
    """Nobody can be called like a service."""
    assert numerics(house.person("bob").does(f"NICK {name}")) == ["432"]
    assert numerics(house.connection().does(f"NICK {name}")) == ["432"]


@pytest.mark.parametrize("line", ("PRIVMSG HistServ :hello", "PRIVMSG NickServ,bob :HELP"))
def test_no_such_service(house, line):
    """A service that is not there is nobody; and one is talked to alone."""
    assert "401" in numerics(house.person("bob").does(line))


@pytest.mark.parametrize("words", ("NS", "NS HELP", "CS HELP"))
def test_help(house, words):
    """Said nothing or HELP, a service lists what it understands."""
    heard = house.person("bob").does(words)
    assert len(heard) >= 8
    assert all(" NOTICE bob :" in line for line in heard)


@pytest.mark.parametrize(
    ("line", "text"),
    (
        ("NS HELP register", "REGISTER <password> [email]: Keep your nick for yourself."),
        ("NS HELP foo", "There is no help on that. HELP lists the commands"),
        ("NS FOO", "FOO is none of my commands. HELP lists them"),
        ("NS REGISTER", "Usage: REGISTER <password> [email]"),
        ("NS LOGOUT", "You are not signed in to an account"),
        ("NS CERT LIST", "Sign in to your account first"),
        ("NS INFO nobody", "There is no such account"),
        ("NS IDENTIFY ann wrong", "The account or the password is wrong"),
        ("NS IDENTIFY wrong", "The account or the password is wrong"),
        ("NS GHOST ann", "That is not needed here: sign in with SASL, and you share your name "),
    ),
)
def test_one_answer(house, line, text):
    """A service answers with a NOTICE in its own name."""
    (answer,) = house.person("bob").does(line)
    assert answer.startswith(f"{NS} bob :{text}")


def test_label(house):
    """Labeled-response: a service's answers carry the label."""
    bob = house.person("bob", "labeled-response", "batch")
    (answer,) = bob.does("@label=x NS INFO nobody")
    assert answer == f"@label=x {NS} bob :There is no such account"
