"""A list beside the conversation: rows that are painted, scrolled and clicked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from rookery.client.tui.painter import ROW_CLASSES, Painter

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

    from rookery.client.tui.rows import Row

WHEEL_ROWS: Final = 3
UNKNOWN_WIDTH: Final = 20
"""For rows of which only the keys count."""


class Panel(Widget):
    """Rows made for the panel's width; call `refresh_rows` when they are others."""

    COMPONENT_CLASSES: ClassVar = ROW_CLASSES

    @dataclass
    class Chosen(Message):
        """A row was clicked, or chosen by keys."""

        panel: Panel
        key: str

        @property
        def control(self) -> Panel:
            """Return the panel that it was in."""
            return self.panel

    def __init__(self, rows_for: Callable[[int], list[Row]], *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._rows_for = rows_for
        self._rows: list[Row] = []
        self._top = 0
        self._painter = Painter(self)

    def refresh_rows(self) -> None:
        """Show the rows as they are now."""
        rows = self._rows_for(self.size.width) if self.size.width else []
        if rows != self._rows:
            self._rows = rows
            self.scroll_rows(0)

    def beside(self, key: str, step: int) -> str:
        """Return the key some rows from another one, at most the last; empty where there is none.

        Also before the panel was laid out, since keys may come faster than that.
        """
        rows = self._rows_for(self.size.width or UNKNOWN_WIDTH)
        keys = [row.key for row in rows if row.key]
        at = keys.index(key) if key in keys else -1
        return keys[min(max(at + step, 0), len(keys) - 1)] if keys else ""

    def show(self, key: str) -> None:
        """Bring a row into view."""
        at = next((at for at, row in enumerate(self._rows) if row.key == key), -1)
        if at >= 0 and not self._top <= at < self._top + self.size.height:
            self.scroll_rows(at - self._top - self.size.height // 2)

    def scroll_rows(self, rows: int) -> None:
        """Scroll by rows, within what there is."""
        last = max(len(self._rows) - self.size.height, 0)
        self._top = min(max(self._top + rows, 0), last)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return a row."""
        at = self._top + y
        if at >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        return self._painter.strip(self._rows[at].line, self.size.width)

    def on_resize(self) -> None:
        """Make the rows anew for another width."""
        self.refresh_rows()

    def notify_style_update(self) -> None:
        """Paint anew after a change of theme."""
        super().notify_style_update()
        self._painter.forget()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        self.scroll_rows(-WHEEL_ROWS)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        self.scroll_rows(WHEEL_ROWS)

    def on_click(self, event: events.Click) -> None:
        """Choose a row."""
        at = self._top + event.y
        if at < len(self._rows) and self._rows[at].key:
            self.post_message(self.Chosen(self, self._rows[at].key))
