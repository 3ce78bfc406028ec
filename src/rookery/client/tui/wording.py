"""What happened in a room, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from rookery.client.happened import What
from rookery.client.tui.legible import legible

if TYPE_CHECKING:
    from rookery.client.conversation.entry import Entry


def event_text(entry: Entry) -> str:
    """Return the sentence of an event, without its full stop."""
    event = entry.event
    if event is None:
        return legible(entry.text)
    who, subject = legible(entry.sender), legible(event.subject)
    detail = " ".join(legible(event.detail).split())
    why = f" ({detail})" if detail else ""
    match event.what:
        case What.JOINED:
            return f"{who} joined"
        case What.LEFT:
            return f"{who} left{why}"
        case What.QUIT:
            return f"{who} disconnected{why}"
        case What.REMOVED:
            return f"{who} removed {subject}{why}"
        case What.RENAMED:
            return f"{who} is now {subject}"
        case What.TOPIC:
            return f"{who} set the topic: {detail}" if detail else f"{who} removed the topic"
        case What.MODE:
            return f"{who} set the mode {detail}"
        case _:
            assert_never(event.what)
