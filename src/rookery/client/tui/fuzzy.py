"""Finding by a few letters: what has them in order, the closest and earliest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_One = TypeVar("_One")


def ranked(words: str, every: Iterable[_One], name_of: Callable[[_One], str]) -> list[_One]:
    """Return those whose names have the letters of `words` in order; all for no words."""
    wanted = fold("".join(words.split()))
    scored = [(_distance(wanted, fold(name_of(one))), one) for one in every]
    fitting = [(distance, one) for distance, one in scored if distance is not None]
    return [one for _, one in sorted(fitting, key=lambda pair: pair[0])]


def _distance(wanted: str, name: str) -> tuple[int, int, int] | None:
    """Return how far `name` is from what is wanted; None where a letter is missing."""
    if not wanted:
        return (0, 0, 0)
    start = name.find(wanted)
    if start >= 0:
        is_word = start == 0 or not name[start - 1].isalnum()
        return (0 if is_word else 1, start, len(name))
    at, gaps = -1, 0
    for letter in wanted:
        found = name.find(letter, at + 1)
        if found < 0:
            return None
        gaps += found - at - 1
        at = found
    return (2, gaps, len(name))
