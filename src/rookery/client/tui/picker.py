"""A dialog to pick one of many by typing a part of it: the jump, the palette, reactions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from rookery.client.tui.line_input import LineInput
from rookery.client.tui.line_label import LineLabel
from rookery.client.tui.panel import Panel
from rookery.client.tui.pieces import Piece, Role
from rookery.client.tui.rows import Row
from rookery.client.tui.wrap import padded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events

    from rookery.client.tui.option import Option

MAX_OPTIONS: Final = 50


class Picker(ModalScreen[str]):
    """Ends with the picked value; with an empty one where nothing was picked."""

    CSS_PATH: ClassVar = "styles/dialogs.tcss"
    BINDINGS: ClassVar = [
        Binding("escape", "give_up", "close", priority=True),
        Binding("up,ctrl+p", "move(-1)", "up", priority=True),
        Binding("down,ctrl+n", "move(1)", "down", priority=True),
        Binding("pageup", "move(-8)", "page up", priority=True),
        Binding("pagedown", "move(8)", "page down", priority=True),
    ]

    def __init__(self, title: str, options: Callable[[str], Sequence[Option]]) -> None:
        super().__init__()
        self._title = title
        self._options = options
        self._found: Sequence[Option] = ()
        self._at = 0

    def compose(self) -> ComposeResult:
        """Make the dialog."""
        with Vertical(id="dialog"):
            yield LineLabel(id="dialog-title")
            yield LineInput(id="dialog-input", compact=True, select_on_focus=False)
            yield Panel(self._rows, id="dialog-options")
            yield LineLabel(id="dialog-hint")

    def on_mount(self) -> None:
        """Show everything."""
        self.query_one("#dialog-title", LineLabel).show(f" {self._title}")
        self.query_one("#dialog-hint", LineLabel).show(" ↑ ↓ choose  Enter take  Esc close")
        self._find("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        self._find(event.value)

    def on_key(self, event: events.Key) -> None:
        """Take what is typed before the field is ready."""
        self.query_one("#dialog-input", LineInput).take_early(event)

    def on_input_submitted(self) -> None:
        """Take the marked one."""
        self.dismiss(self._found[self._at].value if self._found else "")

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        """Take what was clicked."""
        self.dismiss(event.key)

    def action_move(self, rows: int) -> None:
        """Mark another one."""
        self._at = min(max(self._at + rows, 0), max(len(self._found) - 1, 0))
        self._show()

    def action_give_up(self) -> None:
        """Close without taking any."""
        self.dismiss("")

    def _find(self, words: str) -> None:
        self._found, self._at = self._options(words)[:MAX_OPTIONS], 0
        self._show()

    def _show(self) -> None:
        panel = self.query_one("#dialog-options", Panel)
        panel.refresh_rows()
        if self._found:
            panel.show(self._found[self._at].value)

    def _rows(self, width: int) -> list[Row]:
        if not self._found:
            return [Row((Piece(padded("   nothing fits", width), Role.FAINT),))]
        return [
            Row(
                (
                    Piece(
                        padded(f" {'▸' if at == self._at else ' '} {option.label}", width),
                        Role.CURRENT if at == self._at else Role.ROW,
                    ),
                ),
                option.value,
            )
            for at, option in enumerate(self._found)
        ]
