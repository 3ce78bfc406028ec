"""The search: words go to the server as a wish, what it finds is listed, one is jumped to."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import Vertical

from rookery.client.tui import wishes
from rookery.client.tui.dialog import Dialog
from rookery.client.tui.legible import legible
from rookery.client.tui.line_input import LineInput
from rookery.client.tui.line_label import LineLabel
from rookery.client.tui.panel import Panel
from rookery.client.tui.pieces import Piece, Role
from rookery.client.tui.rows import Row
from rookery.client.tui.wrap import cut, padded

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.client.happened import Found
    from rookery.client.said import Said

_NOTHING: Final = "Nothing found: whole words only"
"""Short enough for a telephone: the server's index knows words, and no parts of them."""


class SearchScreen(Dialog["Said | None"]):
    """Ends with the message to jump to; `show` gives it what was found."""

    def __init__(
        self, key: str, place: str, words: str, picked: Callable[[Said | None], object]
    ) -> None:
        keys = {
            "enter": self._enter,
            "escape": lambda: self.end(None),
            "up": lambda: self._move(-1),
            "down": lambda: self._move(1),
            "pageup": lambda: self._move(-8),
            "pagedown": lambda: self._move(8),
            "ctrl+f": self._widen,
        }
        super().__init__(keys, picked)
        self._key = key
        self._place = place
        self._words = words
        self._asked = ""
        self._is_everywhere = False
        self._found: tuple[Said, ...] = ()
        self._at = 0

    def compose(self) -> ComposeResult:
        """Make the dialog."""
        with Vertical(id="search"):
            yield LineLabel(id="dialog-title")
            yield LineInput(self.press, value=self._words)
            yield Panel(self._rows, id="dialog-options")
            yield LineLabel(id="dialog-hint")

    def on_mount(self) -> None:
        """Search at once for what was given."""
        self._tell("Type whole words, then Enter")
        self._title()
        if self._words:
            self._ask(self._words)

    def show(self, found: Found) -> None:
        """Show what was found; the newest first."""
        if found.words != self._asked:
            return
        self._found, self._at = tuple(reversed(found.items)), 0
        count = len(self._found)
        self._tell(legible(found.reason) or (f"{count} found" if count else _NOTHING))
        self.query_one("#dialog-options", Panel).refresh_rows()

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        """Jump to what was clicked."""
        self.end(self._found[int(event.key)])

    def _enter(self) -> None:
        """Search, or jump where the words are still the same."""
        words = self.query_one(LineInput).value.strip()
        if words and words == self._asked and self._found:
            self.end(self._found[self._at])
        elif words:
            self._ask(words)

    def _move(self, rows: int) -> None:
        """Mark another one."""
        self._at = min(max(self._at + rows, 0), max(len(self._found) - 1, 0))
        panel = self.query_one("#dialog-options", Panel)
        panel.refresh_rows()
        panel.show(str(self._at))

    def _widen(self) -> None:
        """Search everywhere, or here again."""
        self._is_everywhere = not self._is_everywhere
        self._title()
        if words := self.query_one(LineInput).value.strip():
            self._ask(words)

    def _ask(self, words: str) -> None:
        self._asked, self._found = words, ()
        self.query_one("#dialog-options", Panel).refresh_rows()
        self._tell("Searching…")
        self.post_message(wishes.Search("" if self._is_everywhere else self._key, words))

    def _title(self) -> None:
        where = "everywhere" if self._is_everywhere else f"in {self._place}"
        other = f"only in {self._place}" if self._is_everywhere else "everywhere"
        label = self.query_one("#dialog-title", LineLabel)
        label.show(f" Search {where}", f"Ctrl-F {other} ")

    def _tell(self, told: str) -> None:
        keys = "↑ ↓ Enter go there  Esc " if self._found else "Esc "
        self.query_one("#dialog-hint", LineLabel).show(f" {told}", keys)

    def _rows(self, width: int) -> list[Row]:
        rows = []
        for at, said in enumerate(self._found):
            is_marked = at == self._at
            when = time.localtime((said.at_ms or 0) / 1000)
            day = f"{when[2]} {time.strftime('%b %H:%M', when)}"
            where = f"{legible(said.target)} " if self._is_everywhere else ""
            text = " ".join(legible(said.text).split())
            line = f" {'▸' if is_marked else ' '} {day:>12}  {where}{legible(said.sender)}: {text}"
            role = Role.CURRENT if is_marked else Role.ROW
            rows.append(Row((Piece(padded(cut(line, width), width), role),), str(at)))
        return rows
