"""Room modes as data, and the rules for changing them.

One row per mode. A handler never asks for a letter; it asks for what the row says.
Source: modern IRC, "Channel modes"; RPL_ISUPPORT `CHANMODES`, `PREFIX`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.core.refusal import Reason, Refusal
from rookery.core.room import OPERATOR, VOICE

if TYPE_CHECKING:
    from rookery.core.room import Room
    from rookery.core.user import User


class Kind(Enum):
    """How a mode takes its parameter."""

    RANK = auto()
    """A member's rank: a nick both ways."""
    SETTING = auto()
    """Type B: a parameter both ways."""
    SETTING_ON = auto()
    """Type C: a parameter when set."""
    FLAG = auto()
    """Type D: never a parameter."""


@dataclass(frozen=True, slots=True)
class Mode:
    """One room mode."""

    letter: str
    kind: Kind
    summary: str
    rank: int = 0


MODES: Final = (
    Mode("o", Kind.RANK, "Operator: may change the room's modes and topic.", OPERATOR),
    Mode("v", Kind.RANK, "Voice: may speak in a moderated room.", VOICE),
    Mode("k", Kind.SETTING, "A password that JOIN must give."),
    Mode("l", Kind.SETTING_ON, "The most members the room takes."),
    Mode("m", Kind.FLAG, "Moderated: only operators and voiced members speak."),
    Mode("n", Kind.FLAG, "No messages from outside the room."),
    Mode("s", Kind.FLAG, "Secret: shown in LIST, WHO and WHOIS to members only."),
    Mode("t", Kind.FLAG, "Only operators change the topic."),
)
BY_LETTER: Final = {mode.letter: mode for mode in MODES}


class ModeChange(NamedTuple):
    """One change: `param` is a nick, a password, a number, or empty; `member` for ranks."""

    is_on: bool
    mode: Mode
    param: str
    member: User | None = None


def letters(kind: Kind) -> str:
    """Return the letters of a kind, in the order of the table."""
    return "".join(mode.letter for mode in MODES if mode.kind is kind)


def takes_param(mode: Mode, *, is_on: bool) -> bool:
    """Return whether a change of `mode` consumes a parameter."""
    if mode.kind is Kind.SETTING_ON:
        return is_on
    return mode.kind is not Kind.FLAG


def checked(room: Room, change: ModeChange, max_key_chars: int) -> ModeChange | None:
    """Return `change` as it can be applied, None where it would change nothing.

    Raises `Refusal` BAD_KEY or BAD_MODE_PARAM.
    """
    is_on, mode, param, member = change
    if member is not None:
        has_rank = bool(room.members[member] & mode.rank)
        return None if has_rank == is_on else change
    if mode.letter == "k":
        return _checked_password(room, change, max_key_chars)
    if mode.letter == "l":
        if not is_on:
            return change if room.limit else None
        if not (param.isascii() and param.isdigit()) or not 0 < int(param) < 1 << 31:
            raise Refusal(Reason.BAD_MODE_PARAM, room.name, "l", param or "*")
        return None if room.limit == int(param) else change._replace(param=str(int(param)))
    return None if (mode.letter in room.flags) == is_on else change


def _checked_password(room: Room, change: ModeChange, max_key_chars: int) -> ModeChange | None:
    if not change.is_on:
        return change._replace(param=room.password) if room.password else None
    key = change.param
    if not key or len(key) > max_key_chars or not key.isprintable() or set(key) & set(" ,:"):
        raise Refusal(Reason.BAD_KEY, room.name)
    return None if key == room.password else change


def apply(room: Room, change: ModeChange) -> None:
    """Make a checked change; for `World.apply` only."""
    is_on, mode, param, member = change
    if member is not None:
        rank = room.members.get(member)
        if rank is not None:
            room.members[member] = rank | mode.rank if is_on else rank & ~mode.rank
    elif mode.letter == "k":
        room.password = param if is_on else ""
    elif mode.letter == "l":
        room.limit = int(param) if is_on else 0
    elif is_on:
        room.flags |= {mode.letter}
    else:
        room.flags -= {mode.letter}


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
    return ("+" + set_letters, *params)
