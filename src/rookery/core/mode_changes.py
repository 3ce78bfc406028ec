"""The rules for changing a room's modes, and the changing itself.

A command's changes are judged in order, each on top of those before it: nothing is set twice.
Source: modern IRC "MODE message", "Channel mode".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from rookery.core import masks
from rookery.core.modes import Kind
from rookery.core.refusal import Reason, Refusal

if TYPE_CHECKING:
    from rookery.core.modes import Mode, ModeChange
    from rookery.core.room import Room
    from rookery.core.user import User

_Key: TypeAlias = "tuple[str, User | str]"

MAX_LIMIT: Final = 1 << 31


class Draft:
    """The changes of one MODE command: `add` each, then take `changes`."""

    def __init__(self, room: Room, max_key_chars: int, max_masks: int) -> None:
        self.changes: list[ModeChange] = []
        self._room = room
        self._max_key_chars = max_key_chars
        self._max_masks = max_masks
        self._after: dict[_Key, str | bool] = {}

    def add(self, change: ModeChange) -> None:
        """Take `change` in the form in which it can be applied, unless it would change nothing.

        Raises `Refusal` BAD_MODE_PARAM or LIST_FULL.
        """
        is_on, mode, param, member, _, _ = change
        subject: User | str = ""
        if member is not None:
            subject = member
        elif mode.kind is Kind.LIST:
            param = masks.normalised(param)
            if not param:
                raise bad_param(self._room, mode, change.param)
            subject = masks.key(param)
        elif mode.letter == "k" and is_on:
            self._check_password(mode, param)
        elif mode.letter == "l" and is_on:
            param = self._number(mode, param)
        key = (mode.letter, subject)
        before = self._after[key] if key in self._after else _now(self._room, mode, subject)
        is_valued = mode.kind in {Kind.SETTING, Kind.SETTING_ON}
        after: str | bool = (param if is_on else "") if is_valued else is_on
        if after == before:
            return
        if mode.kind is Kind.LIST:
            if is_on:
                self._check_space(mode)
            else:
                param = self._as_set(mode, subject, param)
        elif mode.letter == "k" and not is_on:
            param = str(before)
        elif is_valued and not is_on:
            param = ""
        self._after[key] = after
        self.changes.append(change._replace(param=param))

    def _check_password(self, mode: Mode, param: str) -> None:
        is_well_formed = param.isprintable() and not set(param) & set(" ,:")
        if not 0 < len(param) <= self._max_key_chars or not is_well_formed:
            raise bad_param(self._room, mode, param)

    def _number(self, mode: Mode, param: str) -> str:
        if not (param.isascii() and param.isdigit()) or not 0 < int(param) < MAX_LIMIT:
            raise bad_param(self._room, mode, param)
        return str(int(param))

    def _check_space(self, mode: Mode) -> None:
        count = sum(len(entries) for entries in self._room.lists.values())
        count += sum(1 if change.is_on else -1 for change in self.changes if is_mask(change))
        if count >= self._max_masks:
            raise Refusal(Reason.LIST_FULL, self._room.name, mode.letter)

    def _as_set(self, mode: Mode, subject: User | str, param: str) -> str:
        entry = self._room.lists[mode.letter].get(str(subject))
        return entry.mask if entry else param


def is_mask(change: ModeChange) -> bool:
    """Return whether the change is one of a list."""
    return change.mode.kind is Kind.LIST


def bad_param(room: Room, mode: Mode, param: str) -> Refusal:
    """Return the refusal of a parameter, which is repeated where a line can carry it."""
    is_shown = param and " " not in param and not param.startswith(":")
    return Refusal(Reason.BAD_MODE_PARAM, room.name, mode.letter, param if is_shown else "*")


def _now(room: Room, mode: Mode, subject: User | str) -> str | bool:
    match mode.kind:
        case Kind.RANK:
            return not isinstance(subject, str) and bool(room.members[subject] & mode.rank)
        case Kind.LIST:
            return subject in room.lists[mode.letter]
        case Kind.FLAG:
            return mode.letter in room.flags
        case Kind.SETTING | Kind.SETTING_ON:
            values = {"k": room.password, "l": str(room.limit or ""), "f": room.forward}
            return values[mode.letter]


def apply(room: Room, change: ModeChange) -> None:
    """Make a checked change; for `World.apply` only."""
    is_on, mode, param, member, by, at_ms = change
    match mode.kind:
        case Kind.RANK:
            assert member is not None
            _give_rank(room, member, mode.rank, is_on=is_on)
        case Kind.LIST:
            if is_on:
                room.lists[mode.letter][masks.key(param)] = masks.Entry(param, by, at_ms)
            else:
                room.lists[mode.letter].pop(masks.key(param), None)
            room.judge_anew()
        case Kind.FLAG:
            room.flags = room.flags | {mode.letter} if is_on else room.flags - {mode.letter}
        case Kind.SETTING | Kind.SETTING_ON:
            _set_value(room, mode.letter, param if is_on else "")


def _set_value(room: Room, letter: str, value: str) -> None:
    match letter:
        case "k":
            room.password = value
        case "l":
            room.limit = int(value or 0)
        case "f":
            room.forward = value


def _give_rank(room: Room, member: User, bit: int, *, is_on: bool) -> None:
    rank = room.members.get(member)
    if rank is None:
        return
    room.members[member] = rank | bit if is_on else rank & ~bit
    account = member.account_key
    if room.founder and account:
        kept = room.kept_ranks.pop(account, 0)
        kept = kept | bit if is_on else kept & ~bit
        if kept:
            room.kept_ranks[account] = kept
