"""What is reckoned from a conversation's entries and room: the unread, and who is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client import ranks
from rookery.client.conversation.conversation import Conversation, Member
from rookery.client.conversation.entry import State
from rookery.client.happened import Presence
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.client.conversation.entry import Entry
    from rookery.client.model import Model


MAX_COUNTED: Final = 1_000
"""Nobody reads how many more are unread."""


def count_unread(conversation: Conversation) -> None:
    """Set `unread` and `mentions`, and the place of the line "new" where there is none yet."""
    unread = mentions = 0
    oldest: Entry | None = None
    for entry in reversed(conversation.entries):
        if entry.at_ms <= conversation.read_at_ms and entry.state is State.SENT:
            break
        if unread == MAX_COUNTED:
            break
        if not is_unread(conversation, entry):
            continue
        unread += 1
        mentions += entry.is_mention or not conversation.is_room
        oldest = entry
    conversation.unread, conversation.mentions = unread, mentions
    if oldest is not None and not conversation.new_from_key:
        conversation.new_from_key = oldest.key


def is_unread(conversation: Conversation, entry: Entry) -> bool:
    """Return whether the entry counts as unread."""
    if not entry.is_talk or entry.is_own or entry.is_redacted:
        return False
    return entry.state is State.SENT and entry.at_ms > conversation.read_at_ms


def members(model: Model, name: str) -> tuple[Member, ...]:
    """Return who is in a room, by rank and name; nobody where I am not in it."""
    room = model.rooms.get(name)
    if room is None:
        return ()
    order = "".join(ranks.signs(model.isupport).values())
    found = [
        Member(nick, room.ranks.get(key, "")[:1], model.presence.get(key, Presence.HERE))
        for key, nick in room.members.items()
    ]
    return tuple(sorted(found, key=lambda one: (_height(one, order), fold(one.nick))))


def _height(member: Member, order: str) -> int:
    at = order.find(member.prefix) if member.prefix else -1
    return at if at >= 0 else len(order)
