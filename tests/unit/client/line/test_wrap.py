import pytest
from prompt_toolkit.utils import get_cwidth

from rookery.client.line.wrap import wrapped


@pytest.mark.parametrize(
    ("line", "columns", "pieces"),
    (
        ("short", 20, ["short"]),
        ("", 20, [""]),
        (
            "bob (private): lunch tomorrow at noon?",
            20,
            ["bob (private): lunch", "  tomorrow at noon?"],
        ),
        ("one two  three four five", 20, ["one two  three four", "  five"]),
        (
            "see https://example.test/a/long/address here",
            20,
            ["see", "  https://example.test/a/long/address", "  here"],
        ),
        ("  who [ROOM]  list who is here", 24, ["  who [ROOM]  list who", "    is here"]),
        ("  who  list all who are here", 20, ["  who  list all who", "       are here"]),
        ("x" * 30, 20, ["x" * 30]),
        ("narrow terminals get it whole", 10, ["narrow terminals get it whole"]),
        ("漢字 漢字 漢字 漢字 漢字", 20, ["漢字 漢字 漢字 漢字", "  漢字"]),
        ("ends in a blank here   ", 20, ["ends in a blank here"]),
    ),
)
def test_wrapped(line, columns, pieces):
    """A line is cut at its words, and what goes on below is indented."""
    assert wrapped(line, columns, get_cwidth) == pieces


@pytest.mark.parametrize("columns", range(20, 60))
def test_nothing_is_lost(columns):
    """All words are there in order, and no piece is too wide."""
    line = "alice (in teamchat): the quick brown fox jumps over the lazy dog, again and again"
    pieces = wrapped(line, columns, get_cwidth)
    assert " ".join(piece.strip() for piece in pieces) == line
    assert max(map(len, pieces)) <= columns
