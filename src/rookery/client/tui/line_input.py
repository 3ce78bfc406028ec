"""The line that a dialog asks for: what is pasted into it is made safe before it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from rookery.client.tui.legible import writable

if TYPE_CHECKING:
    from textual import events


class LineInput(Input):
    """Textual's input; a password is taken as it is, since none of it is shown."""

    def _on_paste(self, event: events.Paste) -> None:
        if not self.password:
            event.text = writable(event.text)
        super()._on_paste(event)
        event.prevent_default()
