"""Who has which rank in a room, as MODE changes it. Source: modern IRC, "MODE", RPL_ISUPPORT."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rookery.client.rooms import Room

_PREFIX: Final = re.compile(r"\(([^)]*)\)(.*)")
_USUAL: Final = ("qaohv", "~&@%+")
_USUAL_MODES: Final = "beI,k,l,imnpst"


def signs(isupport: dict[str, str]) -> dict[str, str]:
    """Return mode letters to signs, the highest rank first."""
    found = _PREFIX.fullmatch(isupport.get("PREFIX", ""))
    letters, marks = found.groups() if found else _USUAL
    return dict(zip(letters, marks, strict=False))


def change(room: Room, params: Sequence[str], isupport: dict[str, str]) -> None:
    """Let the modes `params` change the ranks in `room`."""
    sign_of = signs(isupport)
    order = list(sign_of.values())
    for is_added, letter, argument in _changes(params, set(sign_of), isupport):
        nick = fold(argument)
        if letter not in sign_of or nick not in room.members:
            continue
        held = set(room.ranks.get(nick, ""))
        held = held | {sign_of[letter]} if is_added else held - {sign_of[letter]}
        room.ranks[nick] = "".join(sorted(held, key=order.index))


def _changes(
    params: Sequence[str], rank_letters: set[str], isupport: dict[str, str]
) -> Iterator[tuple[bool, str, str]]:
    kinds = [*isupport.get("CHANMODES", _USUAL_MODES).split(","), "", "", ""]
    always = set(kinds[0]) | set(kinds[1]) | rank_letters
    arguments = list(params[1:])
    is_added = True
    for letter in params[0]:
        if letter in "+-":
            is_added = letter == "+"
            continue
        has_argument = letter in always or (is_added and letter in kinds[2])
        argument = arguments.pop(0) if has_argument and arguments else ""
        yield is_added, letter, argument
