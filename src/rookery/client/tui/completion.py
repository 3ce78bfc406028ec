"""What Tab makes of the word before the cursor: names, rooms, /commands and :emoji:."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.client.tui.emoji import found
from rookery.client.tui.legible import legible
from rookery.client.tui.slash import COMMANDS
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_CHOICES: Final = 20
_ROOM_COMMANDS: Final = ("/join ", "/leave ", "/jump ")


class Choices(NamedTuple):
    """What may stand from `start` to the cursor, likeliest first."""

    start: int
    words: tuple[str, ...]


def choices(before: str, names: Sequence[str], rooms: Iterable[str]) -> Choices:
    """Return what may be meant by the text `before` the cursor.

    `names` come in the order of likeliness. A name at the beginning gets a colon behind it.
    """
    start = max(before.rfind(sign) for sign in " \n") + 1
    word = before[start:]
    if word.startswith("/") and not start:
        words = tuple(f"/{name} " for name in COMMANDS if name.startswith(word[1:].lower()))
    elif word.startswith(":") and len(word) > 1:
        words = tuple(f"{sign} " for _, sign in found(word, MAX_CHOICES))
    elif word.startswith("#"):
        words = _matching(rooms, word, "", " ")
    elif before.startswith(_ROOM_COMMANDS) and " " not in before[:start].rstrip():
        with_sign = _matching(rooms, f"#{word}", "", " ")
        words = (*with_sign, *_matching(names, word, "", " "))
    elif word.startswith("@"):
        words = _matching(names, word[1:], "@", " ")
    else:
        words = _matching(names, word, "", " " if start else ": ") if word else ()
    return Choices(start, words[:MAX_CHOICES])


def _matching(every: Iterable[str], word: str, front: str, behind: str) -> tuple[str, ...]:
    # What is not legible would act on the terminal as soon as it stood in the input.
    fitting = [one for one in every if fold(one).startswith(fold(word)) and legible(one) == one]
    return tuple(f"{front}{one}{behind}" for one in fitting)
