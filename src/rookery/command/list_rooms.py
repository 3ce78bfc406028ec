"""LIST: which rooms there are, chosen by name, mask, size and age.

Source: modern IRC "LIST message", RPL_ISUPPORT `ELIST`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from rookery.command.row import Command
from rookery.core.access import is_visible
from rookery.core.masks import glob
from rookery.wire import numerics as num
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rookery.command.call import Call
    from rookery.core.room import Room
    from rookery.core.world import World

ELIST: Final = "CMNTU"
_CONDITION: Final = re.compile(r"([CT]?)([<>])([0-9]{1,9})", re.IGNORECASE)
_MINUTE_MS: Final = 60_000
MAX_MASKS: Final = 10
"""Masks of one LIST; each is compared with the name of every room (unit: masks)."""


class _TooManyMasksError(Exception):
    """One LIST has more than `MAX_MASKS`."""


class _Wanted(NamedTuple):
    """What LIST was asked for: any of the names and masks, and all of the conditions."""

    names: list[str]
    masks: list[re.Pattern[str]]
    not_masks: list[re.Pattern[str]]
    conditions: list[tuple[str, str, int]]
    """What is compared (C, T, or nothing for the size), `<` or `>`, and with what number."""

    @classmethod
    def of(cls, words: Sequence[str]) -> Self:
        """Return what the parameters ask for. Raises `_TooManyMasksError`."""
        wanted = cls([], [], [], [])
        for word in (word for text in words for word in text.split(",") if word):
            condition = _CONDITION.fullmatch(word)
            if condition:
                what, sign, number = condition.groups()
                wanted.conditions.append((what.upper(), sign, int(number)))
            elif word.startswith("!"):
                wanted.not_masks.append(glob(word[1:]))
            elif "*" in word or "?" in word:
                wanted.masks.append(glob(word))
            else:
                wanted.names.append(word)
            if len(wanted.masks) + len(wanted.not_masks) > MAX_MASKS:
                raise _TooManyMasksError
        return wanted


def list_(call: Call) -> None:
    """List the rooms that the asker may see, with size and topic."""
    try:
        wanted = _Wanted.of(call.params)
    except _TooManyMasksError:
        call.fail("TOO_MANY_MASKS", f"LIST takes at most {MAX_MASKS} masks at a time")
        call.reply(num.RPL_LISTEND, "End of LIST")
        return
    call.reply(num.RPL_LISTSTART, "Channel", "Users  Name")
    for room in _candidates(call.node.world, wanted):
        if room.members and is_visible(room, call.user) and _fits(room, wanted, call.now_ms):
            call.reply(num.RPL_LIST, room.name, str(len(room.members)), room.topic)
    call.reply(num.RPL_LISTEND, "End of LIST")


def _candidates(world: World, wanted: _Wanted) -> Iterator[Room]:
    if wanted.names and not wanted.masks:
        keys = dict.fromkeys(fold(name) for name in wanted.names)
        yield from [world.rooms[key] for key in keys if key in world.rooms]
        return
    names = {fold(name) for name in wanted.names}
    for room in list(world.rooms.values()):
        is_chosen = not wanted.masks or room.key in names
        if is_chosen or any(mask.fullmatch(room.name) for mask in wanted.masks):
            yield room


def _fits(room: Room, wanted: _Wanted, now_ms: int) -> bool:
    if any(mask.fullmatch(room.name) for mask in wanted.not_masks):
        return False
    return all(_holds(room, *condition, now_ms) for condition in wanted.conditions)


def _holds(room: Room, what: str, sign: str, number: int, now_ms: int) -> bool:
    if what == "T" and not room.topic:
        return False
    if what:
        since_ms = room.created_at_ms if what == "C" else room.topic_at_ms
        value, number = now_ms - since_ms, number * _MINUTE_MS
    else:
        value = len(room.members)
    return value < number if sign == "<" else value > number


COMMANDS: Final = (
    Command(
        "LIST",
        list_,
        0,
        "LIST [#room | mask | !mask | <size | >size | C<age | C>age | T<age | T>age,...]",
        "List the rooms with their size and topic; ages (of room and topic) are in minutes.",
        "RFC 2812 §3.2.6, ELIST",
    ),
)
