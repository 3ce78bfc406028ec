"""MODE: modes of a room, and of oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import names
from rookery.command.row import Command
from rookery.core import modes
from rookery.core.access import check_is_operator
from rookery.core.events import InvisibleSet, ModesSet
from rookery.core.modes import Kind, ModeChange
from rookery.core.refusal import Reason, Refusal
from rookery.deliver.records import room_row, undo_of
from rookery.wire import numerics as num
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rookery.command.call import Call
    from rookery.core.room import Room


def mode(call: Call) -> None:
    """Show or change modes."""
    if names.is_room_name(call.params[0]):
        _room_mode(call, names.room(call.node, call.params[0]))
    else:
        _own_mode(call)


def _room_mode(call: Call, room: Room) -> None:
    if len(call.params) == 1:
        shown = modes.shown(room, with_password=call.user in room.members)
        call.reply(num.RPL_CHANNELMODEIS, room.name, *shown)
        call.reply(num.RPL_CREATIONTIME, room.name, str(room.created_at_ms // 1000))
        return
    check_is_operator(room, call.user)
    changes = []
    for change in _changes(call, room, call.params[1:]):
        try:
            checked = modes.checked(room, change, call.node.rules.key_max_chars)
        except Refusal as refusal:
            call.refuse(refusal)
            continue
        if checked is not None:
            changes.append(checked)
    if changes:
        before = room_row(room)
        call.emit(ModesSet(room, call.user.source, tuple(changes)))
        if any(change.member is None for change in changes):
            call.on_store_failure(room.name, undo_of(room, before, call.node.epoch))


def _changes(call: Call, room: Room, words: Sequence[str]) -> Iterator[ModeChange]:
    """Yield the changes that the words ask for; what cannot be is answered and left out."""
    params = iter(words[1:])
    is_on = True
    for letter in words[0]:
        if letter in "+-":
            is_on = letter == "+"
            continue
        wanted = modes.BY_LETTER.get(letter)
        if wanted is None:
            call.refuse(Refusal(Reason.UNKNOWN_MODE, letter))
            continue
        param = next(params, "") if modes.takes_param(wanted, is_on=is_on) else ""
        if wanted.kind is not Kind.RANK:
            yield ModeChange(is_on, wanted, param)
            continue
        member = call.node.world.users.get(fold(param))
        if not param:
            continue
        if member is None:
            call.refuse(Refusal(Reason.NO_SUCH_NICK, param))
        elif member not in room.members:
            call.refuse(Refusal(Reason.USER_NOT_IN_ROOM, param, room.name))
        else:
            yield ModeChange(is_on, wanted, member.nick, member)


def _own_mode(call: Call) -> None:
    user = call.user
    if fold(call.params[0]) != user.key:
        names.person(call.node, call.params[0])
        call.reply(num.ERR_USERSDONTMATCH, "You can change your own modes only")
        return
    if len(call.params) == 1:
        call.reply(num.RPL_UMODEIS, "+i" if user.is_invisible else "+")
        return
    is_on = True
    for letter in call.params[1]:
        if letter in "+-":
            is_on = letter == "+"
        elif letter != "i":
            call.reply(num.ERR_UMODEUNKNOWNFLAG, f"Unknown mode: {letter}")
        elif user.is_invisible != is_on:
            call.emit(InvisibleSet(user, is_on))
            sign = "+" if is_on else "-"
            line = f":{user.source} MODE {user.nick} :{sign}i\r\n".encode()
            for session in user.sessions:
                call.node.fanout.send(session, line)


COMMANDS: Final = (
    Command(
        "MODE",
        mode,
        1,
        "MODE <#room | nick> [changes [params...]]",
        "Show or change the modes of a room or of yourself.",
        "RFC 2812 §3.1.5, §3.2.3",
    ),
)
