"""ROOM: registering a room, handing it on, giving it up. docs/ext/room.md.

`CS` and ChanServ are other words for the same; they call `register`, `drop` and `transfer`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import names
from rookery.command.row import Command
from rookery.core.events import ModesSet, RoomDropped, RoomRegistered
from rookery.core.ownership import changes_of_owner, check_is_founder, check_may_register
from rookery.core.refusal import Reason, Refusal
from rookery.deliver.records import kept_state, undo_of
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call
    from rookery.core.room import Room


def room(call: Call) -> None:
    """Handle ROOM."""
    subcommand = call.params[0].upper()
    handler = _SUBCOMMANDS.get(subcommand)
    if handler is None:
        call.fail("INVALID_PARAMS", subcommand or "*", "REGISTER, DROP, TRANSFER or INFO, please")
        return
    handler(call, call.params[1], call.param(2))


def register(call: Call, room_text: str, _: str = "") -> None:
    """Make a room the account's own for good. Raises `Refusal`."""
    there = names.room(call.node, room_text)
    check_may_register(there, call.user)
    _own(call, there, call.user.account_key)
    _tell(call, "REGISTERED", there.name, f"{there.name} is registered: it belongs to you for good")


def transfer(call: Call, room_text: str, account: str) -> None:
    """Hand a room on to another account. Raises `Refusal`."""
    there = names.room(call.node, room_text)
    check_is_founder(there, call.user)
    heir = call.node.world.accounts.get(fold(account))
    if heir is None:
        raise Refusal(Reason.NO_SUCH_NICK, account.partition(" ")[0] or "*")
    _own(call, there, fold(account))
    _tell(call, "TRANSFERRED", there.name, f"{there.name} belongs to {heir} from now on")


def drop(call: Call, room_text: str, _: str = "") -> None:
    """Give a room up: it is nobody's, and ends with its last member. Raises `Refusal`."""
    there = names.room(call.node, room_text)
    check_is_founder(there, call.user)
    release(call, there)
    _tell(call, "DROPPED", there.name, f"{there.name} belongs to nobody any more")


def release(call: Call, there: Room) -> None:
    """Let the room be nobody's, whoever asks."""
    before = kept_state(there)
    _set_modes(call, there, "", is_registered=False)
    call.emit(RoomDropped(there))
    call.on_store_failure(there.name, undo_of(there, before, call.node.epoch))


def info(call: Call, room_text: str, _: str = "") -> None:
    """Tell whose a room is. Raises `Refusal`."""
    there = names.room(call.node, room_text)
    owner = call.node.world.accounts.get(there.founder, there.founder)
    if not owner:
        text = f"{there.name} belongs to nobody"
    elif there.is_registered:
        text = f"{there.name} is registered and belongs to {owner}"
    else:
        text = f"{there.name} was made by {owner} and is not registered"
    call.send(call.note("INFO", there.name, owner or "*", text))


def _own(call: Call, there: Room, founder: str) -> None:
    before = kept_state(there)
    call.emit(RoomRegistered(there, founder))
    _set_modes(call, there, founder, is_registered=True)
    call.on_store_failure(there.name, undo_of(there, before, call.node.epoch))


def _set_modes(call: Call, there: Room, founder: str, *, is_registered: bool) -> None:
    changes = changes_of_owner(there, founder, is_registered=is_registered)
    if changes:
        server, at_id = call.node.replies.server, call.node.ids.next_id(call.now_ms)
        call.emit(ModesSet(there, server, changes, at_id))


def _tell(call: Call, code: str, *rest: str) -> None:
    call.send_once_stored(call.note(code, *rest))


_SUBCOMMANDS: Final[dict[str, Callable[[Call, str, str], None]]] = {
    "REGISTER": register,
    "TRANSFER": transfer,
    "DROP": drop,
    "INFO": info,
}


COMMANDS: Final = (
    Command(
        "ROOM",
        room,
        2,
        "ROOM <REGISTER | DROP | INFO> <#room>, ROOM TRANSFER <#room> <account>",
        "Make a room your own for good, hand it on, or give it up.",
        "docs/ext/room.md",
    ),
)
