"""A question before what cannot be taken back; Enter is no answer to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from rookery.client.tui.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable


class ConfirmScreen(Dialog[bool]):
    """Ends with what was answered."""

    def __init__(self, question: str, answered: Callable[[bool], object]) -> None:
        keys = {"y": lambda: self.end(answer=True), "n,escape": lambda: self.end(answer=False)}
        super().__init__(keys, answered)
        self._question = question

    def compose(self) -> ComposeResult:
        """Make the dialog."""
        with Vertical(id="confirm"):
            yield Static(self._question, markup=False)
            yield Static("y  yes      n  no", markup=False)
