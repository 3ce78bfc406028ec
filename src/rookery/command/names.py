"""Names as commands take them: folded here, checked by the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.core import names
from rookery.core.refusal import Reason, Refusal
from rookery.wire.casefold import fold
from rookery.wire.standard import CHANTYPES

if TYPE_CHECKING:
    from rookery.command.node import Node
    from rookery.core.names import Name
    from rookery.core.room import Room
    from rookery.core.user import User


SERVICES: Final = {"nickserv": "NickServ", "chanserv": "ChanServ", "histserv": "HistServ"}
"""Folded names that nobody can have, and how they are shown: people's clients write to them."""


def is_room_name(text: str) -> bool:
    """Return whether `text` names a room rather than a person."""
    return text[:1] in CHANTYPES and text != ""


def nick(node: Node, text: str) -> Name:
    """Return a nick that may be used; raises `Refusal` NO_NICK_GIVEN or BAD_NICK."""
    key = fold(text)
    if key in SERVICES:
        raise Refusal(Reason.BAD_NICK, text)
    rules = node.rules
    return names.nick(text, key, rules.nick_max_chars, is_unicode=rules.is_unicode)


def room_name(node: Node, text: str) -> Name:
    """Return a room name that may be used; raises `Refusal` BAD_ROOM_NAME."""
    return names.room_name(text, fold(text), node.rules.room_max_chars)


def room(node: Node, text: str) -> Room:
    """Return the room of that name; raises `Refusal` NO_SUCH_ROOM."""
    there = node.world.rooms.get(fold(text))
    if there is None or not there.is_there:
        raise Refusal(Reason.NO_SUCH_ROOM, text or "*")
    return there


def person(node: Node, text: str) -> User:
    """Return who holds the nick now; raises `Refusal` NO_SUCH_NICK."""
    there = node.world.users.get(fold(text))
    if there is None:
        raise Refusal(Reason.NO_SUCH_NICK, text or "*")
    return there
