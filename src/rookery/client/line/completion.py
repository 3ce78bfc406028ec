"""What Tab offers: commands, names and rooms, as far as they are known here."""

from __future__ import annotations

import os.path
from typing import TYPE_CHECKING

from rookery.client import asking
from rookery.client.line.commands import ALIASES, COMMANDS
from rookery.client.line.questions import ROOM, TO
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
        {one for one in _words(talk, start) if fold(one).startswith(fold(word))},
        key=fold,
    )
    if not word and len(words) > 1 and start:
        return "", words
    if len(words) == 1:
        return words[0][len(word) :] + " ", words
    return os.path.commonprefix([fold(one) for one in words])[len(word) :], words  # noqa: RUF071 - letters are meant


def look_around(talk: Talk, before: str) -> None:
    """Ask who and which rooms are there, if that is what is missing to complete `before`.

    `Front.complete` is called when they are known.
    """
    start = before.rpartition(" ")[0]
    with talk.session.using() as model:
        if not model.is_online or talk.room or talk.looking or _kind(talk, start) not in {TO, ROOM}:
            return
        talk.looking = asking.look_around(model).label


def _words(talk: Talk, start: str) -> Iterable[str]:
    """Return the words that may stand behind `start`."""
    if talk.room and not talk.has_question:
        room = talk.model.rooms.get(talk.room)
        return room.members.values() if room is not None else ()
    match _kind(talk, start):
        case "help":
            return COMMANDS
        case kind if kind == TO:
            return talk.model.known_names()
        case kind if kind == ROOM:
            return map(plain_room, talk.model.known_rooms())
        case _:
            return ()


def _kind(talk: Talk, start: str) -> str:
    """Return what is wanted behind `start`: "help" for a command, or the question for it."""
    if talk.has_question:
        return talk.prompt if not start else ""
    word = start.strip().lower()
    match ALIASES.get(word, word):
        case "" | "help":
            return "help"
        case "message":
            return TO
        case "join" | "who":
            return ROOM
        case _:
            return ""
