"""JOIN and PART: entering rooms and leaving them."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from rookery.command import markread, metadata_shown
from rookery.command import names as name_of
from rookery.command.members import tell_names
from rookery.command.missed import keep_seat, replay_missed
from rookery.command.row import Command
from rookery.core.access import check_is_member, check_may_join, rank_on_entry
from rookery.core.events import Joined, Parted, RoomMade
from rookery.core.refusal import Reason, Refusal
from rookery.core.room import OPERATOR, Room
from rookery.wire import numerics as num
from rookery.wire.capabilities import NO_IMPLICIT_NAMES
from rookery.wire.cut import cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rookery.command.call import Call
    from rookery.command.node import Node
    from rookery.core.names import Name
    from rookery.deliver.session import Session

MAX_REASON_BYTES: Final = 300
"""What PART may say; a line holds it beside the longest names."""
MAX_FORWARDS: Final = 5
"""How many rooms in a row may send a person on; chains are short, and a ring must end."""


def join(call: Call) -> None:
    """Enter each room of the list, or leave all with `0`."""
    if call.params[0] == "0":
        for room in list(call.user.rooms):
            _part(call, room, "")
        return
    asked = call.params[0].split(",")
    if not any(asked):
        call.reply(num.ERR_NEEDMOREPARAMS, "JOIN", "Not enough parameters")
        return
    markread.known_on_entry(call, _to_enter(call, asked), lambda: _join_all(call, asked))


def _to_enter(call: Call, asked: list[str]) -> Iterator[str]:
    """Yield the keys of the rooms that will probably be entered."""
    node, user = call.node, call.user
    given = (call.param(1) or "").split(",")
    if len(user.rooms) >= node.rules.rooms_per_user:
        return
    for place, text in enumerate(asked):
        with contextlib.suppress(Refusal):
            name = name_of.room_name(node, text)
            room = node.world.rooms.get(name.key)
            if room is not None and room.is_there:
                check_may_join(room, user, given[place] if place < len(given) else "")
            yield name.key


def _join_all(call: Call, asked: list[str]) -> None:
    keys = call.param(1).split(",")
    entered: list[Room] = []
    for at, text in enumerate(asked):
        try:
            if text:
                name = name_of.room_name(call.node, text)
                _join(call, name, keys[at] if at < len(keys) else "", entered)
        except Refusal as refusal:
            call.refuse(refusal)
    replay_missed(call, entered)


def _join(call: Call, name: Name, key: str, entered: list[Room], forwards: int = 0) -> None:
    node, user = call.node, call.user
    room = node.world.rooms.get(name.key)
    if room is not None and user in room.members:
        return
    if len(user.rooms) >= node.rules.rooms_per_user:
        raise Refusal(Reason.TOO_MANY_ROOMS, name.text)
    rank = OPERATOR
    if room is None or not room.is_there:
        room = _made(call, name, room)
    else:
        try:
            _check_may_enter(call, room, key)
        except Refusal:
            if not room.forward or forwards >= MAX_FORWARDS:
                raise
            call.reply(num.ERR_LINKCHANNEL, room.name, room.forward, "Forwarding to another room")
            _join(call, name_of.room_name(node, room.forward), "", entered, forwards + 1)
            return
        rank = rank_on_entry(room, user)
    call.emit(Joined(user, room, rank, node.ids.next_id(call.now_ms)))
    for session in user.sessions:
        tell_entered(node, session, room)
    entered.append(room)


def _check_may_enter(call: Call, room: Room, key: str) -> None:
    check_may_join(room, call.user, key)
    if len(room.members) >= call.node.rules.members_per_room:
        raise Refusal(Reason.ROOM_FULL, room.name)


def _made(call: Call, name: Name, left: Room | None) -> Room:
    """Make a room; what was said in private in the one that everybody `left` stays so."""
    room = Room(name, call.now_ms)
    if left is not None:
        is_private = left.is_private
        room.floor_id = call.node.ids.next_id(call.now_ms) if is_private else left.floor_id
        room.since = left.since
    call.emit(RoomMade(room, call.user.account_key))
    return room


def tell_room(call: Call, room: Room) -> None:
    """Send what a client is told about a room it has entered: topic and names."""
    tell_entered(call.node, call.session, room)


def tell_entered(node: Node, session: Session, room: Room) -> None:
    """Send a session topic and names of a room that its person has entered."""
    if room.topic:
        _tell_topic(node, session, room)
    markread.tell_on_entry(node, session, room)
    if not session.caps & NO_IMPLICIT_NAMES:
        tell_names(node, session, room)
    metadata_shown.tell_on_entry(node, session, room)


def tell_topic(call: Call, room: Room) -> None:
    """Send the topic, with who set it and when."""
    _tell_topic(call.node, call.session, room)


def _tell_topic(node: Node, session: Session, room: Room) -> None:
    numeric = node.replies.numeric
    node.fanout.send(session, numeric(session.nick, num.RPL_TOPIC, room.name, room.topic))
    who, when = room.topic_by, str(room.topic_at_ms // 1000)
    node.fanout.send(session, numeric(session.nick, num.RPL_TOPICWHOTIME, room.name, who, when))


def part(call: Call) -> None:
    """Leave each room of the list."""
    asked = [text for text in call.params[0].split(",") if text]
    if not asked:
        call.reply(num.ERR_NEEDMOREPARAMS, "PART", "Not enough parameters")
    for text in asked:
        try:
            room = name_of.room(call.node, text)
            check_is_member(room, call.user)
            _part(call, room, cut(call.param(1), MAX_REASON_BYTES))
        except Refusal as refusal:
            call.refuse(refusal)


def _part(call: Call, room: Room, reason: str) -> None:
    """Let the person leave; who says so has seen what was said there."""
    keep_seat(call.node, call.user, room, call.node.ids.last_id)
    call.emit(Parted(call.user, room, reason))


COMMANDS: Final = (
    Command(
        "JOIN",
        join,
        1,
        "JOIN <#room>[,<#room>...] [key,...]",
        "Enter rooms; a room that is not there is made. JOIN 0 leaves all.",
        "RFC 2812 §3.2.1",
    ),
    Command(
        "PART",
        part,
        1,
        "PART <#room>[,<#room>...] [:reason]",
        "Leave rooms.",
        "RFC 2812 §3.2.2",
    ),
)
