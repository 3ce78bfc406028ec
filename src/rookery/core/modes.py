"""Room modes as data: one row each.

A handler never asks for a letter; it asks for what the row says. `mode_changes` holds the rules
for changing them. Source: modern IRC, "Channel modes"; RPL_ISUPPORT `CHANMODES`, `PREFIX`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.core.room import ADMIN, FOUNDER, HALF_OPERATOR, OPERATOR, VOICE

if TYPE_CHECKING:
    from rookery.core.room import Room
    from rookery.core.user import User


class Kind(Enum):
    """How a mode takes its parameter."""

    RANK = auto()
    """A member's rank: a nick both ways."""
    LIST = auto()
    """Type A: a mask both ways; without one the list is shown."""
    SETTING = auto()
    """Type B: a parameter both ways."""
    SETTING_ON = auto()
    """Type C: a parameter when set."""
    FLAG = auto()
    """Type D: never a parameter."""


SERVER: Final = FOUNDER << 1
"""A rank that nobody has: what needs it is set by the server alone."""


@dataclass(frozen=True, slots=True)
class Mode:
    """One room mode; `needs` is the least rank that may set it, `rank` what a RANK mode gives."""

    letter: str
    kind: Kind
    summary: str
    needs: int = OPERATOR
    rank: int = 0


MODES: Final = (
    Mode("q", Kind.RANK, "Founder: may do everything in the room.", FOUNDER, FOUNDER),
    Mode("a", Kind.RANK, "Admin: an operator whom operators cannot remove.", FOUNDER, ADMIN),
    Mode("o", Kind.RANK, "Operator: may change modes and topic, and remove.", OPERATOR, OPERATOR),
    Mode("h", Kind.RANK, "Half operator: may remove and give voice.", OPERATOR, HALF_OPERATOR),
    Mode("v", Kind.RANK, "Voice: may speak whatever the modes say.", HALF_OPERATOR, VOICE),
    Mode("b", Kind.LIST, "Bans: who may neither enter nor speak; m:MASK only mutes."),
    Mode("e", Kind.LIST, "Exceptions: whom no ban concerns."),
    Mode("I", Kind.LIST, "Invitations: who may enter an invite-only room."),
    Mode("k", Kind.SETTING, "A password that JOIN must give."),
    Mode("f", Kind.SETTING_ON, "The room to which those are sent who may not enter."),
    Mode("l", Kind.SETTING_ON, "The most members the room takes."),
    Mode("C", Kind.FLAG, "No CTCP but ACTION."),
    Mode("H", Kind.FLAG, "Who is let in may read what was said before, also in private."),
    Mode("M", Kind.FLAG, "Only those who are signed in to an account, or have voice, speak."),
    Mode("R", Kind.FLAG, "Only those who are signed in to an account enter or speak."),
    Mode("U", Kind.FLAG, "What is said without voice reaches only half operators and above."),
    Mode("i", Kind.FLAG, "Invite-only."),
    Mode("m", Kind.FLAG, "Moderated: only operators and voiced members speak."),
    Mode("n", Kind.FLAG, "No messages from outside the room."),
    Mode("r", Kind.FLAG, "Registered: the room belongs to its founder for good.", SERVER),
    Mode("s", Kind.FLAG, "Secret: shown in LIST, WHO and WHOIS to members only."),
    Mode("t", Kind.FLAG, "Only half operators and above change the topic."),
    Mode("u", Kind.FLAG, "Auditorium: who has no rank is shown only to those who have one."),
)
BY_LETTER: Final = {mode.letter: mode for mode in MODES}


class ModeChange(NamedTuple):
    """One change: `param` is a nick, a mask, a password, a number, a room, or empty.

    `member` is for ranks; `by` and `at_ms` are for masks.
    """

    is_on: bool
    mode: Mode
    param: str
    member: User | None = None
    by: str = ""
    at_ms: int = 0

    @property
    def is_kept(self) -> bool:
        """Whether the change is one of the room itself, not of who is what in it."""
        return self.member is None


def letters(kind: Kind) -> str:
    """Return the letters of a kind, in the order of the table."""
    return "".join(mode.letter for mode in MODES if mode.kind is kind)


def takes_param(mode: Mode, *, is_on: bool) -> bool:
    """Return whether a change of `mode` consumes a parameter."""
    if mode.kind is Kind.SETTING_ON:
        return is_on
    return mode.kind is not Kind.FLAG


def shown(room: Room, *, with_password: bool) -> tuple[str, ...]:
    """Return the modes as RPL_CHANNELMODEIS shows them: the letters, then their parameters."""
    set_letters = "".join(sorted(room.flags))
    params = []
    if room.password:
        set_letters += "k"
        params.append(room.password if with_password else "*")
    if room.limit:
        set_letters += "l"
        params.append(str(room.limit))
    if room.forward:
        set_letters += "f"
        params.append(room.forward)
    return ("+" + set_letters, *params)
