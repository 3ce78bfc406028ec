"""Who is told of messages on devices that sleep: which accounts, of which messages, and when.

A private message counts, and in a room one that names the person. Who is looking is not told.
Nothing here sends: what is to be sent goes to the `Pusher`, after it is stored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from rookery.command.fair_pool import FairPool
from rookery.deliver import render
from rookery.store.base import SubscriptionRow
from rookery.wire.capabilities import BY_NAME, CAPABILITIES
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.command.node import Node, Pool
    from rookery.core.events import Said
    from rookery.core.user import User

MAX_LINE_BYTES: Final = 3900
"""A push has room for little more; without its client's tags every message is shorter."""
_TOLD: Final = frozenset({"PRIVMSG", "NOTICE"})
_LINK: Final = re.compile(r"\S+://\S+")
_WORD: Final = re.compile(r"[\w\[\]\\`^{}|-]+")
_AROUND_A_NICK: Final = "[]\\`^{}|-_"
_LOOKUPS_PER_ACCOUNT: Final = 2
"""Half of the threads: two browsers may turn notifications on at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushRules:
    """The settings of pushes that may change; see the reference of settings."""

    has_text: bool = True
    idle_after_ms: int = 300_000
    devices_max: int = 10


class Pusher(Protocol):
    """Sends pushes, some time later, or never."""

    @property
    def public_key(self) -> str:
        """The key that clients give their push service (VAPID)."""

    def push(self, subscription: SubscriptionRow, line: bytes) -> None:
        """Have a line told to a device; returns at once."""

    def forget(self, endpoint: str) -> None:
        """Drop what waits for a device that is told no longer."""

    def check(self, endpoint: str, public_key: str) -> None:
        """Raise ValueError, with the reason, where nothing may be sent; blocks."""


class Subscriptions:
    """The devices of one node; `rules` is replaced when the settings are read again."""

    def __init__(
        self, rules: PushRules, pusher: Pusher, lookups: Pool, kept: Iterable[SubscriptionRow]
    ) -> None:
        self.rules = rules
        self.pusher = pusher
        self.lookups = FairPool(lookups, _LOOKUPS_PER_ACCOUNT)
        """The threads for `Pusher.check`."""
        self._rows: dict[str, SubscriptionRow] = {}
        self._of: dict[str, dict[str, None]] = {}
        self._looked_at_ms: dict[str, int] = {}
        for row in kept:
            self.put(row)

    @property
    def count(self) -> int:
        """How many devices are told."""
        return len(self._rows)

    def get(self, endpoint: str) -> SubscriptionRow | None:
        """Return the device of an endpoint."""
        return self._rows.get(endpoint)

    def put(self, row: SubscriptionRow) -> None:
        """Tell a device from now on, and whoever had its endpoint no longer."""
        self.drop(row.endpoint)
        self._rows[row.endpoint] = row
        self._of.setdefault(row.account, {})[row.endpoint] = None

    def drop(self, endpoint: str) -> None:
        """Tell a device no longer."""
        row = self._rows.pop(endpoint, None)
        if row is not None:
            self._of[row.account].pop(endpoint)
            if not self._of[row.account]:
                del self._of[row.account]
            self.pusher.forget(endpoint)

    def drop_all(self, account: str) -> Callable[[], None]:
        """Tell an account that is gone no longer; return what takes that back."""
        rows = self.of(account)
        for row in rows:
            self.drop(row.endpoint)

        def put_back() -> None:
            for row in rows:
                self.put(row)

        return put_back

    def of(self, account: str) -> list[SubscriptionRow]:
        """Return the devices of an account, the one that was registered first in front."""
        return [self._rows[endpoint] for endpoint in self._of.get(account, ())]

    def looked(self, account: str, now_ms: int) -> None:
        """Note that somebody has read something just now."""
        if account in self._of:
            self._looked_at_ms[account] = now_ms

    def tell(self, node: Node, messages: Iterable[Said]) -> None:
        """Push what was stored to those who want to know, and do not look."""
        if not self._of:
            return
        for said in messages:
            if said.command not in _TOLD or _is_ctcp(said.text):
                continue
            for account in self._concerned(node, said):
                for row in self.of(account):
                    self.pusher.push(row, line_for(said, row.caps, has_text=self.rules.has_text))

    def _concerned(self, node: Node, said: Said) -> Iterator[str]:
        """Yield the accounts with devices that the message is for, and that do not look."""
        users = node.world.users
        if said.recipient:
            if said.recipient == said.sender:
                return
            person = users.get(said.recipient)
            account = person.account_key if person is not None else said.recipient
            if account in self._of and not self._is_looking(person, account, node.now_ms()):
                yield account
            return
        room = node.world.rooms.get(said.conversation)
        for key in mentioned(said.text) if room is not None else ():
            person = users.get(key)
            if person is None or key == said.sender or person.account_key not in self._of:
                continue
            is_looking = self._is_looking(person, person.account_key, node.now_ms())
            if room in person.rooms and not is_looking:
                yield person.account_key

    def _is_looking(self, person: User | None, account: str, now_ms: int) -> bool:
        """Return whether somebody sits there: connected, not away, and not silent for long."""
        if person is None or person.away or not any(not one.is_absent for one in person.sessions):
            return False
        active_ms = max(
            person.spoke_at_ms, person.signed_in_at_ms, self._looked_at_ms.get(account, 0)
        )
        return now_ms - active_ms < self.rules.idle_after_ms


def mentioned(text: str) -> set[str]:
    """Return the keys of all words that may be nicks; what stands in a link names nobody."""
    words = _WORD.findall(_LINK.sub(" ", text))
    bare = {word.strip(_AROUND_A_NICK) for word in words}
    return {fold(word) for word in bare.union(words) if word}


def line_for(said: Said, caps: str, *, has_text: bool) -> bytes:
    """Return the message as one line without its end, for capabilities by name.

    Of several lines the first is told. `soju.im/webpush`.
    """
    first = said.text.partition("\n")[0] if has_text else ""
    bits = sum(BY_NAME[name].bit for name in caps.split() if name in BY_NAME)
    # What clients have put beside the text says something of it too.
    one = said._replace(text=first, tags=said.tags if has_text else "")
    line = render.said(one, bits)
    if len(line) > MAX_LINE_BYTES:
        line = render.said(one._replace(tags=""), bits)
    return line.removesuffix(b"\r\n")[:MAX_LINE_BYTES]


def caps_in_words(caps: int) -> str:
    """Return capabilities as they are kept: a bit may mean something else to a later program."""
    return " ".join(row.name for row in CAPABILITIES if caps & row.bit & render.SAID_CAPS)


def _is_ctcp(text: str) -> bool:
    return text.startswith("\x01") and not text.startswith("\x01ACTION ")
