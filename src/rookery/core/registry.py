"""What the world knows of accounts beyond their names; only `world.World.apply` changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.core.account import AccountSettings

if TYPE_CHECKING:
    from rookery.core.account import Pending

NO_CHOICES = AccountSettings()


class Registry:
    """Choices, certificates and registrations that wait; keys are those of accounts."""

    __slots__ = ("certificates", "given_up", "pending", "settings")

    def __init__(self) -> None:
        self.settings: dict[str, AccountSettings] = {}
        self.certificates: dict[str, str] = {}
        """Fingerprint (SHA-256 of the DER, in hexadecimal) to the account it proves."""
        self.pending: dict[str, Pending] = {}
        """Registrations that wait for their code, in the order of their expiry."""
        self.given_up: dict[str, int] = {}
        """Names to the id up to which what an earlier owner, or a guest, got is not the owner's."""

    def generation(self, key: str) -> int:
        """Return a number that is another one when the account has gone, whoever has it now."""
        return self.given_up.get(key, 0)

    def settings_of(self, key: str) -> AccountSettings:
        """Return what the account's owner has chosen."""
        return self.settings.get(key, NO_CHOICES)

    def fingerprints(self, key: str) -> list[str]:
        """Return the certificates of an account."""
        return [one for one, owner in self.certificates.items() if owner == key]
