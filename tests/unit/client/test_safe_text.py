import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rookery.client.safe_text import safe


@pytest.mark.parametrize(
    ("text", "shown"),
    (
        ("plain äöü 漢字 👩‍👩‍👧", "plain äöü 漢字 👩‍👩‍👧"),
        ("\x1b[2Jgone", "␛[2Jgone"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b31mred", "<U+009B>31mred"),
        ("a\rb\nc\bd", "a␍b␊c␈d"),
        ("tab\there", "tab here"),
        ("del\x7f", "del␡"),
        ("\u202egnp.exe", "<U+202E>gnp.exe"),
        ("\u2066iso\u2069", "<U+2066>iso<U+2069>"),
        ("line\u2028end", "line<U+2028>end"),
        ("\x02bold\x02 \x0304,12red\x03 \x1dslanted\x0f", "bold red slanted"),
        ("\x0399 red", " red"),
        ("\ud800", "<U+D800>"),
    ),
)
def test_safe(text, shown):
    """What a terminal would obey is made visible; formatting codes are taken out."""
    assert shown == safe(text)


@given(st.text())
def test_nothing_acts_on_the_terminal(text):
    """No control character and no bidirectional override is ever left."""
    shown = safe(text)
    assert not [char for char in shown if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]
    bidi = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert not [char for char in shown if unicodedata.bidirectional(char) in bidi]
    assert shown == safe(shown)
