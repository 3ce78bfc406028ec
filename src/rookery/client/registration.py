"""Signing in: from a fresh connection to RPL_WELCOME, one `SignIn` for each connection.

Call `start`, pass every message to `receive` until `is_in`, and send `lines` after `shown` has
been dealt with: a secret must be on disk before the server hears it.
With a secret: SASL PLAIN, then NICK. Without: NICK, and REGISTER where the server offers it, so
that the name belongs to this person from its first use on.
Source: modern IRC "Connection Registration"; IRCv3 sasl 3.2, draft/account-registration.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rookery.client import sasl
from rookery.client.negotiation import UNDERSTOOD, Negotiation
from rookery.client.shown import (
    NameRefused,
    NameTaken,
    SecretMade,
    SecretProved,
    SecretUseless,
    ShutOut,
    SignedIn,
)
from rookery.wire import numerics as num
from rookery.wire.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rookery.client.shown import Shown

REGISTRATION: Final = "draft/account-registration"
ERR_UNAVAILRESOURCE: Final = "437"
_NAME_TAKEN: Final = {num.ERR_NICKNAMEINUSE, num.ERR_NICKCOLLISION, ERR_UNAVAILRESOURCE}
_NAME_BAD: Final = {num.ERR_ERRONEUSNICKNAME, num.ERR_NONICKNAMEGIVEN}
_SHUT_OUT: Final = {"463", num.ERR_PASSWDMISMATCH, num.ERR_YOUREBANNEDCREEP}
_SASL_FAILED: Final = {num.ERR_SASLFAIL, num.ERR_SASLTOOLONG, num.ERR_SASLABORTED, "902"}
_NOT_LOOKED_AT: Final = ["AUTHENTICATE", "TEMPORARILY_UNAVAILABLE"]


@dataclass(frozen=True, slots=True)
class Identity:
    """A name and what may prove it."""

    name: str
    saved: tuple[str, ...] = ()
    """Passwords from the state folder, likeliest first."""
    given: str = ""
    """A password that the person gave now."""
    fresh: str = ""
    """A new random secret, in case the name is still nobody's; empty: do not register."""


class _Phase(enum.Enum):
    NEGOTIATING = enum.auto()
    NAMELESS = enum.auto()
    PROVING = enum.auto()
    REGISTERING = enum.auto()
    ENDING = enum.auto()
    IN = enum.auto()


class SignIn:
    """The state of one connection's registration."""

    def __init__(
        self, identity: Identity | None, server_password: str = "", understood: int = UNDERSTOOD
    ) -> None:
        self._server_password = server_password
        self.lines: list[Message] = []
        self.shown: list[Shown] = []
        self._negotiation = Negotiation(understood)
        self.nick = ""
        self.account = ""
        self._identity = identity
        self._phase = _Phase.NEGOTIATING
        self._untried: list[str] = []
        self._secret = ""
        self._is_secret_new = False
        self._is_user_sent = False
        self._is_late_registration = False
        self._stale_registers = 0

    @property
    def is_in(self) -> bool:
        """Return whether the server has welcomed us."""
        return self._phase is _Phase.IN

    @property
    def is_judged(self) -> bool:
        """Return whether the server is at a password, which may take it long."""
        return self._phase in {_Phase.PROVING, _Phase.REGISTERING}

    @property
    def caps(self) -> set[str]:
        """Return the capabilities of this connection."""
        return self._negotiation.caps

    @property
    def offered(self) -> dict[str, str]:
        """Return the capabilities that the server has, with their values."""
        return self._negotiation.offered

    @property
    def unheard_secret(self) -> str:
        """Return what may have become the password of the name: whether it did was not heard."""
        return self._secret if self._is_secret_new else ""

    def start(self) -> None:
        """Say the first lines."""
        if self._server_password:
            self.lines.append(Message("PASS", [self._server_password]))
        self.lines.append(self._negotiation.start())

    def give(self, identity: Identity) -> None:
        """Go on with this name: the first one, or another after `NameTaken` and `NameRefused`."""
        self._identity = identity
        if self._phase is _Phase.NAMELESS:
            self._prove_or_claim()

    def receive(self, message: Message) -> None:
        """Take one message; those that are not about signing in change nothing."""
        if self._phase is _Phase.NEGOTIATING:
            self.lines += self._negotiation.receive(message)
            if self._negotiation.is_settled:
                self._phase = _Phase.NAMELESS
                if self._identity is not None:
                    self._prove_or_claim()
            return
        match message.command:
            case "AUTHENTICATE":
                if self._phase is _Phase.PROVING and list(message.params) == ["+"]:
                    payload = sasl.plain(self._who.name, self._secret)
                    self.lines += [Message("AUTHENTICATE", [part]) for part in payload]
            case "REGISTER":
                self._registered(message.params)
            case "FAIL" if message.params and message.params[0] == "REGISTER":
                self._not_registered(message.params[1:])
            case "FAIL" if list(message.params[:2]) == _NOT_LOOKED_AT:
                self._put_off(message.params[-1])
            case num.RPL_LOGGEDIN if len(message.params) > 2:  # noqa: PLR2004 - nick, mask, account
                self.account = message.params[2]
            case num.RPL_WELCOME:
                self._welcome(message.params)
            case _:
                self._numeric(message)

    @property
    def _who(self) -> Identity:
        assert self._identity is not None
        return self._identity

    def _say(self, command: str, *params: str) -> None:
        self.lines.append(Message(command, params))

    def _prove_or_claim(self) -> None:
        identity = self._who
        given = (identity.given,) if identity.given else ()
        self._untried = [*given, *identity.saved]
        self._is_secret_new = False
        mechanisms = self._negotiation.offered.get("sasl", "")
        if "sasl" in self.caps and (not mechanisms or "PLAIN" in mechanisms.split(",")):
            self._try_next()
        else:
            self._claim()

    def _try_next(self) -> None:
        if not self._untried:
            self._claim()
            return
        self._secret = self._untried.pop(0)
        self._phase = _Phase.PROVING
        self._say("AUTHENTICATE", "PLAIN")

    def _claim(self) -> None:
        """Take the name without having proved it: free, or ours by registering it now."""
        self._take_name()
        can_register = REGISTRATION in self.caps
        terms = self._negotiation.offered.get(REGISTRATION, "").split(",")
        self._is_late_registration = can_register and "before-connect" not in terms
        if can_register and not self._is_late_registration and self._register():
            self._phase = _Phase.REGISTERING
        else:
            self._end()

    def _register(self) -> bool:
        identity = self._who
        known = identity.given or next(iter(identity.saved), "")
        self._secret = known or identity.fresh
        if not self._secret:
            return False
        self._is_secret_new = not known
        if self._is_secret_new:
            self.shown.append(SecretMade(identity.name, self._secret))
        self._say("REGISTER", "*", "*", self._secret)
        return True

    def _take_name(self) -> None:
        self._say("NICK", self._who.name)
        if not self._is_user_sent:
            self._is_user_sent = True
            self._say("USER", _username(self._who.name), "0", "*", self._who.name)

    def _end(self) -> None:
        self._phase = _Phase.ENDING
        self.lines += self._negotiation.end()

    def _registered(self, params: Sequence[str]) -> None:
        words = list(params)
        if words[:1] != ["SUCCESS"]:
            self._not_registered(["VERIFICATION_REQUIRED"])
            return
        self._is_secret_new = False
        self.account = words[1] if len(words) > 1 else self._who.name
        self.shown.append(SecretProved(self._who.name, self._secret))
        if self._phase is _Phase.REGISTERING:
            self._end()

    def _not_registered(self, params: Sequence[str]) -> None:
        words = list(params)
        code = words[0] if words else ""
        if self._stale_registers:
            self._stale_registers -= 1
        elif code == "ACCOUNT_EXISTS" and self._phase is _Phase.REGISTERING:
            self._taken()
        elif code == "COMPLETE_CONNECTION_REQUIRED" and self._phase is _Phase.REGISTERING:
            self._is_late_registration = True
            self._end()
        else:
            self._forget_new_secret()
            if self._phase is _Phase.REGISTERING:
                self._end()

    def _welcome(self, params: Sequence[str]) -> None:
        words = list(params)
        self.nick = words[0] if words else self._who.name
        self._phase = _Phase.IN
        self.shown.append(SignedIn(self.nick, self.account))
        if self._is_late_registration and not self.account:
            self._register()

    def _numeric(self, message: Message) -> None:
        code = message.command
        reason = message.params[-1] if message.params else ""
        if self.is_in:
            return
        if code in _NAME_TAKEN:
            self._stale_registers += self._phase is _Phase.REGISTERING
            self._taken()
        elif code in _NAME_BAD:
            self._stale_registers += self._phase is _Phase.REGISTERING
            self._forget_new_secret()
            self._phase = _Phase.NAMELESS
            self.shown.append(NameRefused(self._who.name, reason))
        elif code in {num.RPL_SASLSUCCESS, num.ERR_SASLALREADY}:
            self._proved()
        elif code in _SASL_FAILED and self._phase is _Phase.PROVING:
            self._try_next()
        elif code in _SHUT_OUT or (code == "ERROR" and self._phase is not _Phase.NAMELESS):
            self.shown.append(ShutOut(reason, is_for_good=code in _SHUT_OUT))

    def _proved(self) -> None:
        if self._phase is not _Phase.PROVING:
            return
        self.account = self.account or self._who.name
        self.shown.append(SecretProved(self._who.name, self._secret))
        self._take_name()
        self._end()

    def _put_off(self, reason: str) -> None:
        if self._phase is _Phase.PROVING:
            self._phase = _Phase.ENDING  # The 904 behind it says nothing of the password either.
            self.shown.append(ShutOut(reason, is_for_good=False))

    def _taken(self) -> None:
        identity = self._who
        self._forget_new_secret()
        self._phase = _Phase.NAMELESS
        is_wrong = not self.account
        self.shown.append(
            NameTaken(
                identity.name,
                is_password_wrong=is_wrong and bool(identity.given),
                is_saved_wrong=is_wrong and bool(identity.saved),
            )
        )

    def _forget_new_secret(self) -> None:
        if self._is_secret_new:
            self._is_secret_new = False
            self.shown.append(SecretUseless(self._who.name, self._secret))


def _username(name: str) -> str:
    """Return what USER may carry of a name: letters and digits. Modern IRC, "USER message"."""
    return "".join(char for char in name if char.isascii() and char.isalnum())[:10] or "rookery"
