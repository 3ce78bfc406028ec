from tests.unit.deliver.stage import person

from rookery.core.refusal import Reason, Refusal
from rookery.deliver.reply import REFUSALS, Replies
from rookery.wire.capabilities import STANDARD_REPLIES

REPLIES = Replies("irc.test")


def test_numeric():
    """The last parameter of a numeric may be any text."""
    assert REPLIES.numeric("ann", "001", "Welcome") == b":irc.test 001 ann :Welcome\r\n"
    assert REPLIES.numeric("ann", "324", "#a", "+n", "") == b":irc.test 324 ann #a +n :\r\n"


def test_every_reason_has_a_numeric():
    """There is an answer to everything that the domain refuses."""
    assert set(REFUSALS) == set(Reason)


def test_refusal():
    """A refusal repeats what it is about."""
    refusal = Refusal(Reason.USER_NOT_IN_ROOM, "bob", "#a")
    line = b":irc.test 441 ann bob #a :They aren't on that channel\r\n"
    assert REPLIES.refusal("ann", refusal) == line


def test_standard():
    """A standard reply is a notice of its sentence to who has not asked for it."""
    ann = person("ann", STANDARD_REPLIES, 0)
    lines = [
        REPLIES.standard(session, "FAIL", "JOIN", "NO", "#a", "Not now") for session in ann.sessions
    ]
    assert lines == [
        b":irc.test FAIL JOIN NO #a :Not now\r\n",
        b":irc.test NOTICE ann :Not now\r\n",
    ]


def test_labelled_nothing():
    """No reply at all is ACK."""
    assert REPLIES.labelled([], "a b", "r") == [b"@label=a\\sb :irc.test ACK\r\n"]


def test_labelled_line():
    """One line carries the label, before other tags."""
    assert REPLIES.labelled([b"X\r\n"], "7", "r") == [b"@label=7 X\r\n"]
    assert REPLIES.labelled([b"@time=1 X\r\n"], "7", "r") == [b"@label=7;time=1 X\r\n"]


def test_labelled_lines():
    """Several lines are a batch; chunks of several lines are taken apart."""
    assert REPLIES.labelled([b"X\r\nY\r\n", b"@time=1 Z\r\n"], "7", "r") == [
        b"@label=7 :irc.test BATCH +r labeled-response\r\n",
        b"@batch=r X\r\n",
        b"@batch=r Y\r\n",
        b"@batch=r;time=1 Z\r\n",
        b":irc.test BATCH -r\r\n",
    ]


BATCH = (
    b":irc.test BATCH +b1 chathistory #a\r\n",
    b"@batch=b1 X\r\n",
    b":irc.test BATCH -b1\r\n",
)


def test_labelled_batch():
    """A response that is one batch itself carries the label on its opening."""
    assert REPLIES.labelled([*BATCH], "7", "r") == [b"@label=7 " + BATCH[0], *BATCH[1:]]


def test_labelled_batch_among_others():
    """A batch within a response is nested: its own lines stay in it."""
    assert REPLIES.labelled([b"Y\r\n", *BATCH], "7", "r") == [
        b"@label=7 :irc.test BATCH +r labeled-response\r\n",
        b"@batch=r Y\r\n",
        b"@batch=r " + BATCH[0],
        BATCH[1],
        b"@batch=r " + BATCH[2],
        b":irc.test BATCH -r\r\n",
    ]


def test_labelled_two_batches():
    """Two batches are not one."""
    other = [line.replace(b"b1", b"b2") for line in BATCH]
    lines = REPLIES.labelled([*BATCH, *other], "7", "r")
    assert lines[0] == b"@label=7 :irc.test BATCH +r labeled-response\r\n"
    assert len(lines) == 8
