"""How tall each block of a long list is, and which block stands at a line: O(log n) each.

A Fenwick tree over slots with room at both ends, so that appending and prepending touch few of
them; only inserting in the middle builds it anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPARE: Final = 256
"""Slots kept free at each end after building."""


class Heights:
    """The heights of blocks, by their index from the top."""

    def __init__(self, heights: Iterable[int] = ()) -> None:
        self._build(list(heights))

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> int:
        return self._heights[self._first + index]

    @property
    def total(self) -> int:
        """Return the height of all blocks together."""
        return self._total

    def set(self, index: int, height: int) -> None:
        """Give a block another height."""
        self._change(self._first + index, height)

    def append(self, heights: Iterable[int]) -> None:
        """Put blocks below the last one."""
        for height in heights:
            if self._first + self._count == len(self._heights):
                self._build([*self._all(), height])
                continue
            self._count += 1
            self._change(self._first + self._count - 1, height)

    def insert(self, index: int, heights: Iterable[int]) -> None:
        """Put blocks before the one at `index`."""
        added = list(heights)
        if index == self._count:
            self.append(added)
        elif index == 0 and len(added) <= self._first:
            self._first -= len(added)
            self._count += len(added)
            for at, height in enumerate(added):
                self._change(self._first + at, height)
        else:
            every = self._all()
            self._build([*every[:index], *added, *every[index:]])

    def remove(self, index: int, count: int = 1) -> None:
        """Take blocks away."""
        every = self._all()
        self._build([*every[:index], *every[index + count :]])

    def start(self, index: int) -> int:
        """Return the line on which the block at `index` begins."""
        at, lines = self._first + index, 0
        while at > 0:
            lines += self._tree[at]
            at -= at & -at
        return lines

    def find(self, line: int) -> tuple[int, int]:
        """Return which block `line` belongs to, and which of its lines it is.

        Beyond the end it is the last block. Call it only where there are blocks.
        """
        line = min(max(line, 0), max(self._total - 1, 0))
        at, step = 0, self._top
        while step:
            below = at + step
            if below < len(self._tree) and self._tree[below] <= line:
                at, line = below, line - self._tree[below]
            step >>= 1
        return min(max(at - self._first, 0), self._count - 1), line

    def _all(self) -> list[int]:
        return self._heights[self._first : self._first + self._count]

    def _build(self, heights: list[int]) -> None:
        spare = _SPARE + len(heights) // 2
        self._first, self._count = spare, len(heights)
        self._heights = [0] * spare + heights + [0] * spare
        self._total = sum(heights)
        tree = [0, *self._heights]
        for at in range(1, len(tree)):
            parent = at + (at & -at)
            if parent < len(tree):
                tree[parent] += tree[at]
        self._tree = tree
        self._top = 1 << (len(tree).bit_length() - 1)

    def _change(self, slot: int, height: int) -> None:
        change = height - self._heights[slot]
        if not change:
            return
        self._heights[slot] = height
        self._total += change
        at = slot + 1
        while at < len(self._tree):
            self._tree[at] += change
            at += at & -at
