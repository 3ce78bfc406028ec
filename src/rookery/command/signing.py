"""What is known of a connection before it has signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.core.names import Name

if TYPE_CHECKING:
    from rookery.deliver.session import Session

CAP_VALUES_VERSION: Final = 302
"""From this CAP LS version on, capabilities are listed with their values."""


class Signing:
    """The pieces of a sign-in, in whatever order they come; dropped when it is complete."""

    __slots__ = (
        "account",
        "away",
        "cap_version",
        "has_user",
        "is_negotiating",
        "nick",
        "password",
        "realname",
        "username",
    )

    def __init__(self) -> None:
        self.nick: Name | None = None
        self.username = ""
        self.realname = ""
        self.has_user = False
        self.password = ""
        self.is_negotiating = False
        self.cap_version = 0
        self.away = ""
        """What AWAY said already (IRCv3 draft/pre-away)."""
        self.account: Name | None = None
        """The account that was proven by SASL or REGISTER."""


def signing_of(session: Session) -> Signing | None:
    """Return what is known of the sign-in under way; None once it is complete."""
    signing = session.signing
    assert signing is None or isinstance(signing, Signing)
    return signing


def account_of(session: Session) -> Name | None:
    """Return the account the session is signed in to, before or after the welcome."""
    signing = signing_of(session)
    if signing is not None:
        return signing.account
    user = session.user
    if user is None or not user.account:
        return None
    return Name(user.account, user.account_key)
