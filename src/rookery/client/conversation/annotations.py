"""What is said about messages: corrections, reactions, deletions, answers, in any order.

Any of it may be heard before its message, since history is read backwards; `dressed` puts on a
message all that is known of it. Of two words about the same thing the later one counts.
Source: docs/ext/edit.md; IRCv3 draft/react, draft/message-redaction, reply.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from rookery.client.conversation.entry import Entry, Kind
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.client.happened import Reacted

Order: TypeAlias = tuple[int, int, str]


def order_of(at_ms: int, msgid: str) -> Order:
    """Return the place of a message in history; ids of one length grow with it."""
    return at_ms, len(msgid), msgid


def is_same_author(one: Entry, other: Entry) -> bool:
    """Return whether both are the same person's: by account, or by nick where neither has one."""
    if one.account or other.account:
        return fold(one.account) == fold(other.account)
    return fold(one.sender) == fold(other.sender)


class _Reaction(NamedTuple):
    order: Order
    name: str
    is_on: bool


class Annotations:
    """Of one conversation, by the msgid of what they are about."""

    def __init__(self) -> None:
        self._corrections: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
        """Original to correction (msgid) to the correction as a message of its own."""
        self._reactions: defaultdict[str, dict[tuple[str, str], _Reaction]] = defaultdict(dict)
        """Message to emoji and folded name to the last word on it."""
        self._reaction_of: dict[str, Reacted] = {}
        self._redacted: set[str] = set()
        self._replies: Counter[str] = Counter()

    def correct(self, original: str, correction: Entry) -> None:
        """Note a correction."""
        self._corrections[original][correction.msgid] = correction

    def corrections_of(self, original: Entry) -> list[Entry]:
        """Return the corrections that count for a message, the latest last."""
        if original.kind is not Kind.SAID:
            return []
        those = self._corrections.get(original.msgid, {}).values()
        valid = [
            one
            for one in those
            if is_same_author(one, original) and one.msgid not in self._redacted
        ]
        return sorted(valid, key=lambda one: order_of(one.at_ms, one.msgid))

    def answer(self, msgid: str) -> None:
        """Count one more answer to a message."""
        self._replies[msgid] += 1

    def react(self, reacted: Reacted) -> None:
        """Note a reaction, or that it is taken back."""
        if reacted.msgid:
            self._reaction_of[reacted.msgid] = reacted
        if reacted.msgid in self._redacted:
            reacted = dataclasses.replace(reacted, is_taken_back=True)
        order = order_of(reacted.at_ms or 0, reacted.msgid)
        reactions = self._reactions[reacted.to_msgid]
        slot = reacted.emoji, fold(reacted.who)
        before = reactions.get(slot)
        if before is None or before.order <= order:
            reactions[slot] = _Reaction(order, reacted.who, not reacted.is_taken_back)

    def redact(self, msgid: str) -> str:
        """Note a deletion; return the msgid of the message that looks different now."""
        self._redacted.add(msgid)
        reaction = self._reaction_of.get(msgid)
        if reaction is not None:
            self.react(reaction)
            return reaction.to_msgid
        for original, corrections in self._corrections.items():
            if msgid in corrections:
                return original
        return msgid

    def is_redacted(self, msgid: str) -> bool:
        """Return whether the message was deleted."""
        return msgid in self._redacted

    def dressed(self, bare: Entry) -> Entry:
        """Return the message as it stands now, from what was first said."""
        if not bare.msgid:
            return bare
        if bare.msgid in self._redacted:
            return dataclasses.replace(bare, text="", is_redacted=True, is_mention=False)
        corrections = self.corrections_of(bare)
        reactions = self._reactions_to(bare.msgid)
        count = self._replies[bare.msgid]
        if not (corrections or reactions or count):
            return bare
        return dataclasses.replace(
            bare,
            text=corrections[-1].text if corrections else bare.text,
            is_edited=bool(corrections) or bare.is_edited,
            reactions=reactions,
            reply_count=count,
        )

    def _reactions_to(self, msgid: str) -> dict[str, tuple[str, ...]]:
        found = self._reactions.get(msgid, {})
        names: defaultdict[str, list[str]] = defaultdict(list)
        in_order = sorted(found.items(), key=lambda item: item[1].order)
        for (emoji, _), reaction in in_order:
            if reaction.is_on:
                names[emoji].append(reaction.name)
        return {emoji: tuple(who) for emoji, who in names.items()}
