"""The store of `--ephemeral`: dicts that end with the process.

It keeps the newest `MAX_MESSAGES` messages of all conversations together, and drops the oldest.
"""

from __future__ import annotations

import secrets
import threading
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from operator import attrgetter
from typing import Final

from rookery.core.events import Said
from rookery.store.base import AccountRow, Batch, MailboxRow, RoomRow, Snapshot, Welcome

MAX_MESSAGES: Final = 100_000
"""How many messages are kept: some 60 MB, days of a small server (unit: messages)."""
_SLACK: Final = 8
"""The oldest go together when there are one in so many too much: one by one would cost more."""

_id: Final = attrgetter("id")


class MemoryStore:
    """`Store` without a disk; its commits cannot fail."""

    def __init__(self, max_messages: int = MAX_MESSAGES) -> None:
        self._max_messages = max_messages
        # Reads come from other threads than commits.
        self._lock = threading.Lock()
        self._log: deque[Said] = deque()
        self._conversations: defaultdict[str, list[Said]] = defaultdict(list)
        self._received: defaultdict[str, list[Said]] = defaultdict(list)
        self._mailboxes: dict[str, MailboxRow] = {}
        self._accounts: dict[str, AccountRow] = {}
        self._rooms: dict[str, RoomRow] = {}
        self._seats: dict[tuple[str, str], int] = {}
        self._resends: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._cloak_secret = secrets.token_bytes(32)

    def load(self) -> Snapshot:
        """Return what has been committed; nothing at a start."""
        return Snapshot(
            last_id=self._log[-1].id if self._log else 0,
            accounts={key: account.name for key, account in self._accounts.items()},
            unverified=set(),
            account_settings={},
            certificates={},
            given_up={},
            room_lists={},
            room_ranks={},
            metadata={},
            rooms=[*self._rooms.values()],
            mailboxes=[*self._mailboxes.values()],
            cloak_secret=self._cloak_secret,
        )

    def commit(self, batch: Batch) -> None:
        """Keep all of `batch`."""
        with self._lock:
            self._keep_messages(batch.messages)
            self._accounts |= batch.accounts
            self._rooms |= batch.rooms
            for key, mailbox in batch.mailboxes.items():
                kept = self._mailboxes.get(key, mailbox).watermark
                self._mailboxes[key] = mailbox._replace(watermark=max(kept, mailbox.watermark))
            for seat, last_id in batch.seats.items():
                self._seats[seat] = max(self._seats.get(seat, 0), last_id)
            for (sender, device), counter in batch.resends.items():
                counters = self._resends[sender]
                counters[device] = max(counters.get(device, 0), counter)

    def tidy(self) -> bool:
        """Nothing waits here."""
        return False

    def welcome(self, name: str, above_id: int, upto_id: int, max_messages: int) -> Welcome:
        """Return what `name` has not received, and the counters of its devices."""
        with self._lock:
            received = self._received.get(name, [])
            first = bisect_right(received, above_id, key=_id)
            end = bisect_right(received, upto_id, key=_id)
            messages = received[first : min(end, first + max_messages)]
            return Welcome(messages, dict(self._resends.get(name, {})))

    def history(
        self, conversation: str, after_id: int, before_id: int, max_messages: int, *, newest: bool
    ) -> list[Said]:
        """Return a window of a conversation."""
        with self._lock:
            messages = self._conversations.get(conversation, [])
            first = bisect_right(messages, after_id, key=_id)
            end = bisect_left(messages, before_id, key=_id)
            if newest:
                return messages[max(first, end - max_messages) : max(first, end)]
            return messages[first : min(end, first + max_messages)]

    def seat(self, account: str, room: str) -> int:
        """Return up to where `account` had seen `room`."""
        return self._seats.get((account, room), 0)

    def account(self, key: str) -> AccountRow | None:
        """Return the account with its proofs."""
        return self._accounts.get(key)

    def close(self) -> None:
        """Nothing is held open."""

    def _keep_messages(self, messages: list[Said]) -> None:
        conversations, received = self._conversations, self._received
        for message in messages:
            # By index: an attribute of a NamedTuple costs twice as much.
            conversations[message[1]].append(message)
            if message[3]:
                received[message[3]].append(message)
        self._log.extend(messages)
        if len(self._log) > self._max_messages + self._max_messages // _SLACK:
            self._drop_oldest(len(self._log) - self._max_messages)

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
