"""What an account's owner may choose, and what waits to be verified.

Both are kept as JSON in the account's row (`AccountRow.settings`). An account that waits cannot be
signed in to and reserves no nick; its name is free again when its code has expired.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Presence:
    """Who an always-on person was and where, so that a start can put them there again."""

    username: str = ""
    realname: str = ""
    host: str = ""
    rooms: dict[str, int] = field(default_factory=dict)
    """Room name to rank."""


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """The owner's choices; None leaves it to the server."""

    always_on: bool | None = None
    multiclient: bool | None = None
    presence: Presence | None = None
    """Kept for whoever is always on."""

    def dumps(self) -> str:
        """Return the settings as JSON; empty where nothing was chosen."""
        kept: dict[str, Any] = {}
        if self.always_on is not None:
            kept["always_on"] = self.always_on
        if self.multiclient is not None:
            kept["multiclient"] = self.multiclient
        if self.presence is not None:
            one = self.presence
            kept["presence"] = [one.username, one.realname, one.host, one.rooms]
        return json.dumps(kept, ensure_ascii=False) if kept else ""


def loads(text: str) -> AccountSettings:
    """Return what `AccountSettings.dumps` wrote."""
    kept = json.loads(text or "{}")
    presence = kept.get("presence")
    return AccountSettings(
        kept.get("always_on"), kept.get("multiclient"), Presence(*presence) if presence else None
    )


def is_chosen(policy: str, choice: bool | None) -> bool:  # noqa: FBT001 - three values, one is none
    """Return what holds under a policy of `off`, `opt-in`, `opt-out` or `always`."""
    if policy in {"off", "always"}:
        return policy == "always"
    return policy == "opt-out" if choice is None else choice


@dataclass(frozen=True, slots=True)
class Pending:
    """A registration that waits for its code, of which only the digest is kept."""

    name: str
    code_digest: str
    expires_at_ms: int

    def is_expired(self, now_ms: int) -> bool:
        """Return whether the name is free again."""
        return now_ms >= self.expires_at_ms

    def is_right(self, digest: str, now_ms: int) -> bool:
        """Return whether the code with this digest completes the registration now."""
        is_same = hmac.compare_digest(self.code_digest, digest)
        return is_same and not self.is_expired(now_ms)

    def dumps(self) -> str:
        """Return the registration as JSON."""
        return json.dumps({"verify": [self.code_digest, self.expires_at_ms]})


def loads_pending(name: str, text: str) -> Pending:
    """Return what `Pending.dumps` wrote; without it, a registration that has expired."""
    digest, expires_at_ms = json.loads(text or "{}").get("verify", ("", 0))
    return Pending(name, digest, expires_at_ms)
