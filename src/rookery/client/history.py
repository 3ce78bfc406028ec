"""Messages that were said while I was away: the mailbox, and CHATHISTORY of rooms.

While a room's history is being fetched, what is said there now waits behind it.
Source: docs/ext/mailbox.md; IRCv3 draft/chathistory.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from rookery.client.batches import Batch
from rookery.client.requests import Kind
from rookery.client.rooms import HISTORY_PAGE, CatchUp, is_room
from rookery.client.shown import Done, Missed, Said
from rookery.client.wire_time import to_ms
from rookery.wire.message import Message
from rookery.wire.standard import (
    TAG_ACCOUNT,
    TAG_EDIT,
    TAG_MSGID,
    TAG_REPLY,
    TAG_REPLY_RATIFIED,
    TAG_RESEND,
    TAG_TIME,
)

if TYPE_CHECKING:
    from rookery.client.model import Model
    from rookery.client.requests import Request
    from rookery.client.rooms import Room

CHATHISTORY: Final = "draft/chathistory"
_CTCP: Final = "\x01"
_RANK_SIGNS: Final = "~&@%+"
"""What a message to some of a room has before its name. RPL_ISUPPORT `STATUSMSG`."""
_ACTION: Final = "\x01ACTION "


def said(model: Model, message: Message) -> Said | None:
    """Return what a PRIVMSG or NOTICE says; None for what is not meant for people (CTCP)."""
    if len(message.params) < 2:  # noqa: PLR2004 - target and text
        return None
    target, text = message.params[0], message.params[-1]
    is_action = text.startswith(_ACTION)
    if is_action:
        text = text.removeprefix(_ACTION).removesuffix(_CTCP)
    elif text.startswith(_CTCP):
        return None
    sender = message.source.partition("!")[0]
    room = target.lstrip(_RANK_SIGNS)
    return Said(
        sender,
        room if is_room(room) else target,
        text,
        at_ms=to_ms(message.tags.get(TAG_TIME, "")),
        msgid=message.tags.get(TAG_MSGID, ""),
        account=message.tags.get(TAG_ACCOUNT, ""),
        is_room=is_room(room),
        is_own=model.is_me(sender),
        is_notice=message.command == "NOTICE",
        is_action=is_action,
        reply_to=message.tags.get(TAG_REPLY, "") or message.tags.get(TAG_REPLY_RATIFIED, ""),
        edit_of=message.tags.get(TAG_EDIT, ""),
        client_id=message.tags.get(TAG_RESEND, ""),
    )


def mailbox(model: Model, batch: Batch) -> None:
    """Show the private messages of a mailbox."""
    _show_missed(model, _new(model, batch), "")


def begin(model: Model, room: Room) -> None:
    """Fetch what was said in `room` while I was away: call when the server lets me in.

    A client that shows conversations reads pages by itself (`paging`).
    """
    if model.is_full:
        room.was_lost = False
        return
    mark = model.mark_of(room.name) if room.is_asked and not room.was_lost else None
    if mark is not None:
        room.heard(*mark)
    if (room.was_lost or mark is not None) and CHATHISTORY in model.caps:
        room.catch_up = CatchUp(is_asked=room.is_asked)
    room.was_lost = False


def fetch(model: Model, room: Room) -> None:
    """Ask for the next page of what was missed."""
    verb, since = room.after()
    most = page_size(model)
    line = Message("CHATHISTORY", [verb, room.name, since, str(most)])
    request = model.ask(Kind.HISTORY, room.name, line)
    request.page = most if verb == "AFTER" else 0


def page_size(model: Model) -> int:
    """Return how many lines to ask for at once. RPL_ISUPPORT `CHATHISTORY`."""
    limit = model.isupport.get("CHATHISTORY", "")
    return min(HISTORY_PAGE, int(limit)) if limit.isdigit() and int(limit) else HISTORY_PAGE


def page(model: Model, batch: Batch, request: Request | None) -> None:
    """Take one page of a room's history, or one that the server sent on its own."""
    room = model.rooms.get(batch.params[0]) if batch.params else None
    missed = _new(model, batch)
    for message in _messages(batch):
        if room is not None:
            room.heard(message.tags.get(TAG_MSGID, ""), message.tags.get(TAG_TIME, ""))
    if room is None or room.catch_up is None:
        _show_missed(model, missed, room.name if room is not None else "")
        return
    room.catch_up.missed += missed
    if request is not None and request.kind is Kind.HISTORY:
        is_last = sum(1 for _ in _messages(batch)) < request.page
        request.page = 0 if is_last else request.page


def answered(model: Model, request: Request) -> None:
    """Go on with the next page, or show all that was missed."""
    room = model.rooms.get(request.subject)
    if room is None or room.catch_up is None:
        return
    if request.errors and room.newest_msgid:
        room.newest_msgid = ""
        fetch(model, room)
    elif request.page and not request.errors:
        fetch(model, room)
    else:
        finish(model, room)


def finish(model: Model, room: Room, *, is_whole: bool = True) -> None:
    """Show what was missed, and behind it what was said meanwhile.

    Not `is_whole`: there may be a gap between the two, to be fetched another time.
    """
    catch_up, room.catch_up = room.catch_up, None
    if catch_up is None:
        return
    _show_missed(model, catch_up.missed, "" if catch_up.is_asked else room.name)
    for one in catch_up.live:
        room.heard(one.msgid if is_whole else "", "")
        model.show(one)
    if catch_up.label:
        model.show(Done(catch_up.label))


def done(model: Model, request: Request) -> None:
    """Show that `request` is done; a room is entered when what was missed there is shown."""
    room = model.rooms.get(request.subject) if request.kind is Kind.JOIN else None
    if room is not None and room.catch_up is not None:
        room.catch_up.label = request.label
    else:
        model.show(Done(request.label))


def _messages(batch: Batch) -> list[Message]:
    """Return all that was said in a batch, those in batches within it too (multiline)."""
    messages = []
    for part in batch.parts:
        if isinstance(part, Batch):
            messages += _messages(part)
        elif part.command in {"PRIVMSG", "NOTICE"}:
            messages.append(part)
    return messages


def _new(model: Model, batch: Batch) -> list[Said]:
    every = (said(model, message) for message in _messages(batch))
    return [
        dataclasses.replace(one, is_missed=True)
        for one in every
        if one is not None and model.seen.is_new(one.msgid)
    ]


def _show_missed(model: Model, missed: list[Said], room: str) -> None:
    if missed:
        model.show(Missed(len(missed), room))
    for one in missed:
        model.show(one)
