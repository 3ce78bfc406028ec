"""Frames are made once for all who get the same bytes."""

import pytest

from rookery.net.frames import BINARY, TEXT, Frames

SIZES = (1, 125, 126, 1023, 1024, 65_535, 65_536)


def _frames(opcode=TEXT):
    turns = []
    return Frames(opcode, turns.append), turns


def _read(data):
    """Return the opcode and the payload of every frame. RFC 6455 §5.2."""
    found = []
    while data:
        size, head = data[1], 2
        if size == 126:
            size, head = int.from_bytes(data[2:4], "big"), 4
        elif size == 127:
            size, head = int.from_bytes(data[2:10], "big"), 10
        found.append((data[0], data[head : head + size]))
        data = data[head + size :]
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("opcode", (TEXT, BINARY))
def test_size(opcode, size):
    """A line of any size is one whole frame without its end."""
    frames, _ = _frames(opcode)
    assert _read(frames.joined([b"x" * size + b"\r\n"])) == [(opcode, b"x" * size)]


def test_chunks():
    """Each line of each chunk is a frame, in order."""
    frames, _ = _frames()
    lines = [line for _, line in _read(frames.joined([b"a\r\nb\r\n", b"c\r\n"]))]
    assert lines == [b"a", b"b", b"c"]


def test_shared():
    """The same bytes are framed once, until the turn of the loop ends."""
    frames, turns = _frames()
    chunk = b"a\r\n"
    first = frames.joined([chunk])
    assert frames.joined([chunk]) is first
    (clear,) = turns
    clear()
    again = frames.joined([chunk])
    assert (again, again is first, len(turns)) == (first, False, 2)
