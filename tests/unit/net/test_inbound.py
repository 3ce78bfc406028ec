"""Frames of a WebSocket's client, at every split. RFC 6455 §5."""

import pytest

from rookery.net.inbound import Checked, Inbound

MASK = b"abcd"
SHORT = b"\x81\x84" + MASK + b"PING"
MEDIUM = b"\x81\xfe" + (300).to_bytes(2, "big") + MASK + bytes(300)
LONG = b"\x82\xff" + (70_000).to_bytes(8, "big") + MASK + bytes(70_000)
EMPTY = b"\x89\x80" + MASK
UNMASKED = b"\x81\x04PING"
REFUSED = b"\xf0\x80"


class Library:
    """Keeps what it is given."""

    def __init__(self):
        self.heard = b""
        self.is_over = False

    def feed_data(self, data):
        self.heard += data
        return False, b""

    def feed_eof(self):
        self.is_over = True


@pytest.mark.parametrize("split", (*range(1, 30), 10_000))
def test_masked_frames_go_through_as_they_are(split):
    """However they come; each is counted once, also those without a line."""
    data = SHORT + EMPTY + MEDIUM + EMPTY + LONG + SHORT
    library, counts = Library(), []
    checked = Checked(library, counts.append)
    for at in range(0, len(data), split):
        checked.feed_data(data[at : at + split])
    checked.feed_eof()
    assert (library.heard, sum(counts), library.is_over) == (data, 6, True)


@pytest.mark.parametrize("split", range(1, 12))
def test_an_unmasked_frame_is_refused(split):
    """§5.1: what came before it counts, and nothing of it is taken."""
    data, inbound, heard = SHORT + UNMASKED, Inbound(), b""
    for at in range(0, len(data), split):
        piece, _ = inbound.feed(data[at : at + split])
        heard += piece
        if heard.endswith(REFUSED):
            break
    assert heard == SHORT + REFUSED
