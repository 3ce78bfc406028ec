"""What changed since the view looked last: exact enough to repaint no more than that.

Apply changes in their order. `entries` of the conversation are already as they are after the
last of them; indexes of each change are those right after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Changed:
    """In conversation `key`, `removed` entries at index `at` gave way to `added` others.

    Appended: `removed` is 0 and `at` the former length. Older ones inserted: `at` and `removed`
    are 0. One altered: both are 1.
    """

    key: str
    at: int
    removed: int
    added: int


@dataclass(frozen=True, slots=True)
class About:
    """Something of conversation `key` beside its entries: topic, members, counters, typing."""

    key: str


@dataclass(frozen=True, slots=True)
class Listed:
    """There is another conversation, one less, or another order."""


Change: TypeAlias = Changed | About | Listed
