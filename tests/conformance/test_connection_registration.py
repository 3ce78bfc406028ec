"""modern IRC, "Connection Registration" and "Connection Messages"."""

import pytest
from tests.unit.command.house import House, numerics

BURST = ["001", "002", "003", "004", "005"]


def _is_in(client):
    return client.session.user is not None


@pytest.mark.parametrize(
    "lines", (("NICK ann", "USER ann 0 * :Ann"), ("USER ann 0 * :Ann", "NICK ann"))
)
def test_the_burst(lines):
    """Connection Registration: 001 to 005 in this order, then LUSERS, then the MOTD or 422."""
    heard = numerics(House().connection().does(*lines))
    assert heard[:5] == BURST
    assert heard[heard.index("251") :] == ["251", "252", "253", "254", "255", "265", "266", "422"]


def test_the_message_of_the_day_comes_last():
    """Connection Registration: the MOTD is sent as for a MOTD command."""
    heard = numerics(House(motd=("Hi",)).connection().does("NICK ann", "USER ann 0 * :Ann"))
    assert heard[-3:] == ["375", "372", "376"]


def test_every_reply_is_for_the_nick():
    """Numeric replies: the first parameter is the client's nick."""
    heard = House().connection().does("NICK ann", "USER ann 0 * :Ann")
    assert {line.split(" ")[2] for line in heard} == {"ann"}


def test_myinfo():
    """RPL_MYINFO (004): server, version, user modes, room modes, those with a parameter."""
    heard = House().connection().does("NICK ann", "USER ann 0 * :Ann")
    (line,) = [line for line in heard if " 004 " in line]
    _, _, nick, server, version, own, _, _ = line.split(" ")
    assert (nick, server, version) == ("ann", "irc.test", "rookery-test")
    assert sorted(own) == sorted("BRiow")


@pytest.mark.parametrize(
    "line", ("JOIN #a", "PRIVMSG a :b", "WHOIS a", "LIST", "AWAY :x", "MONITOR L", "NONSENSE")
)
def test_not_registered(line):
    """ERR_NOTREGISTERED (451): a command that needs a sign-in, before it."""
    heard = House().connection().does(line)
    assert heard == [":irc.test 451 * :You have not signed in yet"]


def test_a_page_that_speaks_irc():
    """A request with a method that nobody knows is no HTTP: none of the lines in it counts."""
    house = House()
    watching = house.person("bob")
    house.room("#a", watching)
    page = house.connection()
    request = ("NICK /x HTTP/1.1", "Host: evil.example.com:8080", "Origin: http://evil.example.com")
    lines = ("NICK ann", "USER ann 0 * :Ann", "JOIN #a", "PRIVMSG #a :hi")
    heard = page.does(*request, "", *lines)
    assert heard[-1].startswith("ERROR :That is HTTP")
    assert not _is_in(page)
    assert watching.heard() == []


@pytest.mark.parametrize("line", ("USER ann 0 *", "USER ann", "USER", "USER ann 0 * :"))
def test_user_needs_its_parameters(line):
    """USER message: too few parameters, or an empty real name, are answered 461."""
    client = House().connection()
    assert numerics(client.does("NICK ann", line)) == ["461"]
    assert not _is_in(client)


def test_user_after_registration():
    """USER message: ERR_ALREADYREGISTERED (462) once registered."""
    ann = House().person("ann")
    assert ann.does("USER bob 0 * :Bob") == [":irc.test 462 ann :You have signed in already"]


def test_pass_after_registration():
    """PASS message: ERR_ALREADYREGISTERED (462) once registered."""
    assert numerics(House().person("ann").does("PASS secret")) == ["462"]


def test_pass_without_password():
    """PASS message: ERR_NEEDMOREPARAMS (461)."""
    assert House().connection().does("PASS") == [
        ":irc.test 461 * PASS :Not enough parameters",
    ]


@pytest.mark.parametrize("before", ((), ("PASS wrong",), ("PASS right", "PASS wrong")))
def test_wrong_password(before):
    """PASS message: the last one counts; 464 and ERROR without the right one."""
    client = House(server_password="right").connection()
    heard = numerics(client.does(*before, "NICK ann", "USER ann 0 * :Ann"))
    assert heard == ["464", "ERROR"]
    assert client.closed_with is not None


@pytest.mark.parametrize("before", (("PASS right",), ("PASS wrong", "PASS right")))
def test_right_password(before):
    """PASS message: several may be sent, the last one counts."""
    client = House(server_password="right").connection()
    assert numerics(client.does(*before, "NICK ann", "USER ann 0 * :Ann"))[0] == "001"


def test_a_late_password_is_too_late():
    """PASS message: it must be set before any attempt to register."""
    client = House(server_password="right").connection()
    assert "001" not in numerics(client.does("NICK ann", "USER ann 0 * :Ann"))


def test_quit_before_registration():
    """QUIT message: acknowledged with ERROR, also before the sign-in."""
    client = House().connection()
    assert client.does("QUIT") == ["ERROR :Quit: "]
    assert client.closed_with is not None


def test_quit_reason():
    """QUIT message: others read "Quit: " and the reason; the one who quits reads ERROR."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a", ann, bob)
    assert ann.does("QUIT :see you") == ["ERROR :Quit: see you"]
    assert bob.heard() == [":ann!~ann@host QUIT :Quit: see you"]


def test_quit_without_reason():
    """QUIT message: an empty reason is "Quit: " for the others."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a", ann, bob)
    ann.does("QUIT")
    assert bob.heard() == [":ann!~ann@host QUIT :Quit: "]


def test_quit_is_told_once_and_to_acquaintances_only():
    """QUIT message: only those who share a room are told, however many rooms they share."""
    house = House()
    ann, bob, cid = house.person("ann"), house.person("bob"), house.person("cid")
    house.room("#a", ann, bob)
    house.room("#b", ann, bob)
    ann.does("QUIT :bye")
    assert len(bob.heard()) == 1
    assert cid.heard() == []


def test_quit_frees_the_nick():
    """NICK message: a nick is free again when its holder has quit."""
    house = House()
    house.person("ann").does("QUIT")
    assert _is_in(house.person("Ann"))


def test_lost_connection():
    """QUIT message: a connection that ends without QUIT is told with a reason."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a", ann, bob)
    ann.is_lost()
    assert bob.heard() == [":ann!~ann@host QUIT :Connection lost"]


@pytest.mark.parametrize("is_in", (True, False))
def test_ping(is_in):
    """PING message: answered with PONG, the server's name and the token."""
    client = House().person("ann") if is_in else House().connection()
    assert client.does("PING :a b") == [":irc.test PONG irc.test :a b"]


def test_ping_without_token():
    """PING message: ERR_NEEDMOREPARAMS (461) for none, ERR_NOORIGIN (409) for an empty one."""
    ann = House().person("ann")
    assert ann.does("PING") == [":irc.test 461 ann PING :Not enough parameters"]
    assert ann.does("PING :") == [":irc.test 409 ann :No origin specified"]


def test_pong_is_not_answered():
    """PONG message: no reply, whatever its parameters."""
    ann = House().person("ann")
    assert ann.does("PONG", "PONG :x", "PONG irc.test x") == []


def test_unknown_command():
    """ERR_UNKNOWNCOMMAND (421): with the command, in upper case."""
    (line,) = House().person("ann").does("foo bar")
    assert line.startswith(":irc.test 421 ann FOO :")


def test_username_shows_that_nobody_checked_it():
    """USER message: a username without ident is prefixed by a tilde."""
    ann = House().person("ann")
    (line, *_) = ann.does("WHOIS ann")
    assert line == ":irc.test 311 ann ann ~ann host * :Ann"


def test_realname_may_have_spaces():
    """USER message: the real name is the last parameter."""
    client = House().connection()
    client.does("NICK ann", "USER ann 0 * :Ann of the Tower")
    assert client.session.user.realname == "Ann of the Tower"
