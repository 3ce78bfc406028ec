"""MODE: modes of a room, and of oneself. modern IRC "MODE message"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.command import names
from rookery.command.row import Command
from rookery.command.user_mode import user_mode
from rookery.core import modes
from rookery.core.access import check_has_rank, check_is_member, is_visible, may_act_on
from rookery.core.events import ModesSet
from rookery.core.mode_changes import Draft, bad_param
from rookery.core.modes import Kind, Mode, ModeChange
from rookery.core.refusal import Reason, Refusal
from rookery.core.room import OPERATOR
from rookery.deliver.records import kept_state, undo_of
from rookery.wire import numerics as num
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rookery.command.call import Call
    from rookery.core.room import Room

MAX_CHANGES: Final = 12
"""Changes with a parameter in one command: a line has 15 parameters. RPL_ISUPPORT `MODES`."""

LISTS: Final = {
    "b": (num.RPL_BANLIST, num.RPL_ENDOFBANLIST, "End of channel ban list"),
    "e": (num.RPL_EXCEPTLIST, num.RPL_ENDOFEXCEPTLIST, "End of channel exception list"),
    "I": (num.RPL_INVEXLIST, num.RPL_ENDOFINVEXLIST, "End of channel invite exception list"),
}


class _Asked(NamedTuple):
    is_on: bool
    mode: Mode
    param: str | None
    """None where the command has none left."""


def mode(call: Call) -> None:
    """Show or change modes."""
    if not names.is_room_name(call.params[0]):
        user_mode(call)
        return
    room = names.room(call.node, call.params[0])
    if call.param(1):
        _change(call, room)
        return
    shown = modes.shown(room, with_password=call.user in room.members)
    call.reply(num.RPL_CHANNELMODEIS, room.name, *shown)
    call.reply(num.RPL_CREATIONTIME, room.name, str(room.created_at_ms // 1000))


def _change(call: Call, room: Room) -> None:
    rules, user = call.node.rules, call.user
    draft = Draft(room, rules.key_max_chars, rules.list_entries)
    asked_lists: dict[str, None] = {}
    refused: set[Reason] = set()
    for asked in _asked(call):
        try:
            if asked.mode.kind is Kind.LIST and not asked.param:
                asked_lists[asked.mode.letter] = None
            else:
                draft.add(_checked(call, room, asked))
        except Refusal as refusal:
            # Whoever may change nothing is told so once, however much was asked for.
            if refusal.reason is not Reason.MUST_BE_OPERATOR or refusal.reason not in refused:
                call.refuse(refusal)
            refused.add(refusal.reason)
    if draft.changes:
        before, at_id = kept_state(room), call.node.ids.next_id(call.now_ms)
        call.emit(ModesSet(room, user.source, tuple(draft.changes), at_id, user.account))
        if room.founder or any(change.is_kept for change in draft.changes):
            call.on_store_failure(room.name, undo_of(room, before, call.node.epoch))
    for letter in asked_lists:
        _tell_list(call, room, letter)


def _asked(call: Call) -> Iterator[_Asked]:
    """Yield what the command asks for, in order; unknown letters are answered."""
    params = iter(call.params[2:])
    is_on = True
    with_param = 0
    for letter in call.params[1]:
        if letter in "+-":
            is_on = letter == "+"
            continue
        wanted = modes.BY_LETTER.get(letter)
        if wanted is None:
            call.refuse(Refusal(Reason.UNKNOWN_MODE, letter))
        elif not modes.takes_param(wanted, is_on=is_on):
            yield _Asked(is_on, wanted, "")
        elif with_param < MAX_CHANGES:
            with_param += 1
            yield _Asked(is_on, wanted, next(params, None))


def _checked(call: Call, room: Room, asked: _Asked) -> ModeChange:
    """Return the change that is asked for, if the asker may ask for it; or raise `Refusal`."""
    is_on, wanted, param = asked
    user = call.user
    is_own_rank = wanted.kind is Kind.RANK and not is_on and fold(param or "") == user.key
    if not is_own_rank:
        check_has_rank(room, user, wanted.needs)
    if param is None and (is_on or wanted.kind is Kind.RANK):
        raise bad_param(room, wanted, "")
    change = ModeChange(is_on, wanted, param or "", None, user.source, call.now_ms)
    if wanted.kind is Kind.RANK:
        return _of_member(call, room, change)
    if wanted.letter == "f" and is_on:
        return _of_target(call, room, change)
    return change


def _of_member(call: Call, room: Room, change: ModeChange) -> ModeChange:
    member = names.person(call.node, change.param)
    rank = room.members.get(member)
    if rank is None:
        raise Refusal(Reason.USER_NOT_IN_ROOM, member.nick, room.name)
    own_rank = room.members.get(call.user, 0)
    if member is not call.user and not change.is_on and not may_act_on(own_rank, rank):
        raise Refusal(Reason.OUTRANKED, room.name)
    return change._replace(param=member.nick, member=member)


def _of_target(call: Call, room: Room, change: ModeChange) -> ModeChange:
    """Return a change of `f`: who sends people to another room must be an operator there too."""
    target = call.node.world.rooms.get(fold(change.param))
    if target is None or target is room or not target.is_there:
        raise bad_param(room, change.mode, change.param)
    check_has_rank(target, call.user, OPERATOR)
    return change._replace(param=target.name)


def _tell_list(call: Call, room: Room, letter: str) -> None:
    if not is_visible(room, call.user):
        check_is_member(room, call.user)
    entry_code, end_code, text = LISTS[letter]
    for entry in room.lists[letter].values():
        call.reply(entry_code, room.name, entry.mask, entry.by, str(entry.at_ms // 1000))
    call.reply(end_code, room.name, text)


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
