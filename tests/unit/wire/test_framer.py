"""Lines out of a stream: their ends, their limits, and what is dropped."""

import sys

import pytest

from rookery.wire.framer import (
    MAX_BODY_BYTES,
    MAX_CLIENT_TAGS_BYTES,
    MAX_TAGS_BYTES,
    TOO_LONG,
    Framer,
)


@pytest.mark.parametrize(
    ("stream", "lines"),
    (
        (b"PING a\r\nPING b\r\n", [b"PING a", b"PING b"]),
        (b"PING a\nPING b\n", [b"PING a", b"PING b"]),
        (b"\r\n\n\r\nPING a\r\n", [b"PING a"]),
        (b"PING a", []),
        (b"a\rb\r\n", [b"a\rb"]),
        (b"\xff\xfe\r\n", [b"\xff\xfe"]),
    ),
)
def test_line_ends(stream, lines):
    """LF ends a line, CR before it goes with it, and empty lines are nothing."""
    assert lines == Framer().feed(stream)


def test_line_in_pieces():
    """A line that arrives in pieces comes out when it is complete."""
    framer = Framer()
    assert [framer.feed(piece) for piece in (b"PI", b"NG a", b"bc\r\nPI", b"NG")] == [
        [],
        [],
        [b"PING abc"],
        [],
    ]


def _body(size):
    """Return a line of `size` bytes together with its CR LF."""
    return b"x" * (size - 2) + b"\r\n"


@pytest.mark.parametrize(
    ("max_tags_bytes", "stream", "is_too_long"),
    (
        (MAX_TAGS_BYTES, _body(MAX_BODY_BYTES), False),
        (MAX_TAGS_BYTES, _body(MAX_BODY_BYTES + 1), True),
        (MAX_TAGS_BYTES, b"@" + b"t" * (8191 - 2) + b" " + _body(512), False),
        (MAX_TAGS_BYTES, b"@" + b"t" * (8191 - 1) + b" " + _body(512), True),
        (MAX_TAGS_BYTES, b"@" + b"t" * (8191 - 2) + b" " + _body(513), True),
        (MAX_CLIENT_TAGS_BYTES, b"@" + b"t" * (4096 - 2) + b" " + _body(512), False),
        (MAX_CLIENT_TAGS_BYTES, b"@" + b"t" * (4096 - 1) + b" " + _body(512), True),
        (MAX_CLIENT_TAGS_BYTES, b"@t " + _body(513), True),
    ),
)
def test_limits(max_tags_bytes, stream, is_too_long):
    """512 bytes of line, and 8191 of tags or 4096 from a client, pass; one more does not."""
    expected = [TOO_LONG] if is_too_long else [stream[:-2]]
    assert expected == Framer(max_tags_bytes).feed(stream)


def test_too_long_is_told_once_and_the_next_line_counts():
    """An over-long line is answered as soon as it is known, once, and dropped to its end."""
    framer = Framer()
    told = [framer.feed(piece) for piece in (b"x" * 600, b"y" * 600, b"z\r\nPING a\r\n")]
    assert told == [[TOO_LONG], [], [b"PING a"]]
    assert told[0][0] is TOO_LONG


def test_too_long_between_others():
    """Only the over-long line is lost of those that arrive together."""
    stream = b"PING a\r\n" + b"x" * 1000 + b"\r\nPING b\r\n"
    assert Framer().feed(stream) == [b"PING a", TOO_LONG, b"PING b"]


@pytest.mark.parametrize("filler", (b"x", b"\r", b"@", b" "))
def test_megabyte_line_costs_no_memory(filler):
    """A line of 1 MB without an end leaves no more than one line's limit in the buffer."""
    framer = Framer(MAX_CLIENT_TAGS_BYTES)
    told = []
    for _ in range(1024):
        told += framer.feed(filler * 1024)
        assert sys.getsizeof(framer._rest) < MAX_BODY_BYTES + MAX_CLIENT_TAGS_BYTES
    assert told == [TOO_LONG]
    assert framer.feed(b"\r\nPING a\r\n") == [b"PING a"]
