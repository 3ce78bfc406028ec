"""The help: all keys and commands, made from their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from rookery.client.tui.dialog import Dialog
from rookery.client.tui.keys import groups, keys_shown
from rookery.client.tui.line_label import LineLabel
from rookery.client.tui.panel import Panel
from rookery.client.tui.pieces import Piece, Role
from rookery.client.tui.rows import Row
from rookery.client.tui.slash import COMMANDS
from rookery.client.tui.wrap import padded, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rookery.client.tui.keys import Key

NOTE = (
    "Everything else that you write is said to the open conversation. Only the terminal "
    "marks text while the mouse is given to it (F9). A screen reader is served best by "
    '"rookery chat".'
)


class HelpScreen(Dialog[None]):
    """Keys and commands; any of its keys scrolls or closes it."""

    def __init__(self, table: Iterable[Key]) -> None:
        keys = {
            "escape,q,f1,enter": lambda: self.end(None),
            "up,k": lambda: self._scroll(-1),
            "down,j": lambda: self._scroll(1),
            "pageup": lambda: self._scroll(-10),
            "pagedown,space": lambda: self._scroll(10),
        }
        super().__init__(keys, lambda _: None)
        self._table = tuple(table)

    def compose(self) -> ComposeResult:
        """Make the dialog."""
        with Vertical(id="help"):
            yield LineLabel(id="dialog-title")
            yield Panel(self._rows, id="help-rows")
            yield LineLabel(id="dialog-hint")

    def on_mount(self) -> None:
        """Name the keys of the help itself."""
        self.query_one("#dialog-title", LineLabel).show(" Keys and commands")
        self.query_one("#dialog-hint", LineLabel).show(" ↑ ↓ PgUp PgDn scroll  Esc close")

    def _scroll(self, rows: int) -> None:
        self.query_one("#help-rows", Panel).scroll_rows(rows)

    def _rows(self, width: int) -> list[Row]:
        parts: list[tuple[str, list[tuple[str, str]]]] = [
            (group, [(keys_shown(key) or "(no key)", key.description) for key in keys])
            for group, keys in groups(self._table).items()
        ]
        parts.append(("Commands", [(row.usage, row.help) for row in COMMANDS.values()]))
        rows: list[Row] = []
        for title, pairs in parts:
            rows += [Row(()), Row((Piece(padded(f" {title}", width), Role.HEADING),))]
            rows += [row for left, right in pairs for row in _pair(left, right, width)]
        return [*rows[1:], Row(()), *(Row((Piece(line, Role.FAINT),)) for line in _note(width))]


def _pair(left: str, right: str, width: int) -> Iterator[Row]:
    """Yield the rows of one line of the help, its right side wrapped."""
    column = 22 if width >= 60 else 16  # noqa: PLR2004 - the widest key fits in both
    room = max(width - column - 3, 8)
    spans = wrap(right, room, room)
    for row, (at, stop) in enumerate(spans):
        front = padded(left, column) if not row else " " * column
        yield Row((Piece(f"  {front} ", Role.CURRENT), Piece(right[at:stop], Role.ROW)))


def _note(width: int) -> Iterator[str]:
    room = max(width - 2, 8)
    return (f" {NOTE[at:stop]}" for at, stop in wrap(NOTE, room, room))
