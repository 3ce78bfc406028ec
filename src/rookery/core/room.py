"""A room: its members with their ranks, its topic and its modes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rookery.core.names import Name
    from rookery.core.user import User

OPERATOR: Final = 1 << 1
VOICE: Final = 1 << 0

RANKS: Final = ((OPERATOR, "o", "@"), (VOICE, "v", "+"))
"""Rank bit, mode letter, prefix; highest first. RPL_ISUPPORT `PREFIX`."""


class Room:
    """What the world knows of a room; only `world.World.apply` changes it."""

    __slots__ = (
        "created_at_ms",
        "flags",
        "founder",
        "key",
        "limit",
        "members",
        "name",
        "password",
        "topic",
        "topic_at_ms",
        "topic_by",
    )

    def __init__(self, name: Name, created_at_ms: int) -> None:
        self.name = name.text
        self.key = name.key
        self.created_at_ms = created_at_ms
        self.founder = ""
        self.members: dict[User, int] = {}
        """Member to rank bits."""
        self.topic = ""
        self.topic_by = ""
        self.topic_at_ms = 0
        self.flags: frozenset[str] = DEFAULT_FLAGS
        self.password = ""
        self.limit = 0

    @property
    def is_memorable(self) -> bool:
        """Whether the room outlives its last member."""
        return bool(
            self.founder or self.topic or self.password or self.limit or self.flags != DEFAULT_FLAGS
        )


DEFAULT_FLAGS: Final = frozenset("nt")
"""A new room takes messages from members only, and its topic from operators only."""


def prefixes(rank: int, *, all_ranks: bool) -> str:
    """Return the prefixes of `rank`, highest first; only the highest without `all_ranks`."""
    signs = "".join(sign for bit, _, sign in RANKS if rank & bit)
    return signs if all_ranks else signs[:1]
