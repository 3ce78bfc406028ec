"""Web addresses in a text, found once; what a link opens is what is seen.

Only http and https: nothing that another program could take for an order.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

_ADDRESS: Final = re.compile(r"\bhttps?://[^\s<>\"\u2400-\u2421]+", re.IGNORECASE)
_TRAILING: Final = ".,;:!?'*_~»\u201d\u2019…"
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}
_AS_IT_IS: Final = "!#$%&'()*+,/:;=?@[]~"


def links(text: str) -> list[tuple[int, int]]:
    """Return the spans of the addresses in `text`, without the punctuation behind them."""
    if "://" not in text:
        return []
    found = []
    for match in _ADDRESS.finditer(text):
        start, stop = match.span()
        stop = _trimmed(text, start, stop)
        if stop - start > len("https://"):
            found.append((start, stop))
    return found


def target(address: str) -> str:
    """Return the address as it goes into OSC 8: printable ASCII alone."""
    return quote(address, safe=_AS_IT_IS)


def _trimmed(text: str, start: int, stop: int) -> int:
    while stop > start:
        last = text[stop - 1]
        opening = _PAIRS.get(last)
        is_unbalanced = opening is not None and (
            text.count(last, start, stop) > text.count(opening, start, stop)
        )
        if last not in _TRAILING and not is_unbalanced:
            break
        stop -= 1
    return stop
