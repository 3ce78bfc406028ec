import pytest
from tests.unit.deliver.stage import SAID_ID, person, said

from rookery.core.clock import COUNTER_BITS
from rookery.deliver import render
from rookery.wire.capabilities import ACCOUNT_TAG, EXTENDED_JOIN, MESSAGE_TAGS, SERVER_TIME

ANN = person("ann", account="Ann;1")
TIME = "time=2024-01-01T00:00:01.000Z"
MSGID = "msgid=3e800000"


@pytest.mark.parametrize(
    ("caps", "tags"),
    (
        (0, ""),
        (SERVER_TIME, f"@{TIME} "),
        (MESSAGE_TAGS, f"@{MSGID};+a=b "),
        (ACCOUNT_TAG, "@account=Ann\\:1 "),
        (SERVER_TIME | ACCOUNT_TAG, f"@{TIME};account=Ann\\:1 "),
        (SERVER_TIME | MESSAGE_TAGS | ACCOUNT_TAG, f"@{TIME};{MSGID};account=Ann\\:1;+a=b "),
        (EXTENDED_JOIN, ""),
    ),
)
def test_said(caps, tags):
    """A message carries the tags that its recipient asked for, and no others."""
    line = f"{tags}:ann!~u@host PRIVMSG #a :hi\r\n"
    assert render.said(said(ANN, "#a", tags="+a=b"), caps) == line.encode()


def test_guest_has_no_account():
    """A guest's message has no account tag."""
    line = b":bob!~u@host PRIVMSG #a :hi\r\n"
    assert render.said(said(person("bob"), "#a"), ACCOUNT_TAG) == line


@pytest.mark.parametrize(
    ("caps", "line"),
    (
        (0, b"@label=7 :ann!~u@host PRIVMSG #a :hi\r\n"),
        (MESSAGE_TAGS, f"@label=7;{MSGID} :ann!~u@host PRIVMSG #a :hi\r\n".encode()),
    ),
)
def test_extra_tags(caps, line):
    """Tags of one recipient stand in front."""
    assert render.said(said(ANN, "#a"), caps, "label=7") == line


def test_tagmsg():
    """TAGMSG has no text, and is nothing to who has not asked for tags."""
    event = said(ANN, "#a", "", command="TAGMSG", tags="+typing=active")
    line = f"@{MSGID};+typing=active :ann!~u@host TAGMSG #a\r\n"
    assert render.said(event, MESSAGE_TAGS) == line.encode()
    assert render.said(event, SERVER_TIME) == b""


@pytest.mark.parametrize(
    ("caps", "account", "line"),
    (
        (0, "ann", b"X\r\n"),
        (SERVER_TIME, "", b"@time=2024-01-01T00:00:01.007Z X\r\n"),
        (ACCOUNT_TAG, "ann", b"@account=ann X\r\n"),
        (SERVER_TIME | ACCOUNT_TAG, "ann", b"@time=2024-01-01T00:00:01.007Z;account=ann X\r\n"),
        (ACCOUNT_TAG, "", b"X\r\n"),
    ),
)
def test_happened(caps, account, line):
    """An event's line carries time and account for those who asked."""
    assert render.happened("X", caps, 1_704_067_201_007, account) == line


def test_join_line():
    """JOIN names account and real name with extended-join."""
    assert render.join_line(ANN, "#a", 0) == ":ann!~u@host JOIN #a"
    assert render.join_line(ANN, "#a", EXTENDED_JOIN) == ":ann!~u@host JOIN #a Ann;1 :Ann"
    assert render.join_line(person("bob"), "#a", EXTENDED_JOIN) == ":bob!~u@host JOIN #a * :Bob"


def test_iso_time_of_neighbours():
    """Times of one second and of the next differ where they should."""
    times = [render.iso_time(at_ms) for at_ms in (999, 1000, 999, 86_400_000)]
    assert times == [
        "1970-01-01T00:00:00.999Z",
        "1970-01-01T00:00:01.000Z",
        "1970-01-01T00:00:00.999Z",
        "1970-01-02T00:00:00.000Z",
    ]


def test_with_tag():
    """A further tag stands before the others."""
    assert render.with_tag(b"X\r\n", b"a=1") == b"@a=1 X\r\n"
    assert render.with_tag(b"@b=2 X\r\n", b"a=1") == b"@a=1;b=2 X\r\n"


@pytest.mark.parametrize(
    "caps",
    (0, SERVER_TIME, MESSAGE_TAGS, SERVER_TIME | MESSAGE_TAGS, ACCOUNT_TAG | MESSAGE_TAGS),
)
@pytest.mark.parametrize("extra_tags", ("", "batch=b1"))
@pytest.mark.parametrize("step", (1, 1 << COUNTER_BITS))
@pytest.mark.parametrize("first_id", (1, SAID_ID), ids=["unset clock", "clock"])
def test_run(caps, extra_tags, step, first_id):
    """Messages that differ in id and text are rendered together as they are one by one.

    Also where the clock stands before 2024, and ids are as short as the digits of a date.
    """
    first = said(person("ann", account="1"), "bob")._replace(id=first_id)
    run = [
        first._replace(id=first.id + at * step, text=text)
        for at, text in enumerate(("a", "ü", "c"))
    ]
    one_by_one = b"".join(render.said(one, caps, extra_tags) for one in run)
    assert render.run(run, caps, extra_tags) == one_by_one
    assert render.run(run[:1], caps, extra_tags) == render.said(
        first._replace(text="a"), caps, extra_tags
    )
