"""A dialog to pick one of many by typing a part of it: the jump, the palette, reactions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import Vertical

from rookery.client.tui.dialog import Dialog
from rookery.client.tui.line_input import LineInput
from rookery.client.tui.line_label import LineLabel
from rookery.client.tui.panel import Panel
from rookery.client.tui.pieces import Piece, Role
from rookery.client.tui.rows import Row
from rookery.client.tui.wrap import padded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rookery.client.tui.option import Option

MAX_OPTIONS: Final = 50


class Picker(Dialog[str]):
    """Ends with the picked value; with an empty one where nothing was picked."""

    def __init__(
        self,
        title: str,
        options: Callable[[str], Sequence[Option]],
        picked: Callable[[str], object],
    ) -> None:
        keys = {
            "enter": self._take,
            "escape": lambda: self.end(""),
            "up,ctrl+p": lambda: self._move(-1),
            "down,ctrl+n": lambda: self._move(1),
            "pageup": lambda: self._move(-8),
            "pagedown": lambda: self._move(8),
        }
        super().__init__(keys, picked)
        self._title = title
        self._options = options
        self._found: Sequence[Option] = ()
        self._at = 0

    def compose(self) -> ComposeResult:
        """Make the dialog."""
        with Vertical(id="dialog"):
            yield LineLabel(id="dialog-title")
            yield LineInput(self.press, self._find)
            yield Panel(self._rows, id="dialog-options")
            yield LineLabel(id="dialog-hint")

    def on_mount(self) -> None:
        """Show everything."""
        self.query_one("#dialog-title", LineLabel).show(f" {self._title}")
        self.query_one("#dialog-hint", LineLabel).show(" ↑ ↓ choose  Enter take  Esc close")
        self._find("")

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        """Take what was clicked."""
        self.end(event.key)

    def _take(self) -> None:
        """End with the marked one."""
        self.end(self._found[self._at].value if self._found else "")

    def _move(self, rows: int) -> None:
        """Mark another one."""
        self._at = min(max(self._at + rows, 0), max(len(self._found) - 1, 0))
        self._show()

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
