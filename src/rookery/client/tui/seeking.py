"""On the way to a message that is not loaded yet: page after page is fetched until it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client.tui import wishes

if TYPE_CHECKING:
    from rookery.client.tui.chat_screen import ChatScreen

MAX_PAGES: Final = 200
"""Pages fetched for one jump."""


class Seeking:
    """One message that is sought; `step` goes on after each change."""

    def __init__(self, screen: ChatScreen) -> None:
        self._screen = screen
        self._key = self._msgid = ""
        self._pages = 0

    def seek(self, key: str, msgid: str) -> None:
        """Go to a message."""
        self._key, self._msgid, self._pages = key, msgid, 0
        self._screen.open(key)
        self.step()

    def step(self) -> None:
        """Show the message if it is there, else fetch more."""
        screen, conversation = self._screen, self._screen.desk.get(self._key)
        if not self._msgid or conversation is None or screen.key != self._key:
            self._msgid = ""
            return
        entry = conversation.with_msgid(self._msgid)
        if entry is not None:
            self._msgid = ""
            screen.select(entry.key)
        elif not conversation.has_older or self._pages >= MAX_PAGES:
            self._msgid = ""
            screen.tell("That message is no longer there, or too far back to go to.")
        elif not conversation.is_loading:
            self._pages += 1
            screen.tell("Fetching what was said since then…")
            screen.post_message(wishes.FetchOlder(self._key))
