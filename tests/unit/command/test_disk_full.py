"""When the disk is full: what was not stored is shown to nobody, undone, and told its sender."""

import pytest
from tests.unit.command.house import House, plain

CAPS = ("standard-replies", "labeled-response", "echo-message", "batch")
FULL = "STORE_UNAVAILABLE"


@pytest.fixture
def house():
    """Return a house with ann, operator of #rook, and bob in it; the disk is full."""
    house = House()
    house.account("ann")
    house.ann, house.bob = house.person("ann", *CAPS, account="ann"), house.person("bob")
    house.room("#rook", house.ann, house.bob)
    house.later()
    house.disk.is_full = True
    return house


def _fails(answers, *expected):
    """Compare the answers, without their sentences, to FAILs."""
    assert [line.split(" :The server")[0] for line in answers] == list(expected)


def test_message_to_a_room(house):
    """A room message that could not be stored is seen by nobody; the next one is."""
    _fails(house.ann.does("PRIVMSG #rook :one"), f":irc.test FAIL PRIVMSG {FULL} #rook")
    assert house.bob.heard() == []
    house.disk.is_full = False
    assert house.ann.does("PRIVMSG #rook :two") == [":ann!~ann@host PRIVMSG #rook :two"]
    assert house.bob.heard() == [":ann!~ann@host PRIVMSG #rook :two"]


def test_message_to_a_person(house):
    """So is a private message, here or away; it is not in the mailbox either."""
    _fails(house.ann.does("PRIVMSG bob :hi"), f":irc.test FAIL PRIVMSG {FULL} bob")
    _fails(house.ann.does("PRIVMSG eve :hi"), f":irc.test FAIL PRIVMSG {FULL} eve")
    assert house.bob.heard() == []
    house.disk.is_full = False
    assert house.person("eve").heard() == []


@pytest.mark.parametrize("target", ("#rook", "bob", "eve"))
def test_label(house, target):
    """The failure carries the label, and is the only response."""
    _fails(
        house.ann.does(f"@label=7 PRIVMSG {target} :hi"),
        f"@label=7 :irc.test FAIL PRIVMSG {FULL} {target}",
    )


def test_each_sender_is_told(house):
    """All who spoke in the failed epoch are told, each of their own."""
    house.ann.say("PRIVMSG #rook :one", "PRIVMSG bob :two")
    house.bob.say("PRIVMSG #rook :three")
    house.turn()
    _fails(
        house.ann.heard(),
        f":irc.test FAIL PRIVMSG {FULL} #rook",
        f":irc.test FAIL PRIVMSG {FULL} bob",
    )
    text = "The server cannot write to its disk: this was not stored. Try again later"
    assert house.bob.heard() == [f":irc.test NOTICE bob :{text}"]


def test_what_needs_no_store_goes_on(house):
    """In the same epoch, what is not stored is answered and seen."""
    house.bob.say("PING x", "JOIN #two", "PRIVMSG #rook :hi", "PART #rook :bye")
    house.turn()
    heard = house.bob.heard()
    assert heard[:2] == [":irc.test PONG irc.test :x", ":bob!~bob@host JOIN #two"]
    assert house.ann.heard() == [":bob!~bob@host PART #rook :bye"]


def test_topic(house):
    """A topic that could not be stored is as it was."""
    house.disk.is_full = False
    house.ann.does("TOPIC #rook :old")
    house.bob.heard()
    house.disk.is_full = True
    _fails(
        house.ann.does("@label=7 TOPIC #rook :new"),
        f"@label=7 :irc.test FAIL TOPIC {FULL} #rook",
    )
    assert house.bob.heard() == []
    assert house.bob.does("TOPIC #rook")[0] == ":irc.test 332 bob #rook :old"


def test_modes(house):
    """Modes that could not be stored are as they were."""
    _fails(house.ann.does("MODE #rook +mk-n sesame"), f":irc.test FAIL MODE {FULL} #rook")
    assert house.bob.heard() == []
    assert house.bob.does("MODE #rook")[0] == ":irc.test 324 bob #rook :+nt"


def test_several_changes_are_undone_in_reverse(house):
    """Two changes of one epoch are both undone."""
    house.ann.does("TOPIC #rook :one", "TOPIC #rook :two", "MODE #rook +m")
    assert house.bob.does("TOPIC #rook") == [":irc.test 331 bob #rook :No topic is set"]
    assert house.bob.does("MODE #rook")[0] == ":irc.test 324 bob #rook :+nt"


def test_registration(house):
    """A registration that could not be stored gives nobody the name."""
    client = house.connection()
    client.does("CAP REQ :sasl standard-replies labeled-response", "NICK eve")
    _fails(
        client.does("@label=7 REGISTER * * secret"),
        f"@label=7 :irc.test FAIL REGISTER {FULL} eve",
    )
    house.disk.is_full = False
    client.does("USER eve 0 * :Eve", "CAP END")
    assert client.session.user.account == ""
    assert "REGISTER SUCCESS eve" in client.does("REGISTER * * secret")[0]


def test_registration_of_a_guest(house):
    """A guest who is here stays a guest, and is not told anything else."""
    _fails(
        house.person("eve", *CAPS).does("REGISTER * * secret"),
        f":irc.test FAIL REGISTER {FULL} eve",
    )
    assert house.node.world.users["eve"].account == ""
    assert "eve" not in house.node.world.accounts


def test_password(house):
    """A password that could not be stored is the old one."""
    (answer,) = house.ann.does("PASSWORD c2VjcmV0AHNlc2FtZQ==")
    assert answer.startswith(f":irc.test FAIL PASSWORD {FULL} ann :")
    client = house.connection()
    client.does("CAP REQ sasl", "AUTHENTICATE PLAIN")
    assert " 903 " in client.does(f"AUTHENTICATE {plain('ann')}")[1]


def test_watermark(house):
    """A proof that could not be stored is stored with the next commit."""
    house.disk.is_full = False
    house.bob.does("PRIVMSG ann :hi")
    house.disk.is_full = True
    house.ann.pong()
    house.later()
    house.disk.is_full = False
    house.bob.does("PRIVMSG #rook :next")
    house.ann.heard()
    again = House(house.store)
    assert again.person("ann", account="ann").heard() == []


def test_held_disk(house):
    """While a commit is under way nobody reads anything of it, nor anything later."""
    house.disk.is_full = False
    house.disk.is_held = True
    house.ann.does("PRIVMSG #rook :one")
    house.bob.does("PING x")
    house.ann.does("PRIVMSG #rook :two")
    assert [house.ann.heard(), house.bob.heard()] == [[], []]
    house.disk.is_held = False
    house.turn()
    assert house.bob.heard() == [
        ":ann!~ann@host PRIVMSG #rook :one",
        ":irc.test PONG irc.test :x",
        ":ann!~ann@host PRIVMSG #rook :two",
    ]


def test_topic_while_another_fails(house):
    """A topic that was set while the one before it failed is taken back with it, and told."""
    house.disk.is_held = True
    house.ann.does("TOPIC #rook :one")
    house.ann.does("TOPIC #rook :two")
    house.disk.settle()
    house.disk.is_full = house.disk.is_held = False
    house.turn()
    _fails(house.ann.heard(), *[f":irc.test FAIL TOPIC {FULL} #rook"] * 2)
    assert house.bob.heard() == []
    assert house.bob.does("TOPIC #rook") == [":irc.test 331 bob #rook :No topic is set"]
    assert [row.topic for row in house.store.load().rooms] == [""]


def test_password_of_a_room_while_another_change_waits(house):
    """A room's password that could not be stored is not stored with a later change either."""
    house.disk.is_held = True
    house.ann.does("MODE #rook +k sesame")
    house.ann.does("TOPIC #rook :two")
    house.disk.settle()
    house.disk.is_full = house.disk.is_held = False
    house.turn()
    house.bob.heard()
    assert house.bob.does("MODE #rook")[0].startswith(":irc.test 324 bob #rook :+nt")
    assert [row.password for row in house.store.load().rooms] == [""]
