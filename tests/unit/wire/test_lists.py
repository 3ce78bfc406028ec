import pytest

from rookery.wire.lists import packed


@pytest.mark.parametrize(
    ("words", "max_bytes", "lines"),
    (
        ([], 9, []),
        (["a", "b", "c"], 9, ["a,b,c"]),
        (["aa", "bb", "cc"], 6, ["aa,bb", "cc"]),
        (["too long", "b"], 3, ["too long", "b"]),
        (["é", "é"], 5, ["é", "é"]),
    ),
)
def test_packed(words, max_bytes, lines):
    """Words are joined up to so many bytes, each with its separator; none is cut."""
    assert list(packed(words, ",", max_bytes)) == lines
