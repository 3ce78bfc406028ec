"""The settings of accounts that commands obey; see the reference of settings for their meaning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from rookery.core.addresses import NOBODY, Networks
from rookery.core.throttle import Pace

OFF: Final = Pace(0, 0, 0, 0)
"""The pace that slows nobody."""


class Delivery(Enum):
    """What became of a code that was to be sent."""

    SENT = auto()
    NO_SUCH_ADDRESS = auto()
    NOT_NOW = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRules:
    """How accounts are made, proven and used."""

    may_register_early: bool = True
    """Before the sign-in is complete."""
    may_choose_name: bool = False
    """An account may have another name than the nick."""
    needs_email: bool = False
    email_domains: frozenset[str] = frozenset()
    """Domains whose addresses may register; empty for all."""
    code_lifetime_ms: int = 3_600_000
    password_min_chars: int = 1
    certificates_max: int = 8
    has_client_certificates: bool = False
    """The listener asks clients for certificates, so that EXTERNAL can work."""
    is_reservation_strict: bool = True
    always_on: str = "opt-in"
    """`off`, `opt-in`, `opt-out` or `always`; so is `multiclient`."""
    multiclient: str = "opt-out"
    tries_per_session: int = 10
    is_loopback_exempt: bool = False
    exempt: Networks = NOBODY
    """Addresses that are not slowed down."""
    address_pace: Pace = OFF
    account_pace: Pace = OFF
    registration_pace: Pace = OFF


def account_registration(rules: AccountRules) -> str:
    """Return the value of draft/account-registration in CAP LS 302."""
    keys = {
        "before-connect": rules.may_register_early,
        "custom-account-name": rules.may_choose_name,
        "email-required": rules.needs_email,
    }
    return ",".join(key for key, is_so in keys.items() if is_so)
