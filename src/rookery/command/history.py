"""CHATHISTORY: what was said before. IRCv3 draft/chathistory.

A room's history is for its members. A private conversation is for the two accounts; a guest reads
only what was said since the guest took the nick, since the nick may have been another's.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.command import names
from rookery.command.missed import send_batch
from rookery.command.row import Command
from rookery.core.clock import MAX_ID, first_id_at
from rookery.core.names import conversation_key
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.core.events import Said


class _Window(NamedTuple):
    after_id: int
    before_id: int
    newest: bool


class _Place(NamedTuple):
    """A conversation, and the id above which the asker may read it."""

    conversation: str
    floor_id: int


def chathistory(call: Call) -> None:
    """Send a page of history as a `chathistory` batch, empty where there is nothing."""
    subcommand = call.param(0).upper()
    if subcommand not in {"LATEST", "BEFORE", "AFTER"}:
        call.fail("INVALID_PARAMS", subcommand or "*", "LATEST, BEFORE or AFTER, please")
        return
    if len(call.params) < 4:  # noqa: PLR2004 - subcommand, target, reference, limit
        call.fail("INVALID_PARAMS", subcommand, "Missing parameters. HELP CHATHISTORY")
        return
    target, reference, limit = call.params[1:4]
    window = _window(subcommand, reference)
    if window is None or not (limit.isascii() and limit.isdigit()) or int(limit) < 1:
        call.fail("INVALID_PARAMS", subcommand, "Give msgid=… or timestamp=…, then a limit")
        return
    place = _place(call, target)
    if place is None:
        call.fail("INVALID_TARGET", subcommand, target, "You cannot read messages there")
        return
    _read(call, target, place, window, min(int(limit), call.node.rules.history_page))


def _read(call: Call, target: str, place: _Place, window: _Window, max_messages: int) -> None:
    store, conversation = call.node.store, place.conversation
    after_id = max(window.after_id, place.floor_id)

    def work() -> list[Said]:
        return store.history(
            conversation, after_id, window.before_id, max_messages, newest=window.newest
        )

    call.wait_for(
        call.node.readers,
        work,
        lambda rows: send_batch(call, f"chathistory {target}", rows),
        lambda _: call.fail(
            "MESSAGE_ERROR", call.params[0], target, "The messages cannot be read right now"
        ),
    )


def _window(subcommand: str, reference: str) -> _Window | None:
    if reference == "*":
        return _Window(0, MAX_ID, newest=True) if subcommand == "LATEST" else None
    kind, _, value = reference.partition("=")
    bounds = _of_msgid(value) if kind == "msgid" else None
    if kind == "timestamp":
        bounds = _of_timestamp(value)
    if bounds is None:
        return None
    before_id, after_id = bounds
    if subcommand == "BEFORE":
        return _Window(0, before_id, newest=True)
    return _Window(after_id, MAX_ID, newest=subcommand == "LATEST")


def _of_msgid(value: str) -> tuple[int, int] | None:
    """Return the ids that lie just before and just after the message."""
    try:
        message_id = int(value, 16)
    except ValueError:
        return None
    return (message_id, message_id) if 0 <= message_id <= MAX_ID else None


def _of_timestamp(value: str) -> tuple[int, int] | None:
    """Return the exclusive bounds before and after a millisecond; UTC, as server-time writes it."""
    try:
        moment = datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    at_ms = int(moment.timestamp() * 1000)
    return first_id_at(at_ms), max(0, first_id_at(at_ms + 1) - 1)


def _place(call: Call, target: str) -> _Place | None:
    user = call.user
    if names.is_room_name(target):
        room = call.node.world.rooms.get(fold(target))
        return _Place(room.key, 0) if room and user in room.members else None
    owns_nick = bool(user.account_key) and user.account_key == user.key
    floor_id = 0 if owns_nick else user.signed_in_id
    return _Place(conversation_key(user.key, fold(target)), floor_id)


COMMANDS: Final = (
    Command(
        "CHATHISTORY",
        chathistory,
        0,
        "CHATHISTORY <LATEST|BEFORE|AFTER> <target> <msgid=… | timestamp=… | *> <limit>",
        "Read what was said before in a room that you are in, or with a person.",
        "IRCv3 draft/chathistory",
    ),
)
