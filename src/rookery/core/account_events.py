"""What happened to accounts: they change the registry, and hardly anybody is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from rookery.core.account import AccountSettings, Pending
    from rookery.core.room import Room


@dataclass(frozen=True, slots=True)
class NamePending:
    """A registration waits for its code, or (None) waits no longer."""

    key: str
    pending: Pending | None


@dataclass(frozen=True, slots=True)
class AccountSettingsSet:
    """An account's owner chose something else."""

    key: str
    settings: AccountSettings


@dataclass(frozen=True, slots=True)
class CertificateSet:
    """A certificate proves an account from now on, or (empty) none any more."""

    fingerprint: str
    account: str


@dataclass(frozen=True, slots=True)
class AccountRemoved:
    """An account is gone, and its name free; its rooms were dropped before."""

    key: str
    at_id: int
    """Whoever takes the name later reads no private message up to this id."""


@dataclass(frozen=True, slots=True)
class AccountRankSet:
    """An account has another rank (0: none) whenever it enters a room, also while it is away."""

    room: Room
    account: str
    rank: int


AccountChanged: TypeAlias = (
    AccountRankSet | NamePending | AccountSettingsSet | CertificateSet | AccountRemoved
)
