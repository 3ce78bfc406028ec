"""modern IRC, "PRIVMSG message" and "NOTICE message"."""

import pytest
from tests.unit.command.house import House, numerics

ALICE = ":alice!~alice@host"


@pytest.fixture
def house():
    """Return a server."""
    return House()


@pytest.fixture
def alice(house):
    """Return a person."""
    return house.person("alice")


@pytest.fixture
def bob(house):
    """Return another person."""
    return house.person("bob")


def test_to_a_person(alice, bob):
    """PRIVMSG: the target alone receives it."""
    assert alice.does("PRIVMSG bob :hi there") == []
    assert bob.heard() == [f"{ALICE} PRIVMSG bob :hi there"]


def test_to_a_room(house, alice, bob):
    """PRIVMSG: all members but the sender receive it, nobody else."""
    carol = house.person("carol")
    house.room("#c", alice, bob)
    assert alice.does("PRIVMSG #c :hi") == []
    assert bob.heard() == [f"{ALICE} PRIVMSG #c :hi"]
    assert carol.heard() == []


def test_one_word_and_a_colon(house, alice, bob):
    """PRIVMSG: the text may be one word, and may begin with a colon."""
    alice.does("PRIVMSG bob hi", "PRIVMSG bob ::)", "PRIVMSG bob : ")
    assert [line.split(" ", 3)[3] for line in bob.heard()] == [":hi", "::)", ": "]


@pytest.mark.parametrize(
    ("line", "answer"),
    (
        ("PRIVMSG", "411 alice :No recipient given (PRIVMSG)"),
        ("PRIVMSG :", "411 alice :No recipient given (PRIVMSG)"),
        ("PRIVMSG bob", "412 alice :No text to send"),
        ("PRIVMSG bob :", "412 alice :No text to send"),
        ("PRIVMSG #none :hi", "403 alice #none :No such channel"),
        ("PRIVMSG b@d :hi", "401 alice b@d :No such nick"),
    ),
)
def test_errors(alice, bob, line, answer):
    """PRIVMSG: ERR_NORECIPIENT, ERR_NOTEXTTOSEND, ERR_NOSUCHCHANNEL, ERR_NOSUCHNICK."""
    assert alice.does(line) == [f":irc.test {answer}"]


@pytest.mark.parametrize(
    "line", ("NOTICE", "NOTICE bob", "NOTICE bob :", "NOTICE #none :hi", "NOTICE b@d :hi")
)
def test_notice_is_never_answered(alice, bob, line):
    """NOTICE: automatic replies must never be sent in response, nor errors."""
    assert alice.does(line) == []
    assert bob.heard() == []


def test_unknown_nick():
    """PRIVMSG: ERR_NOSUCHNICK where nothing is kept for unclaimed names."""
    alice = House(unclaimed="refuse").person("alice")
    assert alice.does("PRIVMSG carol :hi") == [":irc.test 401 alice carol :No such nick"]


def test_from_outside(house, alice, bob):
    """PRIVMSG: ERR_CANNOTSENDTOCHAN from outside of a room with +n; without it they are heard."""
    house.room("#c", bob)
    assert alice.does("PRIVMSG #c :hi") == [":irc.test 404 alice #c :Cannot send to channel"]
    bob.does("MODE #c -n")
    assert alice.does("PRIVMSG #c :hi") == []
    assert bob.heard() == [f"{ALICE} PRIVMSG #c :hi"]


def test_moderated(house, alice, bob):
    """Channel mode m: only those with voice or more are heard."""
    house.room("#c", bob, alice)
    bob.does("MODE #c +m")
    alice.heard()
    assert numerics(alice.does("PRIVMSG #c :hi")) == ["404"]
    bob.does("MODE #c +v alice")
    alice.heard()
    assert alice.does("PRIVMSG #c :hi") == []


def test_several_targets(house, alice, bob):
    """PRIVMSG: a list of targets, each answered for itself."""
    house.room("#c", alice, bob)
    assert alice.does("PRIVMSG bob,#none,#c :hi") == [":irc.test 403 alice #none :No such channel"]
    assert bob.heard() == [f"{ALICE} PRIVMSG bob :hi", f"{ALICE} PRIVMSG #c :hi"]


def test_too_many_targets(alice, bob):
    """TARGMAX: ERR_TOOMANYTARGETS, and nobody receives it."""
    assert numerics(alice.does("PRIVMSG bob,bob,bob,bob :hi")) == ["407"]
    assert bob.heard() == []


def test_target_in_other_case(house, alice, bob):
    """Casemapping: targets are found in whatever case they are written."""
    house.room("#Room", alice, bob)
    alice.does("PRIVMSG BOB :hi", "PRIVMSG #ROOM :hi")
    assert bob.heard() == [f"{ALICE} PRIVMSG bob :hi", f"{ALICE} PRIVMSG #Room :hi"]


def test_away(alice, bob):
    """RPL_AWAY: the sender of a PRIVMSG is told, the sender of a NOTICE is not."""
    bob.does("AWAY :at lunch")
    assert alice.does("PRIVMSG bob :hi") == [":irc.test 301 alice bob :at lunch"]
    assert alice.does("NOTICE bob :hi") == []
    assert len(bob.heard()) == 2


def test_ctcp(alice, bob):
    """CTCP: passed on as it is; kept for nobody who is not there."""
    alice.does("PRIVMSG bob :\x01VERSION\x01", "PRIVMSG bob :\x01ACTION waves\x01")
    assert [line.split(" :", 1)[1] for line in bob.heard()] == [
        "\x01VERSION\x01",
        "\x01ACTION waves\x01",
    ]
    assert numerics(alice.does("PRIVMSG nobody :\x01PING 1\x01")) == ["401"]


def test_unregistered(house):
    """Connection registration: before it, ERR_NOTREGISTERED."""
    assert numerics(house.connection().does("PRIVMSG bob :hi", "TAGMSG bob")) == ["451", "451"]
