"""Text of others as lines that a terminal can be given: safe, and no taller than a line.

Beyond `safe`, what has no width and is not seen is dropped, and piles of combining marks are cut.
"""

from __future__ import annotations

import re
from typing import Final

from rookery.client.safe_text import safe

_UNSEEN: Final = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060-\u2065\ufeff]")
"""Marks of direction and joints that show nothing; U+200D and U+FE0F make emoji and stay."""
_MARKS: Final = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILE: Final = re.compile(f"({_MARKS}{{4}}){_MARKS}+")
"""More than four combining marks on one letter."""


def legible(text: str) -> str:
    """Return `text` on one line."""
    if text.isascii() and text.isprintable():
        return text
    return _PILE.sub(r"\1", _UNSEEN.sub("", safe(text)))


def legible_lines(text: str) -> list[str]:
    """Return the lines of `text`; at least one."""
    return [legible(line) for line in text.replace("\r\n", "\n").split("\n")]


def writable(text: str) -> str:
    """Return `text` as the input may hold and show it: lines and tabs stay, nothing else acts."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("\t".join(map(safe, line.split("\t"))) for line in lines)
