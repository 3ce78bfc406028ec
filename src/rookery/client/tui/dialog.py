"""What all dialogs are: their keys act in the order in which they are pressed, and each ends once.

Textual acts on a bound key of a screen before the letters that were typed ahead of it, and closes a
screen behind the keys that wait. Here every key goes through the field, if there is one, which
calls the dialog; a dialog that has ended hands on what still comes to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.screen import ModalScreen

from rookery.client.tui.line_input import LineInput
from rookery.client.tui.own_keys import is_passed_on

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual import events

Answer = TypeVar("Answer")


class Dialog(ModalScreen[None], Generic[Answer]):
    """Calls `answered` with what it ends with, before the next key is looked at."""

    CSS_PATH: ClassVar = "styles/dialogs.tcss"

    def __init__(
        self, keys: Mapping[str, Callable[[], object]], answered: Callable[[Answer], object]
    ) -> None:
        super().__init__()
        self._doings = {key: do for names, do in keys.items() for key in names.split(",")}
        self._answered = answered
        self._is_over = False

    def end(self, answer: Answer) -> None:
        """Close with an answer; a second one, as of a bouncing Enter, is none."""
        if self._is_over or not self.is_current:
            return
        self._is_over = True
        self.dismiss()
        self._answered(answer)

    def press(self, event: events.Key) -> bool:
        """Do what a key means to the dialog; return whether it means something."""
        do = self._doings.get(event.key)
        if do is None:
            return False
        event.stop()
        event.prevent_default()
        do()
        return True

    def on_key(self, event: events.Key) -> None:
        """Take a key that comes while no field has the focus."""
        if is_passed_on(self, event):
            return
        field = next(iter(self.query(LineInput)), None)
        if field is None:
            self.press(event)
        else:
            field.take_early(event)
