"""The messages of `MemoryStore`, found by conversation and by recipient.

All lists are in id order; the caller holds the lock.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from itertools import islice
from operator import attrgetter
from typing import Final

from rookery.core.events import Said
from rookery.store.rows import AccountRemoval, Forget, RoomMove, RoomRemoval

_SLACK: Final = 8
"""The oldest go together when there are one in so many too much: one by one would cost more."""

_id: Final = attrgetter("id")


def is_talk(said: Said) -> bool:
    """Return whether it is a PRIVMSG or NOTICE, and no other event."""
    return said.command in {"PRIVMSG", "NOTICE"}


class MessageLog:
    """The newest `max_messages` messages, and up to an eighth more."""

    def __init__(self, max_messages: int) -> None:
        self.last_id = 0
        self._max_messages = max_messages
        self._log: deque[Said] = deque()
        self._conversations: defaultdict[str, list[Said]] = defaultdict(list)
        self._received: defaultdict[str, list[Said]] = defaultdict(list)

    def add(self, messages: list[Said]) -> None:
        """Keep messages, which are newer than all before."""
        conversations, received = self._conversations, self._received
        for message in messages:
            # By index: an attribute of a NamedTuple costs twice as much.
            conversations[message[1]].append(message)
            if message[3]:
                received[message[3]].append(message)
        if messages:
            self.last_id = messages[-1].id
        self._log.extend(messages)
        if len(self._log) > self._max_messages + self._max_messages // _SLACK:
            self._drop_oldest(len(self._log) - self._max_messages)

    def window(
        self,
        conversation: str,
        after_id: int,
        before_id: int,
        max_messages: int,
        *,
        newest: bool,
        talk_only: bool = False,
    ) -> list[Said]:
        """Return what was said there with `after_id < id < before_id`, as `Store.history` does."""
        messages = self._conversations.get(conversation, [])
        first = bisect_right(messages, after_id, key=_id)
        end = bisect_left(messages, before_id, key=_id)
        places = range(end - 1, first - 1, -1) if newest else range(first, end)
        within = (messages[place] for place in places)
        asked = filter(is_talk, within) if talk_only else within
        found = [*islice(asked, max_messages)]
        return found[::-1] if newest else found

    def received(self, name: str, above_id: int, upto_id: int) -> list[Said]:
        """Return what was sent to `name` in private with `above_id < id <= upto_id`."""
        messages = self._received.get(name, [])
        first = bisect_right(messages, above_id, key=_id)
        return messages[first : bisect_right(messages, upto_id, key=_id)]

    def everything(self) -> list[Said]:
        """Return all messages."""
        return [*self._log]

    def peers_of(self, name: str) -> set[str]:
        """Return with whom `name` has corresponded."""
        pairs = (key.split(",") for key in self._conversations if "," in key)
        return {one if other == name else other for one, other in pairs if name in (one, other)}

    def last_talk(self, conversation: str) -> int:
        """Return the id of the last PRIVMSG or NOTICE; 0 for none."""
        messages = self._conversations.get(conversation, [])
        return next((said.id for said in reversed(messages) if is_talk(said)), 0)

    def change(self, change: RoomMove | RoomRemoval | AccountRemoval) -> None:
        """Move or erase a room's messages."""
        match change:
            case RoomMove(old_key, key):
                self.erase(key, self._ids(key))
                self._move(old_key, key)
            case RoomRemoval(key, True):
                self.erase(key, self._ids(key))

    def forget(self, forget: Forget) -> None:
        """Erase what the order says."""
        conversations = [forget.conversation] if forget.conversation else [*self._conversations]
        for conversation in conversations:
            before_id = forget.before_id
            talk = [said for said in self._conversations.get(conversation, []) if is_talk(said)]
            if 0 < forget.keep_newest <= len(talk):
                before_id = max(before_id, talk[-forget.keep_newest].id)
            self.erase(conversation, {n for n in self._ids(conversation) if n < before_id})

    def erase(self, conversation: str, ids: set[int]) -> None:
        """Forget these messages of a conversation for good."""
        messages = self._conversations.get(conversation, [])
        gone = [said for said in messages if said.id in ids]
        if not gone:
            return
        gone_ids = {said.id for said in gone}
        self._log = deque(said for said in self._log if said.id not in gone_ids)
        _drop(self._conversations, conversation, ids)
        for recipient in {said.recipient for said in gone if said.recipient}:
            _drop(self._received, recipient, ids)

    def _ids(self, conversation: str) -> set[int]:
        return {said.id for said in self._conversations.get(conversation, [])}

    def _move(self, old_key: str, key: str) -> None:
        moved = [said._replace(conversation=key) for said in self._conversations.pop(old_key, [])]
        if moved:
            self._conversations[key] = moved
            by_id = {said.id: said for said in moved}
            self._log = deque(by_id.get(said.id, said) for said in self._log)

    def _drop_oldest(self, count: int) -> None:
        """Drop the `count` oldest: of each list they are the first ones."""
        oldest = [self._log.popleft() for _ in range(count)]
        for key, number in Counter(message.conversation for message in oldest).items():
            _drop_first(self._conversations, key, number)
        for key, number in Counter(message.recipient for message in oldest).items():
            if key:
                _drop_first(self._received, key, number)


def _drop_first(lists: defaultdict[str, list[Said]], key: str, number: int) -> None:
    del lists[key][:number]
    if not lists[key]:
        del lists[key]


def _drop(lists: defaultdict[str, list[Said]], key: str, ids: set[int]) -> None:
    lists[key] = [said for said in lists[key] if said.id not in ids]
    if not lists[key]:
        del lists[key]
