"""The settings of operators."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from rookery.setting import about


class Operator(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One operator: what OPER must prove, and what may be done then."""

    hash: Annotated[str, msgspec.Meta(pattern=r"^(\$argon2id\$.+)?$")] = ""
    mask: str = ""
    fingerprint: Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Fa-f:]*$")] = ""
    privileges: tuple[Literal["kill", "rehash", "stats", "wallops"], ...] = (
        "kill",
        "rehash",
        "stats",
        "wallops",
    )


class Operators(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who may become an operator of the server."""

    logins: Annotated[
        dict[str, str | Operator],
        about(
            "Operators by the name that OPER gives, each with the hash of a password "
            '("rookery hash-password" makes it), or a table of hash, mask (nick!user@host), '
            "fingerprint (of a client certificate) and privileges.",
            "Nobody, until you say who.",
            form=("", 'a table like {ann = "$argon2id$…"} or {ann = {hash = "…", mask = "…"}}'),
        ),
    ] = msgspec.field(default_factory=dict)
