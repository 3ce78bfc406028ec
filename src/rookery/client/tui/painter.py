"""Lines of pieces made into strips, in the colours that the style sheet gives their roles.

A link's pieces share one style object, so that a terminal sees one link on all its lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from rookery.client.tui.pieces import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from rookery.client.tui.pieces import Line

MESSAGE_CLASSES: Final = {role.value for role in Role if role.value.startswith("message--")}
"""The component classes of a widget that paints messages: each costs a part of the start."""
ROW_CLASSES: Final = {role.value for role in Role if role.value.startswith("row--")} | {
    Role.FAINT.value
}
"""Those of a widget that paints a list."""


class Painter:
    """Paints for one widget; call `forget` when its styles have changed."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._styles: dict[Role, Style] = {}

    def forget(self) -> None:
        """Ask the style sheet anew."""
        self._styles.clear()

    def style(self, role: Role) -> Style:
        """Return how a role looks."""
        style = self._styles.get(role)
        if style is None:
            style = self._widget.get_component_rich_style(role.value)
            self._styles[role] = style
        return style

    def segments(self, lines: Iterable[Line]) -> list[list[Segment]]:
        """Return the segments of each line."""
        linked: dict[str, Style] = {}
        return [
            [
                Segment(
                    piece.text,
                    self._linked(piece.role, piece.link, linked)
                    if piece.link
                    else self.style(piece.role),
                )
                for piece in line
            ]
            for line in lines
        ]

    def strip(self, line: Line, width: int) -> Strip:
        """Return a line, exactly `width` cells wide."""
        return self.fitted(self.segments((line,))[0], width)

    def fitted(self, segments: list[Segment], width: int) -> Strip:
        """Return segments as a strip that is exactly `width` cells wide."""
        return Strip(segments).adjust_cell_length(width, self._widget.rich_style)

    def _linked(self, role: Role, link: str, linked: dict[str, Style]) -> Style:
        style = linked.get(link)
        if style is None:
            style = linked[link] = self.style(role).update_link(link)
        return style
