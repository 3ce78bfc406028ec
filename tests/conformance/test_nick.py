"""modern IRC, "NICK message"."""

import pytest
from tests.unit.command.house import House, numerics


def test_no_nick():
    """NICK message: ERR_NONICKNAMEGIVEN (431), before and after the sign-in."""
    house = House()
    assert house.connection().does("NICK") == [":irc.test 431 * :No nickname given"]
    assert numerics(house.person("ann").does("NICK", "NICK :")) == ["431", "431"]


@pytest.mark.parametrize("nick", ("#ann", ":ann bob", "an,n", "a!b", "a@b", "a.b", "x" * 21, "1a"))
def test_bad_nick(nick):
    """NICK message: ERR_ERRONEUSNICKNAME (432), and the NICK is ignored."""
    house = House()
    ann = house.person("ann")
    (line,) = ann.does(f"NICK {nick}")
    assert line.startswith(":irc.test 432 ann ")
    assert len(line.split(" :")[0].split(" ")) == 4
    assert ann.session.user.nick == "ann"


@pytest.mark.parametrize("nick", ("a[b]", "a{b}", "a\\b", "a|b", "A1", "a-b", "a_b", "`a"))
def test_good_nick(nick):
    """NICK message: at least alphanumerics, brackets, backslash and pipe are allowed."""
    ann = House().person("ann")
    assert ann.does(f"NICK {nick}") == [f":ann!~ann@host NICK {nick}"]


def test_nick_in_use():
    """NICK message: ERR_NICKNAMEINUSE (433) whatever the case, and the NICK is ignored."""
    house = House()
    ann = house.person("ann")
    house.person("Bob")
    assert ann.does("NICK bOB") == [":irc.test 433 ann bOB :Nickname is already in use"]
    assert ann.session.user.nick == "ann"


def test_nick_in_use_while_registering():
    """Connection Registration: after 433 another nick completes the sign-in."""
    house = House()
    house.person("ann")
    client = house.connection()
    assert client.does("NICK ANN", "USER x 0 * :X") == [
        ":irc.test 433 * ANN :Nickname is already in use"
    ]
    assert numerics(client.does("NICK bob"))[0] == "001"


def test_nick_taken_by_a_faster_client():
    """Connection Registration: of two that register with one nick, the first to finish has it."""
    house = House()
    slow, fast = house.connection(), house.connection()
    slow.does("NICK ann")
    assert numerics(fast.does("NICK ann", "USER a 0 * :A"))[0] == "001"
    assert numerics(slow.does("USER b 0 * :B")) == ["433"]
    assert numerics(slow.does("NICK bob"))[0] == "001"


def test_nick_change_is_told_once():
    """NICK message: sent with the old source to oneself and to those in common rooms, once."""
    house = House()
    ann, bob, cid = house.person("ann"), house.person("bob"), house.person("cid")
    house.room("#a", ann, bob)
    house.room("#b", ann, bob)
    assert ann.does("NICK amy") == [":ann!~ann@host NICK amy"]
    assert bob.heard() == [":ann!~ann@host NICK amy"]
    assert cid.heard() == []


def test_nick_change_of_case():
    """NICK message: the case of one's own nick may be changed, and is told."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    house.room("#a", ann, bob)
    assert ann.does("NICK ANN") == [":ann!~ann@host NICK ANN"]
    assert bob.heard() == [":ann!~ann@host NICK ANN"]


def test_own_nick():
    """NICK message: taking one's own nick changes nothing and says nothing."""
    assert House().person("ann").does("NICK ann") == []


def test_old_nick_is_free():
    """NICK message: the nick that was left can be taken by another."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    ann.does("NICK amy")
    assert bob.does("NICK ann") == [":bob!~bob@host NICK ann"]
    assert ann.does("NICK bob") == [":amy!~ann@host NICK bob"]


def test_messages_follow_the_nick():
    """NICK message: from now on the person is addressed by the new nick."""
    house = House(unclaimed="refuse")
    ann, bob = house.person("ann"), house.person("bob")
    ann.does("NICK amy")
    assert numerics(bob.does("PRIVMSG ann :hi")) == ["401"]
    assert bob.does("PRIVMSG AMY :hi") == []
    assert ann.heard() == [":bob!~bob@host PRIVMSG amy :hi"]


def test_ascii_casemapping():
    """Casemapping "ascii": only letters fold; brackets and braces are different characters."""
    house = House()
    house.person("a[")
    assert numerics(house.connection().does("NICK a{", "USER a 0 * :A"))[0] == "001"
