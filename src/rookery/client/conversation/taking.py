"""One line of a conversation into its timeline, once: an entry, or a word about another.

Heard live or read in history, the same line does the same.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rookery.client.conversation import making
from rookery.client.conversation.entry import Kind
from rookery.client.happened import Reacted
from rookery.client.said import Said

if TYPE_CHECKING:
    from rookery.client.conversation.entry import Entry
    from rookery.client.conversation.timeline import Timeline
    from rookery.client.happened import Happened, Item


@dataclass(frozen=True, slots=True)
class Taker:
    """Where lines go: `place` puts a new entry in, `passed` hears of one that was there."""

    timeline: Timeline
    me: str
    now_ms: int
    place: Callable[[Entry], None]
    passed: Callable[[str], None] = lambda _: None
    is_page: bool = False


def live(timeline: Timeline, item: Item, me: str, now_ms: int, mine: str = "") -> Entry | None:
    """Take a line that was heard now; return its entry where it got one.

    `mine` is the key under which it waited.
    """
    return take(Taker(timeline, me, now_ms, timeline.append), item, mine)


def take(taker: Taker, item: Item, mine: str = "") -> Entry | None:
    """Take one line; return its entry where it got one."""
    timeline = taker.timeline
    if isinstance(item, Reacted):
        timeline.annotations.react(item)
        timeline.refresh_msgid(item.to_msgid)
        return None
    if timeline.knows(item.msgid):
        known = timeline.of_msgid(item.msgid)
        if known is not None:
            taker.passed(known.key)
        return None
    if isinstance(item, Said):
        mine = mine or timeline.key_of_mine(item.client_id)
        timeline.forget_mine(item.client_id)
    entry = _entry(taker, item, mine or timeline.new_key())
    if not mine and _is_twin(taker, entry):
        return None
    edit_of = item.edit_of if isinstance(item, Said) and item.msgid else ""
    if edit_of and timeline.correct(edit_of, entry):
        return None
    if entry.reply_to:
        timeline.annotations.answer(entry.reply_to)
        timeline.refresh_msgid(entry.reply_to)
    timeline.absorb(entry)
    taker.place(entry)
    return entry


def _entry(taker: Taker, item: Said | Happened, key: str) -> Entry:
    if isinstance(item, Said):
        return making.of_said(item, key, taker.me, taker.now_ms)
    return making.of_happened(item, key, taker.me, taker.now_ms)


def _is_twin(taker: Taker, entry: Entry) -> bool:
    """Return whether the line is here already, heard or read without its msgid."""
    if entry.kind is not Kind.EVENT and (entry.msgid or not taker.is_page):
        return False
    twin = taker.timeline.twin(entry)
    if twin is None:
        return False
    taker.timeline.replace(dataclasses.replace(twin, msgid=twin.msgid or entry.msgid))
    taker.passed(twin.key)
    return True
