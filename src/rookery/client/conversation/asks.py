"""What the person does in a conversation; what cannot be done now is told in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client import acts, asking, paging, saying
from rookery.client.conversation import catching_up, outgoing
from rookery.client.conversation.conversation import key_of
from rookery.client.conversation.entry import Kind, State
from rookery.client.naming import name_fault, room_of
from rookery.client.rooms import is_room
from rookery.client.wording import OFFLINE, place
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.client.conversation.conversations import Conversations, Held
    from rookery.client.conversation.entry import Entry

LOOK_EVERY_S: Final = 60.0
"""How old names may be that are completed from."""
TYPING_EVERY_S: Final = 3.0
"""How often at most others are told that I type. IRCv3 typing."""


def say(
    conversations: Conversations,
    key: str,
    text: str,
    reply_to: str = "",
    *,
    is_action: bool = False,
) -> None:
    """Say something; `reply_to` is the key of the entry that it answers."""
    held = conversations.get(key)
    if held is None or not text.strip():
        return
    if held.conversation.is_room and not held.conversation.is_joined:
        room = place(held.conversation.name)
        conversations.say_word(f"You are not in {room}. Type /join {room} first.")
        return
    original = _entry(held, reply_to)
    wire_text = f"\x01ACTION {text}\x01" if is_action else text
    held.typing_told_s = None
    outgoing.say(conversations, held, wire_text, original.msgid if original else "")


def edit(conversations: Conversations, key: str, entry_key: str, text: str) -> None:
    """Correct what I said."""
    held = conversations.get(key)
    entry = _entry(held, entry_key)
    if held is None or entry is None or not text.strip() or text == entry.text:
        return
    if not entry.is_own or not entry.msgid or entry.kind is not Kind.SAID:
        conversations.say_word("Only your own messages can be corrected, once they are sent.", key)
        return
    model = conversations.model
    if model.is_online and not _may(conversations, "message-tags", "correct messages"):
        return
    if not saying.is_one_message(model, held.conversation.name, text):
        conversations.say_word("A correction must fit into one message: make it shorter.", key)
        return
    outgoing.edit(conversations, held, entry, text)


def delete(conversations: Conversations, key: str, entry_key: str) -> None:
    """Delete a message: its corrections first, so that no other client shows them again."""
    held = conversations.get(key)
    entry = _entry(held, entry_key)
    if held is None or entry is None:
        return
    if entry.state is not State.SENT:
        outgoing.discard(conversations, held, entry)
        return
    bare = held.timeline.of_msgid(entry.msgid)
    if not _may(conversations, "draft/message-redaction", "delete messages") or bare is None:
        return
    corrections = held.timeline.annotations.corrections_of(bare)
    for msgid in [*(one.msgid for one in corrections), entry.msgid]:
        acts.redact(conversations.model, held.conversation.name, msgid)


def retry(conversations: Conversations, key: str, entry_key: str) -> None:
    """Send again what failed, or all that I was asked about."""
    held = conversations.get(key)
    entry = _entry(held, entry_key)
    if held is not None and entry is not None:
        outgoing.retry(conversations, held, entry)


def discard(conversations: Conversations, key: str, entry_key: str) -> None:
    """Drop what failed, or this one of what I was asked about."""
    held = conversations.get(key)
    entry = _entry(held, entry_key)
    if held is not None and entry is not None:
        outgoing.discard(conversations, held, entry)


def react(conversations: Conversations, key: str, entry_key: str, emoji: str) -> None:
    """React with an emoji, or take that back where I did so already."""
    held = conversations.get(key)
    entry = _entry(held, entry_key)
    if held is None or entry is None or not entry.msgid:
        return
    if _may(conversations, "message-tags", "react"):
        mine = fold(conversations.model.nick)
        has_reacted = mine in map(fold, entry.reactions.get(emoji, ()))
        acts.react(
            conversations.model,
            held.conversation.name,
            entry.msgid,
            emoji,
            is_taken_back=has_reacted,
        )


def typing(conversations: Conversations, key: str, *, is_active: bool) -> None:
    """Tell the others that I type, or have stopped; call as often as you like."""
    held = conversations.get(key)
    model = conversations.model
    if held is None or not model.is_online:
        return
    told_s = held.typing_told_s
    if is_active and (told_s is None or model.now_s - told_s >= TYPING_EVERY_S):
        held.typing_told_s = model.now_s
        acts.typing(model, held.conversation.name, "active")
    elif not is_active and told_s is not None:
        held.typing_told_s = None
        acts.typing(model, held.conversation.name, "done")


def older(conversations: Conversations, key: str) -> None:
    """Fetch the page before the oldest entry."""
    held = conversations.get(key)
    if held is not None and held.conversation.has_older:
        catching_up.fetch_before(conversations, held)


def search(conversations: Conversations, key: str, words: str) -> None:
    """Search one conversation, or all for an empty key; `Found` is told."""
    if _may(conversations, paging.SEARCH, "search"):
        held = conversations.get(key)
        paging.search(conversations.model, words, held.conversation.name if held else "")


def open_(conversations: Conversations, key: str) -> None:
    """Put a conversation in front; in the one before, the line "new" has done its work."""
    before = conversations.get(conversations.open_key)
    if before is not None and conversations.open_key != key and not before.conversation.unread:
        before.conversation.new_from_key = ""
        conversations.about(before)
    conversations.open_key = key
    held = conversations.get(key)
    if held is not None:
        conversations.about(held)


def read_all(conversations: Conversations, key: str, *, is_asked: bool = False) -> None:
    """Count everything as read: its newest entry was seen, or the person says so."""
    held = conversations.get(key)
    if held is None:
        return
    conversation = held.conversation
    times = [entry.at_ms for entry in conversation.entries if entry.is_talk and entry.msgid]
    conversation.read_at_ms = max([conversation.read_at_ms, *times[-1:]])
    if is_asked:
        conversation.new_from_key = ""
    tell_read(conversations, held)
    conversations.about(held)


def tell_read(conversations: Conversations, held: Held) -> None:
    """Tell my other devices how far I have read, where the server does not know; once each."""
    conversation = held.conversation
    if conversations.model.is_online and conversation.read_at_ms > held.told_read_ms:
        held.told_read_ms = conversation.read_at_ms
        acts.mark_read(conversations.model, conversation.name, conversation.read_at_ms)


def join(conversations: Conversations, name: str) -> str:
    """Enter a room; return the key of its conversation, empty where that cannot be."""
    room, fault = room_of(name.strip())
    if fault:
        conversations.say_word(fault)
        return ""
    held = conversations.of(room)
    if held is None or not held.conversation.is_joined:
        if not conversations.model.is_online:
            conversations.say_word(OFFLINE)
            return ""
        asking.join(conversations.model, room)
    return key_of(room)


def message(conversations: Conversations, name: str, text: str = "") -> str:
    """Talk to somebody; return the key of the conversation, empty where that cannot be."""
    if is_room(name):
        return join(conversations, name)
    fault = name_fault(name)
    if fault:
        conversations.say_word(fault)
        return ""
    held = catching_up.meet(conversations, name)
    if text.strip():
        say(conversations, held.conversation.key, text)
    return held.conversation.key


def leave(conversations: Conversations, key: str) -> None:
    """Leave a room, or take a talk off the list."""
    held = conversations.get(key)
    if held is None:
        return
    conversations.closed[key] = conversations.clock_ms()
    if held.conversation.is_room and held.conversation.is_joined:
        asking.leave(conversations.model, held.conversation.name)
    conversations.drop(key)


def do(conversations: Conversations, command: str, name: str, *params: str) -> None:
    """Send a command about a room or a person: TOPIC, KICK, INVITE, NICK, AWAY."""
    if conversations.model.is_online:
        acts.do(conversations.model, name, command, *params)
    else:
        conversations.say_word(OFFLINE)


def who(conversations: Conversations, key: str) -> None:
    """List who is in the room in front, or who is connected."""
    held = conversations.get(key)
    room = held.conversation.name if held is not None and held.conversation.is_room else ""
    if conversations.model.is_online:
        asking.who(conversations.model, room)
    else:
        conversations.say_word(OFFLINE)


def rooms(conversations: Conversations) -> None:
    """List the rooms that there are."""
    if conversations.model.is_online:
        asking.list_rooms(conversations.model)
    else:
        conversations.say_word(OFFLINE)


def look_around(conversations: Conversations) -> None:
    """Learn who and which rooms are there, without a word; call as often as you like."""
    model, last_s = conversations.model, conversations.looked_s
    is_due = last_s is None or model.now_s - last_s >= LOOK_EVERY_S
    if model.is_online and is_due:
        conversations.looked_s = model.now_s
        asking.look_around(model)


def draft(conversations: Conversations, key: str, text: str) -> None:
    """Keep what is typed and not sent."""
    held = conversations.get(key)
    if held is not None and held.conversation.draft != text:
        held.conversation.draft = text
        conversations.about(held)


def _entry(held: Held | None, entry_key: str) -> Entry | None:
    if held is None or not entry_key:
        return None
    at = held.conversation.index_of(entry_key)
    return held.conversation.entries[at] if at >= 0 else None


def _may(conversations: Conversations, cap: str, what: str) -> bool:
    """Return whether the server can do it now; tell the person where not."""
    model = conversations.model
    if not model.is_online:
        conversations.say_word(OFFLINE)
    elif cap not in model.caps:
        conversations.say_word(f"This server cannot {what}.")
    return model.is_online and cap in model.caps
