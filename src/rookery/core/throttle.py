"""Back-off after failed tries: the longer somebody guesses, the longer each guess must wait.

A try counts as failed from its beginning until it succeeds, so that tries made at the same time
count each. Times are milliseconds since 1970, and arguments.
"""

from __future__ import annotations

from typing import Final, NamedTuple

MAX_KEYS: Final = 10_000
"""How many names or addresses are remembered; the one that was quiet longest is forgotten first."""
MAX_DOUBLINGS: Final = 30


class Pace(NamedTuple):
    """How tries are slowed down; `free_tries` of 0 slows none."""

    free_tries: int
    first_wait_ms: int
    """After the first failure that is not free; each further one doubles it."""
    max_wait_ms: int
    forget_after_ms: int
    """So long after the last try all is forgotten."""


class _Record(NamedTuple):
    failures: int
    last_at_ms: int


class Throttle:
    """Counts the tries of each key (an address, an account)."""

    __slots__ = ("_records", "pace")

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._records: dict[str, _Record] = {}

    def wait_ms(self, key: str, now_ms: int) -> int:
        """Return how long `key` must wait until its next try; 0 when it may try now."""
        record = self._current(key, now_ms)
        pace = self.pace
        if not pace.free_tries or record.failures < pace.free_tries:
            return 0
        doublings = min(record.failures - pace.free_tries, MAX_DOUBLINGS)
        pause_ms = min(pace.first_wait_ms << doublings, pace.max_wait_ms)
        return max(0, record.last_at_ms + pause_ms - now_ms)

    def tried(self, key: str, now_ms: int) -> None:
        """Count a try that begins now."""
        failures = self._current(key, now_ms).failures + 1
        self._records.pop(key, None)
        self._records[key] = _Record(failures, now_ms)
        if len(self._records) > MAX_KEYS:
            del self._records[next(iter(self._records))]

    def succeeded(self, key: str) -> None:
        """Forget the failures of `key`."""
        self._records.pop(key, None)

    def take_back(self, key: str) -> None:
        """Count a try less: it was never carried out, or it was no guess."""
        record = self._records.get(key)
        if record is not None and record.failures > 1:
            self._records[key] = record._replace(failures=record.failures - 1)
        else:
            self._records.pop(key, None)

    def _current(self, key: str, now_ms: int) -> _Record:
        record = self._records.get(key, _Record(0, now_ms))
        if now_ms - record.last_at_ms > self.pace.forget_after_ms:
            return _Record(0, now_ms)
        return record


class LoginThrottle:
    """Slows guessing down by address and by account.

    An account that somebody guesses at must not lock out its owner: from an address where the
    account has signed in before, only the address counts.
    """

    __slots__ = ("_accounts", "_addresses", "_known")

    def __init__(self, by_address: Pace, by_account: Pace) -> None:
        self._addresses = Throttle(by_address)
        self._accounts = Throttle(by_account)
        self._known: dict[tuple[str, str], None] = {}

    def obey(self, by_address: Pace, by_account: Pace) -> None:
        """Take other paces; what was counted stays."""
        self._addresses.pace, self._accounts.pace = by_address, by_account

    def wait_ms(self, address: str, account: str, now_ms: int) -> int:
        """Return how long a try must wait; an empty `address` is never slowed."""
        wait_ms = self._addresses.wait_ms(address, now_ms) if address else 0
        if not address or (address, account) in self._known:
            return wait_ms
        return max(wait_ms, self._accounts.wait_ms(account, now_ms))

    def tried(self, address: str, account: str, now_ms: int) -> None:
        """Count a try that begins now."""
        if address:
            self._addresses.tried(address, now_ms)
            self._accounts.tried(account, now_ms)

    def succeeded(self, address: str, account: str) -> None:
        """Forget the account's failures, and this one try of the address.

        Whoever has one account must not wash away guesses at others with it.
        """
        if not address:
            return
        self._accounts.succeeded(account)
        self._addresses.take_back(address)
        self._known.pop((address, account), None)
        self._known[address, account] = None
        if len(self._known) > MAX_KEYS:
            del self._known[next(iter(self._known))]

    def take_back(self, address: str, account: str) -> None:
        """Count a try less that was never carried out."""
        if address:
            self._addresses.take_back(address)
            self._accounts.take_back(account)
