"""Who enters and leaves the rooms that I am in, and what they are called.

Source: modern IRC "Channel Operations"; IRCv3 extended-join, multi-prefix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.client import history, ranks
from rookery.client.shown import Entered, Joined, Left, Renamed, Topic, Went, Why
from rookery.wire.casefold import fold
from rookery.wire.message import Message
from rookery.wire.standard import TAG_TIME

if TYPE_CHECKING:
    from rookery.client.model import Model
    from rookery.client.requests import Request
    from rookery.client.rooms import Room


def nick_of(message: Message) -> str:
    """Return who a message is from."""
    return message.source.partition("!")[0]


def join(model: Model, message: Message, _: Request | None) -> None:
    """Somebody enters a room, perhaps I."""
    nick, name = nick_of(message), message.params[0]
    if not model.is_me(nick):
        room = model.rooms.get(name)
        if room is not None:
            room.members[fold(nick)] = nick
            if room.is_wanted:
                model.show(Joined(room.name, nick))
        return
    model.source = message.source
    room = model.rooms.take(name)
    room.name = name
    room.is_in = room.is_listing = True
    room.members.clear()
    room.ranks.clear()
    room.is_wanted = room.is_wanted or model.is_full
    history.begin(model, room)
    if room.catch_up is None:
        room.heard("", message.tags.get(TAG_TIME, ""))


def names(model: Model, message: Message, _: Request | None) -> None:
    """Some of a room's members."""
    room = model.rooms.get(message.params[2])
    if room is None:
        return
    if not room.is_listing:
        room.is_listing = True
        room.members.clear()
    signs = "".join(ranks.signs(model.isupport).values())
    for word in message.params[-1].split():
        ranked = word.partition("!")[0]
        nick = ranked.lstrip(signs)
        room.members[fold(nick)] = nick
        room.ranks[fold(nick)] = ranked[: len(ranked) - len(nick)]


def end_of_names(model: Model, message: Message, _: Request | None) -> None:
    """All members of a room are named."""
    room = model.rooms.get(message.params[1])
    if room is None or not room.is_in:
        return
    room.is_listing = False
    if room.catch_up is not None:
        history.fetch(model, room)
        why = Why.ASKED if room.is_asked else Why.RETURNED
    elif room.is_asked:
        why = Why.ASKED
    else:
        why = Why.RETURNED if model.returning.is_entering else Why.ELSEWHERE
    room.is_asked = False
    model.show(Entered(room.name, tuple(room.members.values()), why))


def part(model: Model, message: Message, _: Request | None) -> None:
    """Somebody leaves a room."""
    room = model.rooms.get(message.params[0])
    if room is not None:
        _out(model, room, nick_of(message), "", "")


def kick(model: Model, message: Message, _: Request | None) -> None:
    """Somebody is removed from a room."""
    room = model.rooms.get(message.params[0])
    if room is not None:
        reason = message.params[2] if len(message.params) > 2 else ""  # noqa: PLR2004 - optional
        _out(model, room, message.params[1], nick_of(message), reason)


def _out(model: Model, room: Room, nick: str, by: str, reason: str) -> None:
    if model.is_me(nick):
        history.finish(model, room)
        model.rooms.forget(room)
        if not room.is_left_quietly:
            model.show(Went(room.name, by, reason))
    elif room.members.pop(fold(nick), None) is not None and room.is_wanted:
        model.show(Left(room.name, nick))


def quit_(model: Model, message: Message, _: Request | None) -> None:
    """Somebody leaves the server."""
    nick = nick_of(message)
    if not model.is_me(nick):
        for room in model.rooms:
            _out(model, room, nick, "", "")


def renamed(model: Model, message: Message, _: Request | None) -> None:
    """Somebody takes another name."""
    before, after = nick_of(message), message.params[0]
    is_me = model.is_me(before)
    if is_me:
        model.nick = after
    is_near = is_me
    for room in model.rooms:
        if room.members.pop(fold(before), None) is not None:
            room.members[fold(after)] = after
            room.ranks[fold(after)] = room.ranks.pop(fold(before), "")
            is_near = is_near or room.is_wanted
    if is_near:
        model.show(Renamed(before, after, is_me))


def topic(model: Model, message: Message, _: Request | None) -> None:
    """A room gets another topic."""
    room = model.rooms.get(message.params[0])
    if room is not None:
        room.topic = message.params[1]
    if room is None or room.is_wanted:
        model.show(Topic(message.params[0], message.params[1], nick_of(message)))


def topic_there(model: Model, message: Message, _: Request | None) -> None:
    """The topic of a room that I enter."""
    room = model.rooms.get(message.params[1])
    if room is not None:
        room.topic = message.params[2]
    if room is not None and (room.is_asked or model.is_full):
        model.show(Topic(room.name, message.params[2]))
