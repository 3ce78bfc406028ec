"""Nicks that are free again, and who had them: the memory behind WHOWAS."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rookery.core.user import User


class Former(NamedTuple):
    """Who a nick's holder was when they let go of it."""

    key: str
    nick: str
    username: str
    host: str
    realname: str
    account: str
    address: str
    signed_in_at_ms: int


class Formers:
    """The last holders of nicks, up to a bound; the oldest are forgotten first."""

    __slots__ = ("_entries",)

    def __init__(self, max_entries: int) -> None:
        self._entries: deque[Former] = deque(maxlen=max_entries)

    def remember(self, user: User) -> None:
        """Remember the user as they are; call before the nick changes."""
        self._entries.append(
            Former(
                user.key,
                user.nick,
                user.username,
                user.host,
                user.realname,
                user.account,
                user.address,
                user.signed_in_at_ms,
            )
        )

    def of(self, key: str, max_entries: int) -> list[Former]:
        """Return who had the nick, the latest first; all of them for `max_entries` below 1."""
        entries = [entry for entry in reversed(self._entries) if entry.key == key]
        return entries[:max_entries] if max_entries > 0 else entries
