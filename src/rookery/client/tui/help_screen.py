"""The help: all keys and commands, made from their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

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


class HelpScreen(ModalScreen[None]):
    """Keys and commands; any of its keys scrolls or closes it."""

    CSS_PATH: ClassVar = "styles/dialogs.tcss"
    BINDINGS: ClassVar = [
        Binding("escape,q,f1,enter", "close", "close", priority=True),
        Binding("up,k", "scroll_rows(-1)", "up", priority=True),
        Binding("down,j", "scroll_rows(1)", "down", priority=True),
        Binding("pageup", "scroll_rows(-10)", "page up", priority=True),
        Binding("pagedown,space", "scroll_rows(10)", "page down", priority=True),
    ]

    def __init__(self, table: Iterable[Key]) -> None:
        super().__init__()
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

    def action_close(self) -> None:
        """Close it."""
        self.dismiss()

    def action_scroll_rows(self, rows: int) -> None:
        """Scroll."""
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
