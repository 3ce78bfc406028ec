"""A question that is answered by typing: a name, a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from rookery.client.tui.dialog import Dialog
from rookery.client.tui.line_input import LineInput

if TYPE_CHECKING:
    from collections.abc import Callable


class AskScreen(Dialog["str | None"]):
    """Ends with what was typed, or with None where the person gave up."""

    def __init__(
        self, question: str, answered: Callable[[str | None], object], *, is_secret: bool = False
    ) -> None:
        super().__init__({"enter": self._take, "escape": lambda: self.end(None)}, answered)
        self._question = question
        self._is_secret = is_secret

    def compose(self) -> ComposeResult:
        """Make the dialog."""
        with Vertical(id="confirm"):
            yield Static(self._question, markup=False)
            yield LineInput(self.press, is_secret=self._is_secret)
            yield Static("Enter  go on      Esc  give up", markup=False)

    def _take(self) -> None:
        self.end(self.query_one(LineInput).value.strip())
