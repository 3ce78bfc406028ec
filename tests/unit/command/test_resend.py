"""`rookery.chat/resend`: what is sent again after a lost connection is stored once."""

import pytest
from tests.unit.command.house import House, untagged

CAPS = (
    "rookery.chat/resend",
    "message-tags",
    "echo-message",
    "labeled-response",
    "batch",
    "standard-replies",
)
DEVICE = "device-0001"


@pytest.fixture
def house():
    """Return a house with bob in #rook and ann, who resends; her counters are read."""
    house = House()
    house.account("ann")
    house.bob = house.person("bob", "message-tags")
    house.ann = _ann(house)
    house.room("#rook", house.bob, house.ann)
    return house


def _ann(house):
    return house.person("ann", *CAPS, account="ann")


def _line(counter, text="hi", target="#rook", device=DEVICE, label="x"):
    return f"@rookery.chat/id={device}.{counter};label={label} PRIVMSG {target} :{text}"


def _already(counter, target="#rook", label="x"):
    text = "This message was stored before; it is not posted twice."
    where = f"{target} {DEVICE}.{counter}"
    return f"@label={label} :irc.test NOTE PRIVMSG ALREADY_STORED {where} :{text}"


def test_echo_carries_the_id(house):
    """The sender reads the id on the echo; the others do not."""
    (echo,) = house.ann.does(_line(1))
    assert echo.startswith(f"@label=x;rookery.chat/id={DEVICE}.1;msgid=")
    (line,) = house.bob.heard()
    assert "rookery.chat/id" not in line
    assert untagged([line]) == untagged([echo])


def test_same_counter_is_not_posted_again(house):
    """A counter that was stored, or is below one that was, posts nothing."""
    house.ann.does(_line(1), _line(3))
    house.bob.heard()
    for counter in (3, 1, 2):
        assert house.ann.does(_line(counter)) == [_already(counter)]
    assert house.bob.heard() == []
    assert len(house.ann.does(_line(4))) == 1
    assert len(house.bob.heard()) == 1


def test_private_message(house):
    """Private messages are counted with those to rooms."""
    (echo,) = house.ann.does(_line(1, target="bob"))
    assert echo.startswith(f"@label=x;rookery.chat/id={DEVICE}.1;")
    assert house.ann.does(_line(1, target="bob")) == [_already(1, "bob")]
    assert len(house.bob.heard()) == 1


def test_counters_survive_the_connection(house):
    """After a lost connection the counters are read again, before the first message."""
    house.ann.does(_line(5))
    house.ann.is_lost()
    ann = _ann(house)
    ann.does("JOIN #rook")
    assert ann.does(_line(5), _line(6))[0] == _already(5)
    assert len([line for line in house.bob.heard() if "PRIVMSG" in line]) == 2


def test_counters_survive_the_server(house):
    """A new server knows what the old one stored."""
    house.ann.does(_line(5))
    again = House(house.store)
    ann = _ann(again)
    again.room("#rook", ann)
    assert ann.does(_line(5)) == [_already(5)]


def test_counters_are_read_after_a_rename(house):
    """A new nick has counters of its own, which are read when they are needed."""
    cat = house.person("cat", *CAPS)
    house.room("#rook", cat)
    cat.does(_line(5), "NICK dan")
    cat.heard()
    assert untagged(cat.does(_line(5))) == [":dan!~cat@host PRIVMSG #rook :hi"]


def test_devices_count_for_themselves(house):
    """Each device has counters of its own."""
    house.ann.does(_line(5))
    (echo,) = house.ann.does(_line(1, device="another-device"))
    assert "another-device.1" in echo


@pytest.mark.parametrize(
    "value",
    ("short.1", "d" * 33 + ".1", f"{DEVICE}.0", f"{DEVICE}.{1 << 53}", f"{DEVICE}.x", "x", DEVICE),
)
def test_malformed_id(house, value):
    """An id that is none is refused, and nothing is posted."""
    assert house.ann.does(f"@rookery.chat/id={value} PRIVMSG #rook :hi") == [
        ":irc.test FAIL PRIVMSG INVALID_ID #rook :rookery.chat/id is <device>.<counter>"
    ]
    assert house.bob.heard() == []


def test_highest_counter(house):
    """2^53 - 1 is a counter."""
    (echo,) = house.ann.does(_line((1 << 53) - 1))
    assert echo.startswith("@label=x;rookery.chat/id=")


def test_refused_message_takes_no_counter(house):
    """A refused message is not called stored when it is sent again, also after a new sign-in."""
    (answer,) = house.ann.does(_line(1, target="#none"))
    assert answer == "@label=x :irc.test 403 ann #none :No such channel"
    house.bob.does("PRIVMSG nobody :something to commit")
    house.ann.is_lost()
    ann = _ann(house)
    ann.does("JOIN #none")
    (echo,) = ann.does(_line(1, target="#none"))
    assert untagged([echo]) == [":ann!~ann@host PRIVMSG #none :hi"]
    assert ann.does(_line(1, target="#none")) == [_already(1, "#none")]


def test_several_targets_of_which_one_is_refused(house):
    """What one target has taken is not posted there again."""
    assert len(house.ann.does(_line(1, target="#none,#rook"))) > 1
    assert house.ann.does(_line(1, target="#none,#rook")) == [_already(1, "#none,#rook")]


def test_what_is_delivered_and_not_kept(house):
    """What operators alone hear takes its counter too: it is not delivered twice."""
    house.bob.does("MODE #rook +o ann")
    for room in ("@#rook", "@#rook"):
        house.ann.does(_line(1, target=room))
    assert sum("PRIVMSG @#rook" in line for line in house.bob.heard()) == 1


def test_without_the_capability(house):
    """Who has not asked for it may carry the tag; it means nothing."""
    for _ in range(2):
        house.bob.does(_line(1))
    assert len(house.ann.heard()) == 2


def test_failed_commit_gives_the_counter_back(house):
    """What could not be stored is told once, with its label, and may come again."""
    house.disk.is_full = True
    (answer,) = house.ann.does(_line(1))
    assert answer.startswith("@label=x :irc.test FAIL PRIVMSG STORE_UNAVAILABLE #rook :")
    house.disk.is_full = False
    assert house.bob.heard() == []
    (echo,) = house.ann.does(_line(1))
    assert untagged([echo]) == [":ann!~ann@host PRIVMSG #rook :hi"]
    assert len(house.bob.heard()) == 1


def test_unreadable_counters(house):
    """Where the counters cannot be read, nothing is posted, and the sender is told."""
    cat = house.person("cat", *CAPS)
    house.room("#rook", cat)
    cat.does("NICK dan")
    cat.session.user.resends = None
    house.readers.is_busy = True
    (answer,) = cat.does(_line(1))
    assert answer.startswith("@label=x :irc.test FAIL PRIVMSG STORE_UNAVAILABLE #rook :")
    house.readers.is_busy = False
    assert "PRIVMSG" in cat.does(_line(1))[0]


def test_own_history_carries_the_id(house):
    """The sender's own messages have their id in CHATHISTORY, others' have none."""
    house.ann.does(_line(1))
    for client, number in ((house.ann, 1), (house.bob, 0)):
        lines = client.does("CHATHISTORY LATEST #rook * 5")
        assert sum("rookery.chat/id" in line for line in lines) == number


def test_resent_while_the_first_copy_fails(house):
    """A second copy that comes while the first is being stored takes its place when that fails."""
    other = _ann(house)
    house.disk.is_held = True
    house.ann.say(_line(1))
    house.turn()
    other.say(_line(1))
    house.turn()
    house.disk.is_held, house.disk.is_full = False, True
    house.disk.settle()
    house.disk.is_full = False
    house.turn()
    assert [line for line in other.heard() if "ALREADY_STORED" in line] == []
    assert len([line for line in house.bob.heard() if "PRIVMSG" in line]) == 1


def test_resent_after_a_failure_that_a_later_one_survived(house):
    """A message that failed is not called stored because of a later one: that failed with it."""
    house.disk.is_held = True
    house.ann.say(_line(1))
    house.turn()
    house.ann.say(_line(2))
    house.turn()
    house.disk.is_held, house.disk.is_full = False, True
    house.disk.settle()
    house.disk.is_full = False
    house.turn()
    assert [" FAIL " in line for line in house.ann.heard()] == [True, True]
    for number in (1, 2):
        assert "PRIVMSG #rook" in house.ann.does(_line(number))[0]
