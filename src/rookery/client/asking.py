"""What a person asks of a server, and what becomes of it when the answer is complete.

Each of these returns at once; `Done` with the request's label follows the answer.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final

from rookery.client import history, paging, saying, secret, split
from rookery.client.happened import Stored
from rookery.client.requests import Kind, Request
from rookery.client.rooms import is_room
from rookery.client.shown import (
    NotSent,
    PasswordChanged,
    People,
    Refused,
    RoomList,
    Said,
    SecretMade,
    SecretProved,
    SecretUseless,
    Sent,
    Went,
)
from rookery.wire.casefold import fold
from rookery.wire.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.client.model import Model
    from rookery.client.outbox import Waiting


def say(model: Model, target: str, text: str) -> list[Waiting]:
    """Send `text` to a room or a person, or keep it until that is possible.

    Several lines, or more than fits into one, become several messages.
    """
    max_bytes = saying.max_text_bytes(model, target)
    entries = [
        model.outbox.add(target, piece, model.next_client_id(), model.now_s)
        for line in split.text_lines(text)
        for piece in split.pieces(line, max_bytes)
    ]
    flush(model)
    return entries


def flush(model: Model) -> None:
    """Send of the outbox what may go now."""
    if not model.is_online or model.returning.is_entering:
        return
    for entry in model.outbox.take_due():
        saying.send(model, entry)


def join(model: Model, name: str) -> Request:
    """Enter a room, or list it again where another session is in it. Only when online."""
    room = model.rooms.take(name)
    room.is_wanted = room.is_asked = True
    room.is_leaving = False
    if room.is_in:
        room.is_listing = False
        return model.ask(Kind.NAMES, room.name, Message("NAMES", [room.name]))
    return model.ask(Kind.JOIN, name, Message("JOIN", [name]))


def leave(model: Model, name: str) -> Request | None:
    """Leave a room as soon as what was said to it is stored; None when there is no answer to wait.

    Offline the room is left at once for the person, and on the server after the return.
    """
    room = model.rooms.get(name)
    if room is None:
        return None
    has_unsent = _has_unsent(model, name)
    room.is_wanted = has_unsent
    room.is_leaving = has_unsent
    if not model.is_online:
        model.show(Went(room.name))
        room.is_left_quietly = True
        if not has_unsent:
            model.rooms.forget(room)
        return None
    if has_unsent:
        return None
    return model.ask(Kind.LEAVE, room.name, Message("PART", [room.name]))


def who(model: Model, room: str = "") -> Request:
    """Ask for everybody who is connected, or in a room, and how many are not listed.

    Only when online. WHO leaves out who is invisible (user mode `i`) and in no room with me;
    LUSERS and LIST count them.
    """
    counted = None
    if not _is_in(model, room):
        count = Message("LIST", [room]) if room else Message("LUSERS", [])
        counted = model.ask(Kind.COUNT, room, count)
    request = _list_people(model, room)
    request.counted = counted
    return request


def who_quietly(model: Model, room: str = "") -> Request:
    """Learn who is connected, or in a room, without a word. Only when online."""
    request = _list_people(model, room)
    request.is_quiet = True
    return request


def list_rooms(model: Model) -> Request:
    """Ask which rooms there are. Only when online."""
    return model.ask(Kind.ROOMS, "", Message("LIST", []))


def look_around(model: Model) -> Request:
    """Learn who and which rooms are there, without a word; return what is answered last."""
    who_quietly(model)
    rooms = list_rooms(model)
    rooms.is_quiet = True
    return rooms


def change_password(model: Model, old: str, new: str) -> Request:
    """Change the account's password (`docs/ext/password.md`). Only when online."""
    payload = base64.b64encode(f"{old}\0{new}".encode()).decode()
    model.show(SecretMade(model.account, new))
    request = model.ask(Kind.PASSWORD, model.account, Message("PASSWORD", [payload]))
    request.secret = new
    request.is_first = secret.is_made(old)
    return request


def quit_(model: Model, reason: str = "") -> None:
    """Say QUIT; the server closes the connection."""
    model.is_leaving = True
    model.send(Message("QUIT", [reason] if reason else []))


def answer_resend(model: Model, *, is_yes: bool) -> None:
    """Send the lines of `AskResend`, or forget them, and go on with those behind them."""
    if is_yes:
        model.returning.approve()
    else:
        model.outbox.drop()
        _leave_what_is_said(model)
        flush(model)


def _list_people(model: Model, room: str) -> Request:
    return model.ask(Kind.WHO, room, Message("WHO", [room or "*"]))


def _is_in(model: Model, name: str) -> bool:
    room = model.rooms.get(name)
    return room is not None and room.is_in


def _message_answered(model: Model, request: Request) -> None:
    entry = request.entry
    assert entry is not None
    model.outbox.answered(entry)
    if request.errors and not request.is_stored:
        code, reason = request.errors[0]
        model.show(NotSent(entry.target, entry.text, code, reason, entry.client_id))
    elif not is_room(entry.target):
        model.show(request.kept or Sent(entry.target, entry.text))
    elif not request.is_echoed and not model.is_full:
        # A server without echo-message, or a resend without history: nothing else shows it to us.
        model.show(Said(model.nick, entry.target, entry.text, is_room=True, is_own=True))
    request.is_stored = request.is_stored or not request.errors
    if model.is_full and request.is_stored:
        model.show(Stored(entry.target, entry.client_id))
    model.returning.answered(request)
    _leave_what_is_said(model)


def _leave_what_is_said(model: Model) -> None:
    """Leave the rooms that the person has left, once nothing waits for them any more."""
    for room in model.rooms:
        if room.is_leaving and model.is_online and not _has_unsent(model, room.name):
            room.is_leaving = room.is_wanted = False
            model.ask(Kind.LEAVE, room.name, Message("PART", [room.name]))


def _has_unsent(model: Model, room: str) -> bool:
    return any(fold(entry.target) == fold(room) for entry in model.outbox)


def _join_answered(model: Model, request: Request) -> None:
    room = model.rooms.get(request.subject)
    if room is None or room.is_in:
        return
    model.rooms.forget(room)
    code, reason = request.errors[0] if request.errors else ("", "the server did not say why")
    model.show(Refused("join", request.subject, code, reason))


def _plainly_answered(model: Model, request: Request) -> None:
    for code, reason in request.errors[:1]:
        model.show(Refused(request.kind.value, request.subject, code, reason))


def _leave_answered(model: Model, request: Request) -> None:
    room = model.rooms.get(request.subject)
    if room is not None:
        model.rooms.forget(room)
        if not room.is_left_quietly:
            model.show(Went(room.name))


def _who_answered(model: Model, request: Request) -> None:
    if not request.subject:
        model.people = set(request.names)
    if request.is_quiet:
        return
    _plainly_answered(model, request)
    if request.names or not request.errors:
        away = frozenset(name for name, is_away in request.names.items() if is_away)
        count = request.counted.count if request.counted is not None else 0
        unlisted = max(count - len(request.names), 0)
        model.show(People(tuple(request.names), away, request.subject, unlisted))


def _counted(_: Model, __: Request) -> None:
    """Say nothing: the answer of WHO comes next, and tells it."""


def _rooms_answered(model: Model, request: Request) -> None:
    model.open_rooms = set(request.rooms)
    if request.is_quiet:
        return
    _plainly_answered(model, request)
    if request.rooms or not request.errors:
        model.show(RoomList(tuple(request.rooms.items())))


def _password_answered(model: Model, request: Request) -> None:
    if request.is_stored:
        model.proved(request.secret)
        model.show(SecretProved(request.subject, request.secret))
        model.show(PasswordChanged(request.is_first))
        return
    model.show(SecretUseless(request.subject, request.secret))
    _plainly_answered(model, request)


ANSWERED: Final[dict[Kind, Callable[[Model, Request], None]]] = {
    Kind.MESSAGE: _message_answered,
    Kind.JOIN: _join_answered,
    Kind.LEAVE: _leave_answered,
    Kind.WHO: _who_answered,
    Kind.ROOMS: _rooms_answered,
    Kind.NAMES: _plainly_answered,
    Kind.HISTORY: history.answered,
    Kind.PASSWORD: _password_answered,
    Kind.PAGE: paging.page_answered,
    Kind.TARGETS: paging.targets_answered,
    Kind.SEARCH: paging.search_answered,
    Kind.ACT: _plainly_answered,
    Kind.COUNT: _counted,
}
