"""modern IRC, "LUSERS message" and the replies 251 to 266."""

import pytest
from tests.unit.command.house import House, numerics


def test_all():
    """LUSERS message: people, operators, unknown connections, channels, and the most at once."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    bob.does("MODE bob +i")
    house.room("#a", ann)
    house.connection()
    assert ann.does("LUSERS") == [
        ":irc.test 251 ann :There are 1 users and 1 invisible on 1 servers",
        ":irc.test 252 ann 0 :operator(s) online",
        ":irc.test 253 ann 1 :unknown connection(s)",
        ":irc.test 254 ann 1 :channels formed",
        ":irc.test 255 ann :I have 2 clients and 0 servers",
        ":irc.test 265 ann 2 2 :Current local users 2, max 2",
        ":irc.test 266 ann 2 2 :Current global users 2, max 2",
    ]


def test_most_at_once():
    """RPL_LOCALUSERS, RPL_GLOBALUSERS: the most people since the server was started."""
    house = House()
    ann, bob = house.person("ann"), house.person("bob")
    bob.does("QUIT")
    house.person("cid")
    assert ann.does("LUSERS")[-1] == ":irc.test 266 ann 2 2 :Current global users 2, max 2"
    ann.does("QUIT")
    (*_, last) = house.person("dan").does("LUSERS")
    assert last == ":irc.test 266 dan 2 2 :Current global users 2, max 2"


def test_counts_follow():
    """RPL_LUSERCLIENT: who leaves is counted no more, visible or not; nor is a mode undone."""
    house = House()
    ann, bob, cid = (house.person(nick) for nick in ("ann", "bob", "cid"))
    bob.does("MODE bob +i", "MODE bob +i")
    cid.does("MODE cid +i", "MODE cid -i")
    assert "There are 2 users and 1 invisible" in ann.does("LUSERS")[0]
    bob.does("QUIT")
    assert "There are 2 users and 0 invisible" in ann.does("LUSERS")[0]
    waiting = house.connection()
    waiting.does("NICK x", "QUIT")
    assert ":irc.test 253 ann 0 :unknown connection(s)" in ann.does("LUSERS")


def test_channels():
    """RPL_LUSERCHANNELS: a room that everybody has left is none."""
    house = House()
    ann = house.person("ann")
    ann.does("JOIN #a,#b", "PART #a")
    assert ":irc.test 254 ann 1 :channels formed" in ann.does("LUSERS")


def test_in_the_welcome():
    """Connection Registration: LUSERS stands between RPL_ISUPPORT and the MOTD."""
    client = House().connection()
    heard = numerics(client.does("NICK ann", "USER ann 0 * :Ann"))
    assert [code for code in heard if code != "005"][4:-1] == [
        *("251", "252", "253", "254", "255", "265", "266")
    ]


@pytest.mark.parametrize("line", ("LUSERS *", "LUSERS * irc.test", "lusers irc.* *.test"))
def test_this_server(line):
    """RFC 2812 §3.4.2: a mask, and the server that is asked."""
    assert numerics(House().person("ann").does(line))[0] == "251"


def test_other_server():
    """RFC 2812 §3.4.2: ERR_NOSUCHSERVER."""
    heard = House().person("ann").does("LUSERS * other.test")
    assert heard == [":irc.test 402 ann other.test :No such server"]
