"""The part of a file that a request asks for. RFC 9110 §14.

One part at a time: who asks for several gets the whole, as §14.2 allows.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_ONE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII | re.IGNORECASE)


class Part(NamedTuple):
    """Bytes from `start` on, `size` of them; none where nothing of it is there."""

    start: int
    size: int


def part_of(header: str, size: int) -> Part | None:
    """Return what a Range header asks for of `size` bytes; None for the whole.

    A part that begins behind the end has no bytes: answer 416.
    """
    match = _ONE.fullmatch(header.strip().replace(" ", ""))
    if match is None or match[1] == match[2] == "":
        return None
    if not match[1]:
        tail = min(int(match[2]), size)
        return Part(size - tail, tail)
    start = int(match[1])
    if match[2] and int(match[2]) < start:
        return None
    end = min(int(match[2]), size - 1) if match[2] else size - 1
    return Part(start, max(0, end - start + 1))
