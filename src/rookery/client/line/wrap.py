"""Cut lines at words, for a terminal that is narrower than they are.

A word that is too long (an address, a path) stays whole: the terminal cuts it, and it can still
be copied.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

MIN_COLUMNS: Final = 20
"""A narrower terminal gets the lines as they are."""
_INDENT: Final = 2
_TABLE_ROW: Final = re.compile(r"  \S.*?  +(?=\S)")
"""Two columns, as in `help`: what does not fit goes on below the second."""


def wrapped(line: str, columns: int, width_of: Callable[[str], int]) -> list[str]:
    """Return `line` in pieces of at most `columns`; all but the first are indented.

    `width_of` returns how many columns a text takes.
    """
    if columns < MIN_COLUMNS or width_of(line) <= columns:
        return [line]
    row = _TABLE_ROW.match(line)
    hanging = width_of(row[0]) if row else _INDENT
    indent = " " * (hanging if hanging <= columns // 2 else 2 * _INDENT)
    pieces, at = [], len(row[0]) if row else len(line) - len(line.lstrip())
    start, lead = 0, ""
    for space in [*(match.start() for match in re.finditer(" ", line)), len(line)]:
        fits = width_of(lead + line[start:space].rstrip()) <= columns
        if not fits and at > start:
            pieces.append(lead + line[start:at].rstrip())
            start, lead = at, indent
        at = space + 1
    return [*pieces, lead + line[start:].rstrip()]
