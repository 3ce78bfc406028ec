"""The last view of all conversations as plain values, for the next start, and back again.

What is restored is old until a page of history reaches it. Whatever waited when the program ended
is shown as not sent, unless nothing of it can have left and it is fresh: then it waits again.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from rookery.client.conversation import outgoing
from rookery.client.conversation.conversation import Conversation
from rookery.client.conversation.entry import Entry, Kind, State
from rookery.client.happened import Event, Reacted, What
from rookery.client.outbox import STALE_AFTER_S

if TYPE_CHECKING:
    from rookery.client.conversation.conversations import Conversations, Held

VERSION: Final = 1
MAX_ENTRIES: Final = 100
"""Entries kept of each conversation."""
MAX_CONVERSATIONS: Final = 200
MAX_CLOSED: Final = 500
_ENDED: Final = "the program ended before the server had it"
_KEPT: Final = ("name", "topic", "read_at_ms", "new_from_key", "draft", "is_joined")


def taken(conversations: Conversations) -> dict[str, object]:
    """Return what is kept, ready for JSON."""
    every = [_conversation(held) for held in conversations][-MAX_CONVERSATIONS:]
    outbox = [
        {
            "target": waiting.target,
            "text": waiting.text,
            "tags": dict(waiting.tags),
            "typed_ms": conversations.clock_ms()
            - round((conversations.model.now_s - waiting.typed_at_s) * 1000),
            "may_have_left": waiting.was_written or waiting.is_on_its_way,
        }
        for waiting in conversations.model.outbox
    ]
    closed = dict(list(conversations.closed.items())[-MAX_CLOSED:])
    return {
        "version": VERSION,
        "nick": conversations.model.nick,
        "open": conversations.open_key,
        "closed": closed,
        "conversations": every,
        "outbox": outbox,
    }


def restore(conversations: Conversations, kept: Mapping[str, object]) -> None:
    """Put back what `taken` returned.

    Raises ValueError, KeyError or TypeError for anything else.
    """
    if kept["version"] != VERSION:
        raise ValueError("it is of another version")
    for row in _list(kept["conversations"]):
        _restore(conversations, _dict(row))
    conversations.closed = {
        str(key): int(str(at_ms)) for key, at_ms in _dict(kept["closed"]).items()
    }
    conversations.open_key = str(kept["open"])
    conversations.model.nick = str(kept["nick"])


def restore_outbox(conversations: Conversations, kept: Mapping[str, object]) -> None:
    """Put back what was not sent; the name's device must be ours by now."""
    model, now_ms = conversations.model, conversations.clock_ms()
    for row in map(_dict, _list(kept["outbox"])):
        target, text = str(row["target"]), str(row["text"])
        held = conversations.take(target)
        is_fresh = now_ms - int(str(row["typed_ms"])) < STALE_AFTER_S * 1000
        tags = {str(name): str(value) for name, value in _dict(row["tags"]).items()}
        waiting = model.outbox.add(target, text, model.next_client_id(), model.now_s, tags)
        outgoing.show(conversations, held, waiting)
        if not is_fresh or row["may_have_left"]:
            model.outbox.answered(waiting)
            key = held.timeline.key_of_mine(waiting.client_id)
            held.timeline.set_state(key, State.FAILED, _ENDED)
            held.timeline.forget_mine(waiting.client_id)


def _conversation(held: Held) -> dict[str, object]:
    conversation = held.conversation
    settled = [
        entry
        for entry in conversation.entries[: held.timeline.settled]
        if entry.kind is not Kind.WORD and (entry.msgid or entry.kind is Kind.EVENT)
    ]
    kept: dict[str, object] = {name: getattr(conversation, name) for name in _KEPT}
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
    for kept in map(_dict, _list(row["entries"])):
        entry = _restored(kept)
        key = held.timeline.new_key()
        for emoji, names in _dict(kept.get("reactions", {})).items():
            for name in map(str, _list(names)):
                reacted = Reacted(conversation.name, entry.msgid, emoji, name)
                held.timeline.annotations.react(reacted)
        held.timeline.append(dataclasses.replace(entry, key=key))
        if entry.key == row["new_from_key"]:
            conversation.new_from_key = key
    held.timeline.lost()


def _restored(kept: dict[str, object]) -> Entry:
    event = _list(kept.get("event", []))
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


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("a list is expected")
    return value


def _dict(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError("an object is expected")
    return value
