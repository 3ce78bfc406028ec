"""One line of text of this client: headings, the status, the notice below the messages.

What is given is shown as it is, cut to the width: no markup, so that nobody's name is any.
"""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from rookery.client.tui.wrap import cut


class LineLabel(Widget):
    """A line with a text at its left end and one at its right, which gives way last."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._left = self._right = ""

    def show(self, left: str, right: str = "") -> None:
        """Show these; both must be legible already."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    @property
    def text(self) -> str:
        """Return what is shown, without the blanks between."""
        return f"{self._left} {self._right}".strip()

    def render_line(self, y: int) -> Strip:
        """Return the line; there is no second."""
        width, style = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, style)
        right = cut(self._right, width)
        room = width - cell_len(right)
        left = cut(self._left, room - 1 if right else room) if room > 1 else ""
        between = " " * (room - cell_len(left))
        return Strip([Segment(left + between + right, style)]).adjust_cell_length(width, style)
