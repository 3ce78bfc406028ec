"""The line that a dialog asks for: what is pasted into it is made safe before it is shown.

Keys act in the order in which they were pressed: the dialog's own are told to it by a call, and so
is each change of the line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.widgets import Input

from rookery.client.tui.legible import writable
from rookery.client.tui.own_keys import do_own, hand_to, is_passed_on, own_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

_OWN_KEYS: Final = own_keys(Input.BINDINGS)


def _ignored(_: str) -> None:
    """Do nothing with a change."""


class LineInput(Input):
    """Textual's input; a password is taken as it is, since none of it is shown.

    `press` does what a key means to the dialog and returns whether it means something; `changed`
    gets the new text after each change by the person.
    """

    def __init__(
        self,
        press: Callable[[events.Key], bool],
        changed: Callable[[str], None] = _ignored,
        value: str = "",
        *,
        is_secret: bool = False,
    ) -> None:
        super().__init__(
            value, id="dialog-input", compact=True, select_on_focus=False, password=is_secret
        )
        self._press = press
        self._changed = changed

    def _on_paste(self, event: events.Paste) -> None:
        if not self.password:
            event.text = writable(event.text)
        super()._on_paste(event)
        event.prevent_default()
        self._changed(self.value)

    async def _on_key(self, event: events.Key) -> None:
        if is_passed_on(self, event) or self._press(event):
            return
        before = self.value
        if not await do_own(self, _OWN_KEYS, event):
            await super()._on_key(event)
        if self.value != before:
            self._changed(self.value)
        # What the field does not know is not for what lies under the dialog.
        event.stop()

    def take_early(self, event: events.Key) -> None:
        """Take a key that came to the dialog before there was a focus: call from its `on_key`."""
        hand_to(self, event)
