"""Where a line breaks: spans of one line of text, each no wider than the cells that there are.

A break swallows the blanks around it and nothing else; a word that is wider than a line is cut
between graphemes. Widths are those that Rich reckons with, because it is Rich that paints.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, split_graphemes

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS: Final = re.compile(r" +|[^ ]+")
MIN_CELLS: Final = 2
"""Below this a wide character fits nowhere."""


def wrap(text: str, first_cells: int, rest_cells: int) -> list[tuple[int, int]]:
    """Return the spans of `text` that stand on each line; one empty span for no text.

    The first line has `first_cells`, each further one `rest_cells`; both at least `MIN_CELLS`.
    """
    spans: list[tuple[int, int]] = []
    start = end = used = 0
    room = first_cells
    for at, stop, cells in _units(text, rest_cells):
        if used + cells > room:
            spans.append((start, end))
            start = end = at
            used, room = 0, rest_cells
        if text[at] != " ":
            used, end = used + cells, stop
        elif used or not spans:
            used += cells
        else:
            start = end = stop
    if end > start or not spans:
        spans.append((start, end))
    return [spans[0], *(span for span in spans[1:] if span[0] < span[1])]


def _units(text: str, max_cells: int) -> Iterator[tuple[int, int, int]]:
    """Yield what is kept together: blanks one by one, words, and the graphemes of long words."""
    for match in _WORDS.finditer(text):
        at, stop = match.span()
        cells = cell_len(match[0])
        if match[0][0] == " ":
            yield from ((one, one + 1, 1) for one in range(at, stop))
        elif cells <= max_cells:
            yield at, stop, cells
        else:
            graphemes, _ = split_graphemes(match[0])
            yield from ((at + one, at + end, wide) for one, end, wide in graphemes)


def cut(text: str, max_cells: int) -> str:
    """Return `text` where it fits into `max_cells`, else its beginning with "…" behind it."""
    if cell_len(text) <= max_cells:
        return text
    room, kept = max_cells - 1, 0
    for _, stop, cells in split_graphemes(text)[0]:
        room -= cells
        if room < 0:
            break
        kept = stop
    return f"{text[:kept]}…" if max_cells > 0 else ""


def padded(text: str, cells: int) -> str:
    """Return `text` cut or filled with blanks to exactly `cells`."""
    fitting = cut(text, cells)
    return fitting + " " * (cells - cell_len(fitting))
