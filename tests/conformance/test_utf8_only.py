"""IRCv3 utf8-only."""

import pytest
from tests.unit.command.house import House

from rookery.command.dispatch import refuse_undecodable
from rookery.wire.cut import cut

SENTENCE = "Only UTF-8 is understood here; the line was ignored"


def _heard(client, line):
    house = client._house
    refuse_undecodable(house.node, client.session, line, house.now_ms)
    house.node.epoch.touch()
    house.turn()
    return client.heard()


def test_token():
    """The UTF8ONLY token: in RPL_ISUPPORT."""
    heard = House().connection().does("NICK ann", "USER a 0 * :A")
    assert any(" UTF8ONLY" in line for line in heard if " 005 " in line)


@pytest.mark.parametrize("caps", ((), ("standard-replies",)))
def test_fail(caps):
    """INVALID_UTF8: FAIL names the command; nobody else hears of it."""
    house = House()
    ann, bob = house.person("ann", *caps), house.person("bob")
    house.room("#a", ann, bob)
    assert _heard(ann, b"privmsg #a :caf\xe9") == [
        f":irc.test FAIL PRIVMSG INVALID_UTF8 :{SENTENCE}"
    ]
    assert bob.heard() == []


def test_before_registration():
    """INVALID_UTF8: a real name that is not UTF-8 is refused."""
    client = House().connection()
    client.does("NICK ann")
    assert _heard(client, b"USER u s e :\xff") == [f":irc.test FAIL USER INVALID_UTF8 :{SENTENCE}"]
    assert client.session.user is None


@pytest.mark.parametrize("line", (b"\xff\xfe", b"PRIV\xffMSG a :b", b" \xff", b"@\xff"))
def test_undecodable_command(line):
    """INVALID_UTF8: `*` where the command cannot be read."""
    assert _heard(House().person("ann"), line) == [f":irc.test FAIL * INVALID_UTF8 :{SENTENCE}"]


def test_label():
    """INVALID_UTF8: the answer carries the label."""
    ann = House().person("ann", "labeled-response", "batch")
    assert _heard(ann, b"@label=x PRIVMSG #a :\xff") == [
        f"@label=x :irc.test FAIL PRIVMSG INVALID_UTF8 :{SENTENCE}"
    ]


@pytest.mark.parametrize(
    ("text", "max_bytes", "left"),
    (("abc", 2, "ab"), ("äöü", 3, "ä"), ("äöü", 4, "äö"), ("😀", 3, ""), ("a", 9, "a")),
)
def test_cutting(text, max_bytes, left):
    """Implementation considerations: never in the middle of a character."""
    assert cut(text, max_bytes) == left
