import pytest
from hypothesis import given
from hypothesis import strategies as st

from rookery.client import split
from rookery.wire.framer import MAX_BODY_BYTES

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=400)


@given(TEXT, st.integers(4, 60))
def test_pieces_fit_and_lose_nothing_but_spaces(text, max_bytes):
    """Each piece fits; put together they are the text, but for a space at each cut."""
    pieces = split.pieces(text, max_bytes)
    assert all(len(piece.encode()) <= max_bytes for piece in pieces)
    assert text.replace(" ", "") == "".join(pieces).replace(" ", "")


def test_cut_at_words():
    """A word is not torn where a space is near."""
    assert split.pieces("one two three four", 8) == ["one two", "three", "four"]


def test_long_word_is_cut():
    """A word longer than a line is cut in itself, between characters."""
    assert split.pieces("äääää", 5) == ["ää", "ää", "ä"]


@pytest.mark.parametrize("prefix_bytes", (10, 64, 120))
def test_line_with_prefix_fits(prefix_bytes):
    """With the server's prefix in front, a line is within the limit of the wire."""
    size = split.max_text_bytes("PRIVMSG", "#team", prefix_bytes)
    line = "x" * max(64, prefix_bytes) + f"PRIVMSG #team :{'y' * size}\r\n"
    assert len(line) == MAX_BODY_BYTES


def test_pasted_lines():
    """Empty lines are left out, blanks in front stay, and NUL has no place in a line."""
    assert split.text_lines("one  \n\n  two\r\nth\0ree\n") == ["one", "  two", "three"]
