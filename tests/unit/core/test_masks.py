"""Masks: completed, compared, and matched in a time that no mask can make long."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rookery.core import masks

TEXTS = st.text("ab.", max_size=8)
GLOBS = st.text("ab.*?", max_size=8)


def _matches_slowly(glob, text):
    """Match by definition, one character at a time."""
    if not glob:
        return not text
    if glob[0] == "*":
        return any(_matches_slowly(glob[1:], text[at:]) for at in range(len(text) + 1))
    return bool(text) and glob[0] in {"?", text[0]} and _matches_slowly(glob[1:], text[1:])


@given(GLOBS, TEXTS)
def test_glob_is_its_definition(glob, text):
    """`*` is any text and `?` any character, wherever they stand."""
    assert (masks.glob(glob).fullmatch(text) is not None) == _matches_slowly(glob, text)


@given(st.text(max_size=30))
def test_normalised_twice_is_normalised(text):
    """A whole mask is left as it is."""
    whole = masks.normalised(text)
    assert masks.normalised(whole) == whole


@given(st.text(max_size=30))
def test_whole_masks_fit_on_the_wire(text):
    """A whole mask is empty or one parameter in the middle of a line."""
    whole = masks.normalised(text)
    assert not whole or re.fullmatch("[^\0\r\n :][^\0\r\n ]*", whole)


@pytest.mark.parametrize(
    ("mask", "source", "account", "is_theirs"),
    (
        ("bob!*@*", "BOB!~b@host", "", True),
        ("b[o]b!*@*", "b[o]b!~b@host", "", True),
        ("b[o]b!*@*", "bob!~b@host", "", False),
        ("a:bob", "x!y@z", "Bob", True),
        ("a:bob", "bob!y@z", "", False),
        ("a:*", "x!y@z", "any", True),
        ("a:*", "x!y@z", "", False),
    ),
)
def test_matches(mask, source, account, is_theirs):
    """A mask fits nick!user@host or the account, without case; brackets are letters."""
    assert masks.matches(mask, source, account) == is_theirs
