"""ChanServ: registered rooms, in the words that clients have for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import names, room_registration
from rookery.command.subcommand import Subcommand
from rookery.core.access import is_founder, rank_on_entry
from rookery.core.account_events import AccountRankSet
from rookery.core.events import Kicked, ModesSet
from rookery.core.modes import BY_LETTER, Kind, ModeChange
from rookery.core.ownership import check_is_founder
from rookery.core.refusal import Reason, Refusal
from rookery.core.room import OPERATOR, RANKS
from rookery.deliver.records import kept_state, undo_of
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call
    from rookery.core.room import Room

_RANK_LETTERS: Final = {letter: bit for bit, letter, _ in RANKS if letter != "q"}
"""Ranks that an account may be given; the founder's goes by TRANSFER."""


def _as_room_command(
    handler: Callable[[Call, str, str], None],
) -> Callable[[Call, list[str]], None]:
    """Return the subcommand of ROOM as a service hears it."""

    def run(call: Call, words: list[str]) -> None:
        handler(call, words[0], words[1] if len(words) > 1 else "")

    return run


def _op(call: Call, words: list[str]) -> None:
    _give(call, words, is_on=True)


def _deop(call: Call, words: list[str]) -> None:
    _give(call, words, is_on=False)


def _give(call: Call, words: list[str], *, is_on: bool) -> None:
    """Make a member operator or not; for those whose account is one, present rank or not."""
    room, user = names.room(call.node, words[0]), call.user
    member = names.person(call.node, words[1]) if len(words) > 1 else user
    if rank_on_entry(room, user) < OPERATOR and not user.is_operator:
        raise Refusal(Reason.MUST_BE_OPERATOR, room.name)
    rank = room.members.get(member)
    if rank is None:
        raise Refusal(Reason.USER_NOT_IN_ROOM, member.nick, room.name)
    if is_founder(room, member) and member is not user:
        raise Refusal(Reason.OUTRANKED, room.name)
    if bool(rank & OPERATOR) != is_on:
        _set_rank(call, room, ModeChange(is_on, BY_LETTER["o"], member.nick, member))
    call.send_once_stored(call.served(f"{member.nick} is {'' if is_on else 'not '}operator"))


def _set_rank(call: Call, room: Room, change: ModeChange) -> None:
    before = kept_state(room)
    source = f"{call.service}!{call.service}@services"
    call.emit(ModesSet(room, source, (change,), call.node.ids.next_id(call.now_ms)))
    call.on_store_failure(room.name, undo_of(room, before, call.node.epoch))


def _amode(call: Call, words: list[str]) -> None:
    """Show or change the ranks that accounts have whenever they enter."""
    room = names.room(call.node, words[0])
    check_is_founder(room, call.user)
    if len(words) == 1:
        _list_ranks(call, room)
        return
    change, account = words[1], "".join(words[2:3])
    bit = _RANK_LETTERS.get(change[1:], 0)
    key = fold(account)
    name = call.node.world.accounts.get(key)
    if change[:1] not in {"+", "-"} or not bit:
        call.fail("INVALID_PARAMS", "AMODE <#room> <+o | -o | +a | +h | +v ...> <account>")
        return
    if name is None:
        raise Refusal(Reason.NO_SUCH_NICK, account or "*")
    before = room.kept_ranks.get(key, 0)
    after = before | bit if change[0] == "+" else before & ~bit
    state = kept_state(room)
    call.emit(AccountRankSet(room, key, after))
    _settle_members(call, room, key, BY_LETTER[change[1]].letter, is_on=change[0] == "+")
    call.on_store_failure(room.name, undo_of(room, state, call.node.epoch))
    call.send_once_stored(call.served(f"{name} has {_letters(after)} in {room.name}"))


def _settle_members(call: Call, room: Room, key: str, letter: str, *, is_on: bool) -> None:
    """Let those of the account who are in the room have the rank now."""
    mode = BY_LETTER[letter]
    assert mode.kind is Kind.RANK, "the letters are those of ranks"
    for member, rank in list(room.members.items()):
        if member.account_key == key and bool(rank & mode.rank) != is_on:
            _set_rank(call, room, ModeChange(is_on, mode, member.nick, member))


def _list_ranks(call: Call, room: Room) -> None:
    accounts = call.node.world.accounts
    for key, rank in room.kept_ranks.items():
        call.send(call.served(f"{accounts.get(key, key)} has {_letters(rank)}"))
    call.send(call.served(f"{len(room.kept_ranks)} accounts have a rank in {room.name}"))


def _letters(rank: int) -> str:
    letters = "".join(letter for bit, letter, _ in RANKS if rank & bit)
    return f"+{letters}" if letters else "no rank"


def _purge(call: Call, words: list[str]) -> None:
    """Take a room from its founder and everybody out of it; for operators of the server."""
    room, user = names.room(call.node, words[0]), call.user
    if not user.is_operator:
        raise Refusal(Reason.MUST_BE_OPERATOR, room.name)
    reason = " ".join(words[1:]) or "The room was closed"
    for member in list(room.members):
        call.emit(Kicked(member, room, user.source, reason, user.account))
    room_registration.release(call, room)
    call.send_once_stored(call.served(f"{room.name} is closed"))


_DROP: Final = Subcommand(
    _as_room_command(room_registration.drop), 1, "DROP <#room>", "Give a room up."
)

SUBCOMMANDS: Final = {
    "REGISTER": Subcommand(
        _as_room_command(room_registration.register),
        1,
        "REGISTER <#room>",
        "Make a room your own for good.",
    ),
    "DROP": _DROP,
    "UNREGISTER": _DROP,
    "INFO": Subcommand(
        _as_room_command(room_registration.info), 1, "INFO <#room>", "Tell whose a room is."
    ),
    "TRANSFER": Subcommand(
        _as_room_command(room_registration.transfer),
        2,
        "TRANSFER <#room> <account>",
        "Hand a room on.",
    ),
    "OP": Subcommand(_op, 1, "OP <#room> [nick]", "Make a member operator."),
    "DEOP": Subcommand(_deop, 1, "DEOP <#room> [nick]", "Make a member operator no more."),
    "AMODE": Subcommand(
        _amode,
        1,
        "AMODE <#room> [<+|-><a|o|h|v> <account>]",
        "Show or change the ranks that accounts have whenever they enter.",
    ),
    "PURGE": Subcommand(
        _purge, 1, "PURGE <#room> [reason]", "Close a room, for operators of the server."
    ),
}
"""Word to what it does; several words may do the same."""
