"""The line that a dialog asks for: what is pasted into it is made safe before it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.widgets import Input

from rookery.client.tui.legible import writable
from rookery.client.tui.own_keys import do_own, hand_to, own_keys

if TYPE_CHECKING:
    from textual import events

_OWN_KEYS: Final = own_keys(Input.BINDINGS)


class LineInput(Input):
    """Textual's input; a password is taken as it is, since none of it is shown."""

    def _on_paste(self, event: events.Paste) -> None:
        if not self.password:
            event.text = writable(event.text)
        super()._on_paste(event)
        event.prevent_default()

    async def _on_key(self, event: events.Key) -> None:
        if not await do_own(self, _OWN_KEYS, event):
            await super()._on_key(event)
        # A dialog's own keys go before the field's: what comes up to it has not been here.
        event.stop()

    def take_early(self, event: events.Key) -> None:
        """Take a key that came to the dialog before there was a focus: call from its `on_key`."""
        hand_to(self, event)
