"""Entries from what the model shows: a message or an event as an entry of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.client.conversation.entry import Entry, Kind, State
from rookery.client.conversation.mention import is_mention
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.client.happened import Happened
    from rookery.client.outbox import Waiting
    from rookery.client.said import Said


def of_said(said: Said, key: str, me: str, now_ms: int) -> Entry:
    """Return a message; without a time of the server's it counts as said now."""
    kind = Kind.NOTICE if said.is_notice else Kind.ACTION if said.is_action else Kind.SAID
    return Entry(
        key,
        now_ms if said.at_ms is None else said.at_ms,
        kind,
        said.sender,
        said.text,
        msgid=said.msgid,
        account=said.account,
        reply_to=said.reply_to,
        is_own=said.is_own,
        is_mention=not said.is_own and is_mention(said.text, me),
    )


def of_happened(happened: Happened, key: str, me: str, now_ms: int) -> Entry:
    """Return an event."""
    return Entry(
        key,
        now_ms if happened.at_ms is None else happened.at_ms,
        Kind.EVENT,
        happened.who,
        msgid=happened.msgid,
        account=happened.account,
        event=happened.event,
        is_own=fold(happened.who) == fold(me),
    )


def of_waiting(waiting: Waiting, key: str, me: str, now_ms: int, reply_to: str = "") -> Entry:
    """Return a message of mine that the server has not answered."""
    action = "\x01ACTION "
    is_action = waiting.text.startswith(action)
    text = waiting.text.removeprefix(action).removesuffix("\x01") if is_action else waiting.text
    kind = Kind.ACTION if is_action else Kind.SAID
    state = State.WAITING
    return Entry(key, now_ms, kind, me, text, state=state, reply_to=reply_to, is_own=True)


def of_word(text: str, key: str, at_ms: int) -> Entry:
    """Return a sentence to me alone."""
    return Entry(key, at_ms, Kind.WORD, "", text)
