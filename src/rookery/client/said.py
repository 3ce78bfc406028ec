"""A message, as it came."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Said:
    """A message: to a room, to me, or mine from another session."""

    sender: str
    target: str
    """A room's wire name, or a nick."""
    text: str
    at_ms: int | None = None
    """When it was said, by the server's clock in milliseconds since 1970."""
    msgid: str = ""
    account: str = ""
    is_room: bool = False
    is_own: bool = False
    is_notice: bool = False
    is_action: bool = False
    is_missed: bool = False
    """It was said while I was away: worth its time in front."""
    reply_to: str = ""
    """The msgid of the message that it answers."""
    edit_of: str = ""
    """The msgid of the message that it corrects (`docs/ext/edit.md`)."""
    client_id: str = field(default="", compare=False)
    """Its `rookery.chat/id`, where it is mine."""
