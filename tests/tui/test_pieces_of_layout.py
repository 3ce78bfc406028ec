"""Wrapping, links, heights and splices: each against a plain account of itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rookery.client.tui.heights import Heights
from rookery.client.tui.inline import inline
from rookery.client.tui.legible import legible
from rookery.client.tui.links import links, target
from rookery.client.tui.pieces import Role, text_of
from rookery.client.tui.splice import Splice, together
from rookery.client.tui.wrap import cut, padded, wrap


@pytest.mark.parametrize(
    ("text", "lines"),
    (
        ("hello world  x", ["hello", "world", "x"]),
        ("日本語テキスト", ["日本語", "テキ", "スト"]),
        ("aaaaaaaaaaaaaa b", ["aaaaaa", "aaaaa", "aaa b"]),
        ("", [""]),
    ),
)
def test_text_is_wrapped(text, lines):
    """Breaks come at blanks, and in words that are too long between their letters."""
    assert [text[at:to] for at, to in wrap(text, 6, 5)] == lines


def test_text_is_cut_by_cells():
    """A cut never leaves half of a wide letter."""
    assert (cut("日本語", 5), cut("日本語", 6), padded("日", 4)) == ("日本…", "日本語", "日  ")


@pytest.mark.parametrize(
    ("text", "found"),
    (
        ("see https://a.b/c_(d).", ["https://a.b/c_(d)"]),
        ("(http://x.y/z), http://", ["http://x.y/z"]),
        ("javascript://x file:///etc", []),
    ),
)
def test_links_are_found(text, found):
    """An address ends before the punctuation behind it, and only web addresses are links."""
    assert [text[at:to] for at, to in links(text)] == found


def test_a_link_is_one_on_all_its_lines():
    """Each wrapped piece of an address opens the whole of it."""
    address = "https://chat.lan/" + "x" * 40
    lines = inline(f"see {address} now", (), 20, 20, Role.TEXT)
    linked = [piece for line in lines for piece in line if piece.link]
    assert "".join(piece.text for piece in linked) == address
    assert {piece.link for piece in linked} == {address}
    assert text_of(lines[0]) == "see https://chat.lan"


def test_what_a_link_opens_is_printable():
    """Foreign letters of an address are escaped in what the terminal is given."""
    assert target("https://a.b/ä\u202e") == "https://a.b/%C3%A4%E2%80%AE"


def test_hostile_text_is_legible():
    """Controls become visible, unseen marks and piles of accents go."""
    assert legible("a\x1b[2J\u202eb\u200e") == "a␛[2J<U+202E>b"
    assert legible("e" + "\u0301" * 90) == "e" + "\u0301" * 4


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("apsir"), st.integers(0, 400), st.integers(0, 9))))
def test_heights_are_those_of_a_list(operations):
    """Starts, totals and blocks at a line are as when every height is added up."""
    heights, plain = Heights(), []
    for what, at, height in operations:
        index = at % len(plain) if plain else 0
        if what == "a":
            heights.append([height])
            plain.append(height)
        elif what == "p":
            heights.insert(0, [height, 1])
            plain[:0] = [height, 1]
        elif what == "i":
            heights.insert(index, [height])
            plain.insert(index, height)
        elif plain and what == "s":
            heights.set(index, height)
            plain[index] = height
        elif plain and what == "r":
            heights.remove(index)
            del plain[index]
    assert [heights[at] for at in range(len(heights))] == plain
    assert heights.total == sum(plain)
    assert [heights.start(at) for at in range(len(plain))] == [
        sum(plain[:at]) for at in range(len(plain))
    ]
    lines = [(at, line) for at, height in enumerate(plain) for line in range(height)]
    assert [heights.find(line) for line in range(len(lines))] == lines


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 8), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), st.integers(0, 3)))
)
def test_splices_are_put_together(length, changes):
    """One splice does what all did, one after the other."""
    before = [f"old{at}" for at in range(length)]
    after, splices = list(before), []
    for number, (anywhere, some, added) in enumerate(changes):
        at = anywhere % (len(after) + 1)
        removed = min(some, len(after) - at)
        after[at : at + removed] = [f"new{number}.{one}" for one in range(added)]
        splices.append(Splice(at, removed, added))
    whole = together(splices)
    if whole is None:
        assert after == before
    else:
        at, removed, added = whole
        before[at : at + removed] = after[at : at + added]
        assert before == after
