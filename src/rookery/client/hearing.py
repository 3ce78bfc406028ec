"""What each message from the server means: one row per command in `_HEAR`.

`request` is the question of mine that the message answers, where there is one.
Source: modern IRC; IRCv3 extended-join, standard-replies; docs/ext.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Final, TypeAlias

from rookery.client import comings, history, units
from rookery.client.requests import Kind
from rookery.client.shown import (
    Invited,
    Kept,
    Refused,
    Said,
    Word,
)
from rookery.wire import numerics as num
from rookery.wire.casefold import fold
from rookery.wire.message import Message
from rookery.wire.standard import TAG_MSGID, TAG_TIME

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.client.model import Model
    from rookery.client.requests import Request

_ERROR: Final = re.compile(r"[45]\d\d")
_NO_ERROR: Final = {num.ERR_NOMOTD}


def is_error(message: Message) -> bool:
    """Return whether the message refuses something."""
    is_numeric = _ERROR.fullmatch(message.command) and message.command not in _NO_ERROR
    return bool(is_numeric) or message.command in {"FAIL", "NOTE"}


def hear(model: Model, message: Message, request: Request | None) -> None:
    """Take one message outside of history; what nobody needs to know is passed over."""
    row = _HEAR.get(message.command)
    if row is not None:
        min_params, hearer = row
        if len(message.params) >= min_params:
            hearer(model, message, request)
    elif is_error(message) and model.is_online:
        _error(model, message, request)


def _said(model: Model, message: Message, request: Request | None) -> None:
    if "!" not in message.source:
        if model.is_online and message.command == "NOTICE":
            model.show(Word(message.params[-1]))
        return
    one = history.said(model, message)
    if one is None:
        return
    if one.is_own:
        model.source = message.source
        request = request or model.requests.echoed(one.target, one.text)
    if request is not None and request.entry is not None:
        request.is_stored = request.is_echoed = True
        one = dataclasses.replace(one, client_id=request.entry.client_id)
    else:
        request = None
    room = model.rooms.get(one.target) if one.is_room else None
    is_elsewhere = room is not None and not room.is_wanted and request is None
    if is_elsewhere or not model.seen.is_new(one.msgid):
        return
    if one.is_room:
        _said_in_room(model, one, message)
        return
    model.wrote(one.target if one.is_own else one.sender)
    if request is None or model.is_full or model.is_me(one.target):
        model.show(one)


def _said_in_room(model: Model, one: Said, message: Message) -> None:
    room = model.rooms.get(one.target)
    if room is not None:
        if room.catch_up is not None:
            room.catch_up.live.append(one)
            return
        room.heard(message.tags.get(TAG_MSGID, ""), message.tags.get(TAG_TIME, ""))
    model.show(one)


def _who(model: Model, message: Message, request: Request | None) -> None:
    request = request or model.requests.oldest()
    if request is not None and request.kind is Kind.WHO:
        request.names[message.params[5]] = message.params[6].startswith("G")


def _room(model: Model, message: Message, request: Request | None) -> None:
    request = request or model.requests.oldest()
    count = message.params[2]
    if request is None or not count.isdecimal():
        return
    if request.kind is Kind.ROOMS:
        request.rooms[message.params[1]] = int(count)
    elif request.kind is Kind.COUNT and fold(message.params[1]) == fold(request.subject):
        request.count = int(count)


def _people_count(model: Model, message: Message, request: Request | None) -> None:
    """How many people are connected: of the whole network, which is told last."""
    request = request or model.requests.oldest()
    if request is not None and request.kind is Kind.COUNT and message.params[1].isdecimal():
        request.count = int(message.params[1])


def _isupport(model: Model, message: Message, _: Request | None) -> None:
    for word in message.params[1:-1]:
        name, _equals, value = word.partition("=")
        if name.startswith("-"):
            model.isupport.pop(name[1:], None)
        else:
            model.isupport[name] = value


def _note(model: Model, message: Message, request: Request | None) -> None:
    _command, code, *context, text = message.params
    if code in {"KEPT_AWAY", "KEPT_UNCLAIMED"} and context:
        suggestion = context[1] if len(context) > 1 else ""
        kept = Kept(context[0], code == "KEPT_AWAY", suggestion)
        if request is not None and request.entry is not None:
            request.kept = kept
        else:
            model.show(kept)
    elif code == "ALREADY_STORED":
        if request is not None and request.entry is not None:
            request.is_stored = True
            request.is_echoed = history.CHATHISTORY in model.caps
    elif model.is_online:
        model.show(Word(text))


def _error(model: Model, message: Message, request: Request | None) -> None:
    reason = message.params[-1] if message.params else ""
    if message.command == "FAIL":
        command, code = message.params[0], message.params[1]
        if command == "REGISTER":
            return
    else:
        command, code = "", message.command
    if request is not None:
        request.errors.append((code, reason))
        return
    subject = message.params[1] if len(message.params) > 2 else ""  # noqa: PLR2004 - nick, subject
    model.show(Refused(command.lower(), subject, code, reason))


def _password(_: Model, message: Message, request: Request | None) -> None:
    if request is not None and message.params[0] == "SUCCESS":
        request.is_stored = True


def _ping(model: Model, message: Message, _: Request | None) -> None:
    model.returning.pong(Message("PONG", message.params))


def _pong(model: Model, message: Message, _: Request | None) -> None:
    request = model.requests.behind(message.params[-1])
    if request is not None:
        units.finish(model, request)


def _invite(model: Model, message: Message, _: Request | None) -> None:
    if model.is_me(message.params[0]):
        model.show(Invited(comings.nick_of(message), message.params[1]))


def _server_error(model: Model, message: Message, _: Request | None) -> None:
    if model.is_online and not model.is_leaving:
        model.show(Word(message.params[0]))


def _word(model: Model, message: Message, _: Request | None) -> None:
    model.show(Word(message.params[-1]))


_Hearer: TypeAlias = "Callable[[Model, Message, Request | None], None]"
_HEAR: Final[dict[str, tuple[int, _Hearer]]] = {
    "PRIVMSG": (2, _said),
    "NOTICE": (2, _said),
    "JOIN": (1, comings.join),
    "PART": (1, comings.part),
    "KICK": (2, comings.kick),
    "QUIT": (0, comings.quit_),
    "NICK": (1, comings.renamed),
    "TOPIC": (2, comings.topic),
    "INVITE": (2, _invite),
    "NOTE": (3, _note),
    "WARN": (3, _word),
    "FAIL": (3, _error),
    "PASSWORD": (1, _password),
    "PING": (0, _ping),
    "PONG": (1, _pong),
    "ERROR": (1, _server_error),
    num.RPL_ISUPPORT: (2, _isupport),
    num.RPL_LOCALUSERS: (3, _people_count),
    num.RPL_GLOBALUSERS: (3, _people_count),
    num.RPL_LIST: (3, _room),
    num.RPL_TOPIC: (3, comings.topic_there),
    num.RPL_NAMREPLY: (4, comings.names),
    num.RPL_ENDOFNAMES: (2, comings.end_of_names),
    num.RPL_WHOREPLY: (7, _who),
    num.RPL_MOTD: (2, _word),
}
