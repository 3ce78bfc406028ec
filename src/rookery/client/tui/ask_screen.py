"""A question that is answered by typing: a name, a password."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from rookery.client.tui.line_input import LineInput

if TYPE_CHECKING:
    from textual import events


class AskScreen(ModalScreen["str | None"]):
    """Ends with what was typed, or with None where the person gave up."""

    CSS_PATH: ClassVar = "styles/dialogs.tcss"
    BINDINGS: ClassVar = [Binding("escape", "give_up", "close", priority=True)]

    def __init__(self, question: str, typed: str = "", *, is_secret: bool = False) -> None:
        super().__init__()
        self._question = question
        self._typed = typed
        self._is_secret = is_secret

    def compose(self) -> ComposeResult:
        """Make the dialog."""
        with Vertical(id="confirm"):
            yield Static(self._question, markup=False)
            yield LineInput(self._typed, id="dialog-input", compact=True, password=self._is_secret)
            yield Static("Enter  go on      Esc  give up", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Take what is typed before the field is ready."""
        self.query_one("#dialog-input", LineInput).take_early(event)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the answer."""
        self.dismiss(event.value.strip())

    def action_give_up(self) -> None:
        """Give up."""
        self.dismiss(None)
