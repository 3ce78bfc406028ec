"""Metadata as lines: answers, and what a session is told without asking. IRCv3 draft/metadata-2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command.batched import send_batched
from rookery.core.access import is_shown_in
from rookery.core.events import MetadataSet
from rookery.core.room import Room
from rookery.wire import numerics as num
from rookery.wire.capabilities import BATCH, METADATA_2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rookery.command.call import Call
    from rookery.command.node import Node
    from rookery.core.user import User
    from rookery.deliver.session import Session

MAX_MEMBERS: Final = 500
"""In a larger room a session must ask for what its members say (unit: people)."""
_RETRY_S: Final = "1"


def value_line(call: Call, target: str, key: str, value: str) -> bytes:
    """Return RPL_KEYVALUE."""
    nick = call.session.nick
    return call.node.replies.numeric(nick, num.RPL_KEYVALUE, target, key, "*", value)


def unset_line(call: Call, target: str, key: str) -> bytes:
    """Return RPL_KEYNOTSET."""
    nick = call.session.nick
    return call.node.replies.numeric(nick, num.RPL_KEYNOTSET, target, key, "key not set")


def lines_about(node: Node, session: Session, owner: User | Room | None) -> Iterator[bytes]:
    """Yield what `owner` says under the keys that the session follows; a room with its members."""
    followed = session.followed or {}
    if owner is None or not followed:
        return
    yield from _messages(node, owner, followed)
    if isinstance(owner, Room):
        for member in _shown_members(owner, session.user):
            yield from _messages(node, member, followed)


def tell_on_entry(node: Node, session: Session, room: Room) -> None:
    """Tell a session what a room that its person has entered says, and the people in it."""
    if not session.caps & METADATA_2 or not session.followed:
        return
    if len(room.members) > MAX_MEMBERS:
        later = node.replies.numeric(session.nick, num.RPL_METADATASYNCLATER, room.name, _RETRY_S)
        node.fanout.send(session, later)
        return
    lines = list(lines_about(node, session, room))
    if lines:
        _send(node, session, room.name, lines)


def tell_followed(call: Call, keys: Iterable[str]) -> None:
    """Tell a session that begins to follow keys what is said under them, as far as it concerns."""
    user, node = call.session.user, call.node
    chosen = dict.fromkeys(keys)
    if user is None or not chosen:
        return
    rooms = [room for room in user.rooms if len(room.members) <= MAX_MEMBERS]
    owners: dict[User | Room, None] = {user: None}
    for room in rooms:
        owners[room] = None
        owners.update(dict.fromkeys(_shown_members(room, user)))
    lines = [line for owner in owners for line in _messages(node, owner, chosen)]
    if lines:
        _send(node, call.session, user.nick, lines)
    for room in user.rooms:
        if room not in owners:
            call.reply(num.RPL_METADATASYNCLATER, room.name, _RETRY_S)


def greet(call: Call) -> None:
    """Take over what was set before there was a person, and tell the session its own metadata."""
    session, user = call.session, call.user
    early, session.early_metadata = session.early_metadata, None
    limit = call.node.rules.metadata_max_keys
    own = call.node.world.metadata_of(user)
    for key, value in (early or {}).items():
        if own.get(key) != value and (key in own or len(own) < limit):
            call.emit(MetadataSet(user, key, value, user.source, session))
            own = call.node.world.metadata_of(user)
    if session.caps & METADATA_2:
        lines = [_message(call.node, user.nick, key, value) for key, value in own.items()]
        send_batched(call, f"metadata {user.nick}", lines)


def _shown_members(room: Room, to: User | None) -> list[User]:
    """Return who is in a room as far as one of its members may know; nobody else learns of any."""
    if to is None or to not in room.members:
        return []
    return [member for member in room.members if is_shown_in(room, member, to)]


def _messages(node: Node, owner: User | Room, keys: dict[str, None]) -> Iterator[bytes]:
    values = node.world.metadata_of(owner)
    if values:
        name = owner.name if isinstance(owner, Room) else owner.nick
        for key in keys:
            if key in values:
                yield _message(node, name, key, values[key])


def _message(node: Node, name: str, key: str, value: str) -> bytes:
    return f":{node.replies.server} METADATA {name} {key} * :{value}\r\n".encode()


def _send(node: Node, session: Session, name: str, lines: list[bytes]) -> None:
    """Send a batch to a session that need not be the one that asks."""
    if not session.caps & BATCH:
        node.fanout.send(session, b"".join(lines))
        return
    server, ref = node.replies.server, node.batch_ref()
    tag = f"@batch={ref} ".encode()
    opening = f":{server} BATCH +{ref} metadata {name}\r\n".encode()
    closing = f":{server} BATCH -{ref}\r\n".encode()
    node.fanout.send(session, b"".join([opening, *(tag + line for line in lines), closing]))
