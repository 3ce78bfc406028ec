"""What a full-screen client notices of a line beyond what the line client shows.

Each row reads one message as it comes, before it changes what the model knows: who leaves the
server is still a member of the rooms that are told. `item` reads the same of history.
Source: modern IRC; IRCv3 draft/react, typing, draft/message-redaction, draft/read-marker,
away-notify, monitor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from rookery.client import history, ranks
from rookery.client.comings import nick_of
from rookery.client.happened import (
    Event,
    Happened,
    MembersChanged,
    Near,
    Presence,
    Reacted,
    ReadTo,
    Redacted,
    Typing,
    What,
)
from rookery.client.rooms import is_room
from rookery.client.wire_time import to_ms
from rookery.wire import numerics as num
from rookery.wire import standard as std
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.client.happened import Item
    from rookery.client.model import Model
    from rookery.wire.message import Message


def hear(model: Model, message: Message) -> None:
    """Show what the message tells; nothing where it tells nothing of this kind."""
    row = _HEAR.get(message.command)
    if row is not None and len(message.params) >= row[0]:
        row[1](model, message)


def item(model: Model, message: Message, target: str) -> Item | None:
    """Return a line of the history of `target`; None for what is shown in no conversation."""
    if message.command in {"PRIVMSG", "NOTICE"}:
        return history.said(model, message)
    if message.command == "TAGMSG":
        return _reaction(model, message)
    return _event(message, target)


def _conversation(model: Model, message: Message) -> str:
    """Return the conversation that a message to `params[0]` belongs to."""
    target, nick = message.params[0], nick_of(message)
    if is_room(target) or model.is_me(nick):
        return target
    return nick


def _at_ms(message: Message) -> int | None:
    return to_ms(message.tags.get(std.TAG_TIME, ""))


def _event(message: Message, room: str) -> Happened | None:
    """Return an event of a room; None where the message is none."""
    params = message.params
    reason = params[-1] if len(params) > 1 else ""
    match message.command:
        case "JOIN":
            event = Event(What.JOINED)
        case "PART":
            event = Event(What.LEFT, detail=reason)
        case "QUIT":
            event = Event(What.QUIT, detail=params[0] if params else "")
        case "KICK" if len(params) > 1:
            detail = params[2] if len(params) > 2 else ""  # noqa: PLR2004 - an optional reason
            event = Event(What.REMOVED, params[1], detail)
        case "NICK" if params:
            event = Event(What.RENAMED, params[0])
        case "TOPIC" if len(params) > 1:
            event = Event(What.TOPIC, detail=reason)
        # What a server gives by itself, as a rank on entry, is nothing that somebody did.
        case "MODE" if len(params) > 1 and "!" in message.source:
            event = Event(What.MODE, detail=" ".join(params[1:]))
        case _:
            return None
    tags = message.tags
    msgid, account = tags.get(std.TAG_MSGID, ""), tags.get(std.TAG_ACCOUNT, "")
    return Happened(room, nick_of(message), event, _at_ms(message), msgid, account)


def _in_room(model: Model, message: Message) -> None:
    name = message.params[0]
    room = model.rooms.get(name)
    happened = _event(message, room.name if room is not None else name)
    if happened is not None and is_room(name):
        model.show(happened)


def _mode(model: Model, message: Message) -> None:
    _in_room(model, message)
    room = model.rooms.get(message.params[0])
    if room is not None:
        ranks.change(room, message.params[1:], model.isupport)
        model.show(MembersChanged(room.name))


def _everywhere(model: Model, message: Message) -> None:
    """Show an event in every room where its person is."""
    for room in model.rooms:
        happened = _event(message, room.name)
        if happened is not None and fold(nick_of(message)) in room.members:
            model.show(happened)


def _join(model: Model, message: Message) -> None:
    _in_room(model, message)
    _near(model, nick_of(message), Presence.HERE)


def _quit(model: Model, message: Message) -> None:
    _everywhere(model, message)
    if not model.is_me(nick_of(message)):
        _near(model, nick_of(message), Presence.GONE)


def _renamed(model: Model, message: Message) -> None:
    _everywhere(model, message)
    presence = model.presence.pop(fold(nick_of(message)), Presence.HERE)
    _near(model, message.params[0], presence)


def _away(model: Model, message: Message) -> None:
    _near(model, nick_of(message), Presence.AWAY if message.params else Presence.HERE)


def _monitored(model: Model, message: Message) -> None:
    is_here = message.command == num.RPL_MONONLINE
    for mask in message.params[-1].split(","):
        nick = mask.partition("!")[0]
        is_away = model.presence.get(fold(nick)) is Presence.AWAY
        here = Presence.AWAY if is_away else Presence.HERE
        _near(model, nick, here if is_here else Presence.GONE)


def _near(model: Model, nick: str, presence: Presence) -> None:
    if model.presence.get(fold(nick)) is not presence:
        model.presence[fold(nick)] = presence
        model.show(Near(nick, presence))


def _tagged(model: Model, message: Message) -> None:
    """Show a reaction, or that somebody types."""
    state = message.tags.get(std.TAG_TYPING, "")
    nick = nick_of(message)
    if state and not model.is_me(nick):
        is_active, is_paused = state == "active", state == "paused"
        model.show(Typing(_conversation(model, message), nick, is_active, is_paused))
    reacted = _reaction(model, message)
    if reacted is not None:
        model.show(reacted)


def _reaction(model: Model, message: Message) -> Reacted | None:
    tags = message.tags
    given, taken = tags.get(std.TAG_REACT, ""), tags.get(std.TAG_UNREACT, "")
    to_msgid = tags.get(std.TAG_REPLY, "") or tags.get(std.TAG_REPLY_RATIFIED, "")
    if not (given or taken) or not to_msgid or not message.params:
        return None
    return Reacted(
        _conversation(model, message),
        to_msgid,
        given or taken,
        nick_of(message),
        _at_ms(message),
        tags.get(std.TAG_MSGID, ""),
        is_taken_back=not given,
    )


def _redacted(model: Model, message: Message) -> None:
    reason = message.params[2] if len(message.params) > 2 else ""  # noqa: PLR2004 - optional
    target = _conversation(model, message)
    model.show(Redacted(target, message.params[1], nick_of(message), reason))


def _read(model: Model, message: Message) -> None:
    at_ms = to_ms(message.params[1].partition("=")[2])
    model.show(ReadTo(message.params[0], at_ms or 0))


_Hearer: TypeAlias = "Callable[[Model, Message], None]"
_HEAR: Final[dict[str, tuple[int, _Hearer]]] = {
    "JOIN": (1, _join),
    "PART": (1, _in_room),
    "KICK": (2, _in_room),
    "TOPIC": (2, _in_room),
    "MODE": (2, _mode),
    "QUIT": (0, _quit),
    "NICK": (1, _renamed),
    "AWAY": (0, _away),
    "TAGMSG": (1, _tagged),
    "REDACT": (2, _redacted),
    "MARKREAD": (2, _read),
    num.RPL_MONONLINE: (2, _monitored),
    num.RPL_MONOFFLINE: (2, _monitored),
}
