import base64

import pytest

from rookery.client import sasl


@pytest.mark.parametrize("length", (1, 290, 294, 295, 600))
def test_chunks(length):
    """Chunks are at most 400 bytes, the last one shorter than that or followed by `+`."""
    chunks = sasl.plain("alice", "x" * length)
    *full, last = chunks
    assert all(len(chunk) == 400 for chunk in full)
    assert len(last) < 400
    joined = "".join(chunk for chunk in chunks if chunk != "+")
    assert b"\0alice\0" + b"x" * length == base64.b64decode(joined)
