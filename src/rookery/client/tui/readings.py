"""Where one is in each conversation that was opened; all follow what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.client.tui.reading import Reading

if TYPE_CHECKING:
    from textual.geometry import Size

    from rookery.client.conversation.conversation import Conversation
    from rookery.client.tui.desk import Desk
    from rookery.client.tui.gathered import Gathered


class Readings:
    """The readings by the keys of their conversations."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._by_key: dict[str, Reading] = {}

    def get(self, key: str) -> Reading | None:
        """Return one, where its conversation was opened."""
        return self._by_key.get(key)

    def take(self, conversation: Conversation, size: Size) -> Reading:
        """Return one, a new one where there was none."""
        reading = self._by_key.get(conversation.key)
        if reading is None:
            reading = Reading(conversation, max(size.width, 1), max(size.height, 1))
            self._by_key[conversation.key] = reading
        return reading

    def follow(self, gathered: Gathered, attended_key: str) -> None:
        """Take over what was gathered, and clear it.

        `attended_key` is the conversation that the person looks at, empty for none.
        """
        splices = gathered.splices()
        for key, reading in list(self._by_key.items()):
            conversation = self._desk.get(key)
            if conversation is None or conversation is not reading.conversation:
                del self._by_key[key]
                continue
            is_attended = key == attended_key and reading.is_at_end
            if key in splices:
                reading.changed(splices[key])
            reading.look_for_news(is_attended=is_attended)
        gathered.clear()
