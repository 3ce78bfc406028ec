"""Passwords: argon2id for checking them, SCRAM verifiers for proofs without them.

Hashing takes tens of milliseconds on purpose; it belongs on a thread, never on the event loop.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from rookery.wire import scram

if TYPE_CHECKING:
    from argon2 import PasswordHasher


LANES: Final = 1
"""Threads of one check. The library's four would all take turns with the event loop: a flood of
guesses on one core made a room wait three times as long (unit: threads)."""


def hashed(password: str) -> str:
    """Return the argon2id hash at the library's costs, for a setting."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - slow, and needed here only

    return PasswordHasher(parallelism=LANES).hash(password)


class Argon2Passwords:
    """argon2id; the costs count for new passwords, a hash names those it was made with."""

    def __init__(self, time_cost: int, memory_kib: int) -> None:
        self._costs = time_cost, memory_kib
        self._nobody = ""

    def hash(self, password: str) -> tuple[str, str]:
        """Return the argon2id hash and the SCRAM-SHA-256 verifier."""
        verifier = scram.derive(password, secrets.token_bytes(scram.SALT_BYTES))
        return self._hasher().hash(password), verifier.dumps()

    def is_right(self, password_hash: str, password: str) -> bool:
        """Return whether `password` is the one that was hashed."""
        from argon2.exceptions import (  # noqa: PLC0415 - see _hasher
            InvalidHashError,
            VerificationError,
        )

        try:
            return self._hasher().verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    def waste(self, password: str) -> None:
        """Spend the time of a check, so that nobody learns which accounts exist."""
        if not self._nobody:
            self._nobody = self._hasher().hash(secrets.token_hex(16))
        self.is_right(self._nobody, password)

    def _hasher(self) -> PasswordHasher:
        """Return the hasher; its library is loaded by the first password, not by the start."""
        from argon2 import PasswordHasher  # noqa: PLC0415 - slow to load

        time_cost, memory_kib = self._costs
        return PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=LANES)
