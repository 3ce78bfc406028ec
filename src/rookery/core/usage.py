"""How much room the uploads of everybody take, and whether one more fits.

What is on its way counts from its first byte: two uploads cannot both have the last place.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import NamedTuple


class Bounds(NamedTuple):
    """How much there may be, in bytes and files; see the settings of uploads."""

    file_bytes: int
    account_bytes: int
    total_bytes: int
    at_once: int
    at_once_per_account: int


class Shortage(Enum):
    """Why a file does not fit."""

    FILE = auto()
    ACCOUNT = auto()
    TOTAL = auto()
    TOO_MANY = auto()
    """Too many are on their way."""


class Usage:
    """Counts by account: the files that are kept, and those on their way."""

    __slots__ = ("_kept", "_underway", "count", "size")

    def __init__(self, kept: Mapping[str, tuple[int, int]]) -> None:
        """Begin with the number of files and bytes that each account has."""
        self._kept = {account: size for account, (_, size) in kept.items()}
        self._underway: dict[str, list[int]] = {}
        self.count = sum(count for count, _ in kept.values())
        """Files that are kept."""
        self.size = sum(self._kept.values())
        """Their bytes."""

    def begin(self, account: str, announced: int, bounds: Bounds) -> Shortage | None:
        """Count a file that is about to come, of 0 bytes where its size is unknown."""
        underway = self._underway.get(account, [])
        everybody = sum(len(sizes) for sizes in self._underway.values())
        if everybody >= bounds.at_once or len(underway) >= bounds.at_once_per_account:
            return Shortage.TOO_MANY
        lacking = self._lacking(account, announced, announced, bounds)
        if lacking is None:
            self._underway.setdefault(account, []).append(announced)
        return lacking

    def grow(self, account: str, counted: int, size: int, bounds: Bounds) -> Shortage | None:
        """Count a file that turns out to have `size` bytes, where `counted` were so far."""
        lacking = self._lacking(account, size, size - counted, bounds)
        if lacking is None:
            underway = self._underway[account]
            underway.remove(counted)
            underway.append(size)
        return lacking

    def end(self, account: str, counted: int, kept: int | None = None) -> None:
        """Count a file on its way no more, but as one that is kept if it is, with its size."""
        underway = self._underway[account]
        underway.remove(counted)
        if not underway:
            del self._underway[account]
        if kept is not None:
            self._count(account, 1, kept)

    def removed(self, account: str, size: int) -> None:
        """Count a file no more that was kept."""
        self._count(account, -1, -size)

    def move(self, account: str, to: str, size: int) -> None:
        """Let what an account has kept be another's: one that is gone has the empty name."""
        self._count(account, 0, -size)
        self._count(to, 0, size)

    def kept_by(self, account: str) -> int:
        """Return the bytes that the account has kept."""
        return self._kept.get(account, 0)

    def _count(self, account: str, count: int, size: int) -> None:
        self.count += count
        self.size += size
        kept = self._kept.pop(account, 0) + size
        if kept > 0:
            self._kept[account] = kept

    def _lacking(self, account: str, size: int, more: int, bounds: Bounds) -> Shortage | None:
        if size > bounds.file_bytes:
            return Shortage.FILE
        own = self.kept_by(account) + sum(self._underway.get(account, ()))
        if own + more > bounds.account_bytes:
            return Shortage.ACCOUNT
        everybody = self.size + sum(sum(sizes) for sizes in self._underway.values())
        if everybody + more > bounds.total_bytes:
            return Shortage.TOTAL
        return None
