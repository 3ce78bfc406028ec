"""Threads of which one account may keep only so many busy: what it asks for may take very long.

Whoever has a name server of their own decides how long a name takes to look up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rookery.errors import StoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.node import Pool

T = TypeVar("T")


class FairPool:
    """Shares a pool between accounts."""

    def __init__(self, pool: Pool, at_once_per_account: int) -> None:
        self._pool = pool
        self._at_once = at_once_per_account
        self._underway: dict[str, int] = {}

    def of(self, account: str) -> Pool:
        """Return the account's share, as a pool of its own."""
        return _Share(self, account)

    def run(
        self,
        account: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run `work` as `Pool.run`, or fail at once where the account has enough under way."""
        if self._underway.get(account, 0) >= self._at_once:
            failed(StoreUnavailableError("Enough of this account's is under way. Try again"))
            return
        self._underway[account] = self._underway.get(account, 0) + 1

        def then(result: T) -> None:
            self._end(account)
            done(result)

        def give_up(error: Exception) -> None:
            self._end(account)
            failed(error)

        self._pool.run(work, then, give_up)

    def _end(self, account: str) -> None:
        left = self._underway.pop(account) - 1
        if left:
            self._underway[account] = left


class _Share:
    __slots__ = ("_account", "_fair")

    def __init__(self, fair: FairPool, account: str) -> None:
        self._fair = fair
        self._account = account

    def run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        self._fair.run(self._account, work, done, failed)
