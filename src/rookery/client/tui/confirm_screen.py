"""A question before what cannot be taken back; Enter is no answer to it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static


class ConfirmScreen(ModalScreen[bool]):
    """Ends with what was answered."""

    CSS_PATH: ClassVar = "styles/dialogs.tcss"
    BINDINGS: ClassVar = [
        Binding("y", "answer(True)", "yes", priority=True),
        Binding("n,escape", "answer(False)", "no", priority=True),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Make the dialog."""
        with Vertical(id="confirm"):
            yield Static(self._question, markup=False)
            yield Static("y  yes      n  no", markup=False)

    def action_answer(self, answer: bool) -> None:
        """Give the answer."""
        self.dismiss(answer)
