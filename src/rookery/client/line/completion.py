"""What Tab offers: commands, names and rooms, as far as they are known here."""

from __future__ import annotations

import os.path
from typing import TYPE_CHECKING

from rookery.client.line.commands import COMMANDS
from rookery.client.shown import plain_room
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rookery.client.line.talk import Talk


def complete(talk: Talk, before: str) -> tuple[str, list[str]]:
    """Return what to put behind `before`, the text up to the cursor, and the words it may mean.

    Where there is one word, it is completed with a blank behind it.
    """
    start, _, word = before.rpartition(" ")
    words = sorted(
        {one for one in _words(talk, start.strip()) if fold(one).startswith(fold(word))},
        key=fold,
    )
    if not word and len(words) > 1 and start:
        return "", words
    if len(words) == 1:
        return words[0][len(word) :] + " ", words
    return os.path.commonprefix([fold(one) for one in words])[len(word) :], words  # noqa: RUF071 - letters are meant


def _words(talk: Talk, start: str) -> Iterable[str]:
    """Return the words that may stand behind `start`."""
    if talk.has_question:
        return _names(talk)
    if talk.room:
        room = talk.model.rooms.get(talk.room)
        return room.members.values() if room is not None else ()
    match start.lower():
        case "":
            return COMMANDS
        case "message":
            return _names(talk)
        case "help":
            return COMMANDS
        case "join" | "who":
            return (plain_room(room.name) for room in talk.model.rooms)
        case _:
            return ()


def _names(talk: Talk) -> Iterable[str]:
    return talk.model.known_names()
