"""The last view of all conversations as plain values, for the next start, and back again.

What is restored is old until a page of history reaches it. What waits is not of the view: see
`outbox_file`.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from rookery.client.conversation.conversation import Conversation
from rookery.client.conversation.entry import Entry, Kind
from rookery.client.conversation.plain import as_dict, as_list
from rookery.client.happened import Event, Reacted, What

if TYPE_CHECKING:
    from rookery.client.conversation.conversations import Conversations, Held

VERSION: Final = 1
MAX_ENTRIES: Final = 100
"""Entries kept of each conversation."""
MAX_CONVERSATIONS: Final = 200
MAX_CLOSED: Final = 500
_KEPT: Final = ("name", "topic", "read_at_ms", "new_from_key", "draft", "is_joined")


def taken(conversations: Conversations) -> dict[str, object]:
    """Return what is kept, ready for JSON."""
    every = [_conversation(held) for held in conversations][-MAX_CONVERSATIONS:]
    closed = dict(list(conversations.closed.items())[-MAX_CLOSED:])
    return {
        "version": VERSION,
        "nick": conversations.model.nick,
        "open": conversations.open_key,
        "theme": conversations.theme,
        "closed": closed,
        "conversations": every,
    }


def text_of(conversations: Conversations) -> str:
    """Return what is kept, as it is written."""
    return json.dumps(taken(conversations), ensure_ascii=False)


def restore(conversations: Conversations, kept: Mapping[str, object]) -> None:
    """Put back what `taken` returned.

    Raises ValueError, KeyError or TypeError for anything else.
    """
    if kept["version"] != VERSION:
        raise ValueError("it is of another version")
    for row in as_list(kept["conversations"]):
        _restore(conversations, as_dict(row))
    conversations.closed = {
        str(key): int(str(at_ms)) for key, at_ms in as_dict(kept["closed"]).items()
    }
    conversations.open_key = str(kept["open"])
    conversations.theme = str(kept.get("theme", ""))
    conversations.model.nick = str(kept["nick"])


def _conversation(held: Held) -> dict[str, object]:
    conversation = held.conversation
    settled = [
        held.timeline.as_stored(entry)
        for entry in conversation.entries[: held.timeline.settled]
        if entry.kind is not Kind.WORD and (entry.msgid or entry.kind is Kind.EVENT)
    ]
    kept: dict[str, object] = {name: getattr(conversation, name) for name in _KEPT}
    if not conversation.unread:
        # As on going to another conversation, the line has done its work.
        kept["new_from_key"] = ""
    kept["entries"] = [_entry(entry) for entry in settled[-MAX_ENTRIES:]]
    return kept


def _entry(entry: Entry) -> dict[str, object]:
    kept: dict[str, object] = {}
    for one in dataclasses.fields(Entry):
        value = getattr(entry, one.name)
        if one.name in {"state", "reason", "reply_count"} or not value:
            continue
        kept[one.name] = value
    kept["kind"] = entry.kind.name
    if entry.event is not None:
        kept["event"] = [entry.event.what.name, entry.event.subject, entry.event.detail]
    if entry.reactions:
        kept["reactions"] = {emoji: list(names) for emoji, names in entry.reactions.items()}
    return kept


def _restore(conversations: Conversations, row: dict[str, object]) -> None:
    held = conversations.put(Conversation(str(row["name"])))
    conversation = held.conversation
    conversation.topic = str(row["topic"])
    conversation.draft = str(row["draft"])
    conversation.read_at_ms = int(str(row["read_at_ms"]))
    conversation.is_joined = bool(row["is_joined"])
    for kept in map(as_dict, as_list(row["entries"])):
        entry = _restored(kept)
        key = held.timeline.new_key()
        for emoji, names in as_dict(kept.get("reactions", {})).items():
            for name in map(str, as_list(names)):
                reacted = Reacted(conversation.name, entry.msgid, emoji, name)
                held.timeline.annotations.react(reacted)
        held.timeline.append(dataclasses.replace(entry, key=key))
        if entry.reply_to:
            held.timeline.annotations.answer(entry.reply_to)
            held.timeline.refresh_msgid(entry.reply_to)
        if entry.key == row["new_from_key"]:
            conversation.new_from_key = key
    held.timeline.lost()


def _restored(kept: dict[str, object]) -> Entry:
    event = as_list(kept.get("event", []))
    return Entry(
        str(kept["key"]),
        int(str(kept["at_ms"])),
        Kind[str(kept["kind"])],
        str(kept.get("sender", "")),
        str(kept.get("text", "")),
        msgid=str(kept.get("msgid", "")),
        account=str(kept.get("account", "")),
        event=Event(What[str(event[0])], str(event[1]), str(event[2])) if event else None,
        reply_to=str(kept.get("reply_to", "")),
        is_own=bool(kept.get("is_own")),
        is_mention=bool(kept.get("is_mention")),
        is_edited=bool(kept.get("is_edited")),
        is_redacted=bool(kept.get("is_redacted")),
    )
