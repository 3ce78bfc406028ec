"""A room: its members and their ranks, its topic, modes and lists, and what accounts keep there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rookery.core.masks import Entry
    from rookery.core.names import Name
    from rookery.core.user import User

FOUNDER: Final = 1 << 4
ADMIN: Final = 1 << 3
OPERATOR: Final = 1 << 2
HALF_OPERATOR: Final = 1 << 1
VOICE: Final = 1 << 0
"""A higher rank is a higher bit: `rank >= OPERATOR` is "operator or more"."""

RANKS: Final = (
    (FOUNDER, "q", "~"),
    (ADMIN, "a", "&"),
    (OPERATOR, "o", "@"),
    (HALF_OPERATOR, "h", "%"),
    (VOICE, "v", "+"),
)
"""Rank bit, mode letter, prefix; highest first. RPL_ISUPPORT `PREFIX`."""

MEMBERS_ONLY: Final = 1 << 0
JUDGED: Final = 1 << 1
"""Bits of `Room.gate`: what stands between a person and a message. Any rule that may hold up a
member is JUDGED."""
_JUDGING_FLAGS: Final = frozenset("mMRUC")

DEFAULT_FLAGS: Final = frozenset("nt")
"""A new room takes messages from members only, and its topic from operators only."""


class Room:
    """What the world knows of a room; only `world.World.apply` changes it."""

    __slots__ = (
        "_flags",
        "created_at_ms",
        "entered",
        "floor_id",
        "forward",
        "founder",
        "gate",
        "is_stored",
        "key",
        "kept_ranks",
        "limit",
        "lists",
        "members",
        "metadata",
        "name",
        "password",
        "since",
        "topic",
        "topic_at_ms",
        "topic_by",
        "verdicts",
    )

    def __init__(self, name: Name, created_at_ms: int) -> None:
        self.name = name.text
        self.key = name.key
        self.created_at_ms = created_at_ms
        self.founder = ""
        """Key of the account that owns the room; empty for none."""
        self.members: dict[User, int] = {}
        """Member to rank bits."""
        self.kept_ranks: dict[str, int] = {}
        """Account to the rank that it has whenever it enters."""
        self.metadata: dict[str, str] = {}
        """What the room says about itself (METADATA)."""
        self.topic = ""
        self.topic_by = ""
        self.topic_at_ms = 0
        self.password = ""
        self.limit = 0
        self.forward = ""
        """Name of the room to which those are sent who may not enter; empty for none."""
        self.lists: dict[str, dict[str, Entry]] = {"b": {}, "e": {}, "I": {}}
        """Mode letter to the masks in it, by `masks.key`."""
        self.floor_id = 0
        """What was said up to this id was said in private: see `access.history_floor`."""
        self.since: dict[str, int] = {}
        """Account to the id from which it may read what was said while the room was private."""
        self.entered: dict[User, int] = {}
        """The same for members, for as long as they are in the room."""
        self.verdicts: dict[tuple[str, str], bool] = {}
        """Whether a person (source, account) is banned or muted, as far as it was asked."""
        self.is_stored = False
        self.gate = 0
        self.flags = DEFAULT_FLAGS

    @property
    def flags(self) -> frozenset[str]:
        """The letters of the flags that are set."""
        return self._flags

    @flags.setter
    def flags(self, letters: frozenset[str]) -> None:
        self._flags = letters
        self.judge_anew()

    def judge_anew(self) -> None:
        """Work out the gate again; call after a change of `lists`."""
        self.verdicts.clear()
        is_judged = bool(self.lists["b"]) or not self._flags.isdisjoint(_JUDGING_FLAGS)
        self.gate = MEMBERS_ONLY * ("n" in self._flags) | JUDGED * is_judged

    @property
    def is_private(self) -> bool:
        """Whether people must be let in one by one."""
        return bool(self.password) or "i" in self._flags

    @property
    def is_registered(self) -> bool:
        """Whether the founder has claimed it for good (`r`)."""
        return "r" in self._flags

    @property
    def is_memorable(self) -> bool:
        """Whether the room, or what must not be read of it, outlives its last member."""
        return bool(self.founder or self.floor_id) or self.is_private

    @property
    def is_there(self) -> bool:
        """Whether the room is more than a memory: it has members or an owner."""
        return bool(self.members or self.founder)


def prefixes(rank: int, *, all_ranks: bool) -> str:
    """Return the prefixes of `rank`, highest first; only the highest without `all_ranks`."""
    signs = "".join(sign for bit, _, sign in RANKS if rank & bit)
    return signs if all_ranks else signs[:1]
