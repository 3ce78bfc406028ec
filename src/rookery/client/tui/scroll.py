"""A window over the blocks of a conversation, sans-I/O: which lines are seen, and that they stay.

The place is a block and a line of it, counted from where its entry speaks, so that neither what
is put above nor a day that appears there moves the text. Only what is seen is laid out; how tall
the rest is, is estimated. At the end, the window follows what comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.client.tui.heights import Heights

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    from rookery.client.tui.pieces import Block

    class Source(Protocol):
        """The blocks, by their index from the oldest."""

        def __len__(self) -> int: ...

        def estimate(self, index: int) -> int:
            """Return about how tall a block is; exact where it is 0."""

        def block(self, index: int) -> Block:
            """Return a block."""


class Scroll:
    """The window; `height` lines tall. Call `settle` after any change, before reading."""

    def __init__(self, source: Source, height: int) -> None:
        self._source = source
        self._heights = Heights(map(source.estimate, range(len(source))))
        self.height = height
        self.is_at_end = True
        self._top = 0
        self._offset = 0
        """Of the top line, from the block's body; negative within its head."""

    @property
    def place(self) -> int:
        """Return the block that the place is at."""
        return self._top

    def put(self, index: int) -> None:
        """Have the place be at another block, which says the same as the one before."""
        self._top = index

    def put_top(self, index: int) -> None:
        """Have what a block says begin at the top of the window."""
        self.is_at_end, self._top, self._offset = False, index, 0
        self.settle()

    # What happens to the blocks.

    def rebuild(self) -> None:
        """Take all blocks anew, after another width; the place stays."""
        self._heights = Heights(map(self._source.estimate, range(len(self._source))))
        self._top = min(self._top, max(len(self._source) - 1, 0))

    def changed(self, at: int, removed: int, added: int) -> None:
        """Take over that `removed` blocks at `at` gave way to `added` others."""
        if removed == added:
            for index in range(at, at + added):
                self.altered(index)
            return
        if removed:
            self._heights.remove(at, removed)
        if added:
            self._heights.insert(at, map(self._source.estimate, range(at, at + added)))
        if at + removed <= self._top and (at < self._top or len(self._heights) > added):
            self._top += added - removed
        elif at <= self._top and added < removed:
            self._top = at
        self._top = min(max(self._top, 0), max(len(self._heights) - 1, 0))

    def altered(self, index: int) -> None:
        """Take over that a block looks different now."""
        if index < len(self._heights):
            self._heights.set(index, self._source.estimate(index))

    # What the person does.

    def resize(self, height: int) -> None:
        """Be `height` lines tall; the place stays."""
        self.height = height

    def to_end(self) -> None:
        """Go to the newest line, and follow."""
        self.is_at_end = True

    def to_start(self) -> None:
        """Go to the oldest line."""
        if len(self._heights):
            self.is_at_end, self._top, self._offset = False, 0, -self._head(0)

    def by(self, lines: int) -> None:
        """Scroll down by `lines`, or up where they are negative."""
        if not len(self._heights):
            return
        self.settle()
        self.is_at_end = False
        self._move(lines)
        self.settle()

    def show(self, index: int) -> None:
        """Bring a block into the window: where it is not, into its middle."""
        self.settle()
        rows = [row for row, (at, _) in enumerate(self.rows()) if at == index]
        if rows and len(rows) >= min(self._exact(index), self.height):
            return
        self.is_at_end = False
        self._top, self._offset = index, 0
        self._exact(index)
        self._move(-(max(self.height - self._exact(index), 0) // 2))
        self.settle()

    # What is seen.

    def settle(self) -> None:
        """Lay out what is seen, and put the window where there are lines to fill it."""
        if not len(self._heights):
            self.is_at_end, self._top, self._offset = True, 0, 0
            return
        if not self.is_at_end:
            self._clamp()
            self.is_at_end = self._reaches_end()
        if self.is_at_end:
            last = len(self._heights) - 1
            self._top, self._offset = last, self._exact(last) - self._head(last)
            self._move(-self.height)

    def rows(self) -> Iterator[tuple[int, int]]:
        """Yield block and line of each row of the window, as far as there are any."""
        if not len(self._heights):
            return
        index, line, rows = self._top, self._line_of_top(), self.height
        while rows > 0 and index < len(self._heights):
            height = self._exact(index)
            while line < height and rows > 0:
                yield index, line
                line, rows = line + 1, rows - 1
            index, line = self._next(index), 0

    def _reaches_end(self) -> bool:
        """Return whether there are no lines below the window."""
        index, left = self._top, self.height + self._line_of_top()
        while index < len(self._heights) and left >= 0:
            left -= self._exact(index)
            index = self._next(index)
        return index >= len(self._heights) and left >= 0

    def _move(self, lines: int) -> None:
        """Move the top by `lines`, laying out what is passed; not beyond the ends."""
        index, line = self._top, self._line_of_top() + lines
        while line < 0 and index > 0:
            index = self._before(index)
            line += self._exact(index)
        line = max(line, 0)
        while line >= (height := self._exact(index)):
            if (below := self._next(index)) >= len(self._heights):
                line = max(height - 1, 0)
                break
            index, line = below, line - height
        self._top, self._offset = index, line - self._head(index)

    def _clamp(self) -> None:
        """Have the place be a line that there is: the block may have become shorter."""
        height = self._exact(self._top)
        line = min(self._line_of_top(), max(height - 1, 0))
        self._offset = line - self._head(self._top)

    def _line_of_top(self) -> int:
        return max(self._offset + self._head(self._top), 0)

    def _next(self, index: int) -> int:
        """Return the next block that has a line, or the number of blocks."""
        below = self._heights.start(index + 1)
        if below >= self._heights.total:
            return len(self._heights)
        return self._heights.find(below)[0]

    def _before(self, index: int) -> int:
        """Return the block with a line before this one, or the first."""
        above = self._heights.start(index)
        return self._heights.find(above - 1)[0] if above > 0 else 0

    def _exact(self, index: int) -> int:
        height = len(self._source.block(index).lines)
        self._heights.set(index, height)
        return height

    def _head(self, index: int) -> int:
        return self._source.block(index).head
