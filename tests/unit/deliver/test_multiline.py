"""Texts of several lines and their parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rookery.deliver.multiline import MAX_PART_BYTES, Part, is_one_line, parts_of, whole

TEXTS = st.text(st.sampled_from("ab \näö🙂"), max_size=2000)


@given(TEXTS)
def test_parts_make_the_text_again(text):
    """A stored text is cut into parts that make it again, each short enough for a line."""
    parts = parts_of(text)
    assert whole(parts) == text
    assert max(len(part.text.encode()) for part in parts) <= MAX_PART_BYTES
    assert not parts[0].is_joined


def test_long_line_is_cut_behind_a_space():
    """A long line is cut between words, and the space stays at the end of a part."""
    first, second = parts_of("word " * 100)
    assert first.text.endswith(" ")
    assert second.is_joined


def test_joined_parts():
    """Parts are joined by a line feed, unless they say otherwise."""
    parts = [Part("a", is_joined=False), Part("b", is_joined=True), Part("c", is_joined=False)]
    assert whole(parts) == "ab\nc"


@pytest.mark.parametrize(
    ("text", "is_one"),
    (("x" * 500, True), ("é" * 250, True), ("x" * 501, False), ("é" * 251, False), ("a\nb", False)),
)
def test_what_was_one_line_is_one_line(text, is_one):
    """A stored text that one line can have brought is not cut."""
    assert is_one_line(text) is is_one
