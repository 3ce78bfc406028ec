"""JOIN, PART, NAMES and LIST: who is in which room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import names as name_of
from rookery.command.missed import replay_missed
from rookery.command.row import Command
from rookery.core.access import check_is_member, check_may_join, is_founder, is_visible
from rookery.core.events import Joined, Parted, RoomMade
from rookery.core.refusal import Reason, Refusal
from rookery.core.room import OPERATOR, Room, prefixes
from rookery.wire import numerics as num
from rookery.wire.capabilities import MULTI_PREFIX
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rookery.command.call import Call
    from rookery.core.names import Name

NAMES_BYTES_PER_LINE: Final = 400


def join(call: Call) -> None:
    """Enter each room of the list, or leave all with `0`."""
    if call.params[0] == "0":
        for room in list(call.user.rooms):
            call.emit(Parted(call.user, room, ""))
        return
    keys = call.param(1).split(",")
    entered = []
    for at, text in enumerate(call.params[0].split(",")):
        try:
            name = name_of.room_name(call.node, text)
            entered += _join(call, name, keys[at] if at < len(keys) else "")
        except Refusal as refusal:
            call.refuse(refusal)
    replay_missed(call, entered)


def _join(call: Call, name: Name, key: str) -> list[Room]:
    """Enter one room and return it; nothing where the person is in it already."""
    node, user = call.node, call.user
    room = node.world.rooms.get(name.key)
    if room is not None and user in room.members:
        return []
    if len(user.rooms) >= node.rules.rooms_per_user:
        raise Refusal(Reason.TOO_MANY_ROOMS, name.text)
    if room is None:
        room = Room(name, call.now_ms)
        call.emit(RoomMade(room, user.account_key))
        rank = OPERATOR
    else:
        check_may_join(room, user, key)
        is_first_of_unowned = not room.members and not room.founder
        rank = OPERATOR if is_first_of_unowned or is_founder(room, user) else 0
    call.emit(Joined(user, room, rank))
    tell_room(call, room)
    return [room]


def tell_room(call: Call, room: Room) -> None:
    """Send what a client is told about a room it has entered: topic and names."""
    if room.topic:
        tell_topic(call, room)
    _tell_names(call, room)


def tell_topic(call: Call, room: Room) -> None:
    """Send the topic, with who set it and when."""
    call.reply(num.RPL_TOPIC, room.name, room.topic)
    call.reply(num.RPL_TOPICWHOTIME, room.name, room.topic_by, str(room.topic_at_ms // 1000))


def part(call: Call) -> None:
    """Leave each room of the list."""
    for text in call.params[0].split(","):
        try:
            room = name_of.room(call.node, text)
            check_is_member(room, call.user)
            call.emit(Parted(call.user, room, call.param(1)))
        except Refusal as refusal:
            call.refuse(refusal)


def names(call: Call) -> None:
    """List members of the rooms asked for."""
    asked = call.param(0)
    for text in asked.split(",") if asked else ():
        room = call.node.world.rooms.get(fold(text))
        if room is not None and is_visible(room, call.user):
            _tell_names(call, room)
        else:
            call.reply(num.RPL_ENDOFNAMES, text or "*", "End of NAMES list")
    if not asked:
        call.reply(num.RPL_ENDOFNAMES, "*", "End of NAMES list")


def _tell_names(call: Call, room: Room) -> None:
    sign = "@" if "s" in room.flags else "="
    for line in _name_lines(call, room):
        call.reply(num.RPL_NAMREPLY, sign, room.name, line)
    call.reply(num.RPL_ENDOFNAMES, room.name, "End of NAMES list")


def _name_lines(call: Call, room: Room) -> Iterator[str]:
    all_ranks = bool(call.session.caps & MULTI_PREFIX)
    is_inside = call.user in room.members
    line: list[str] = []
    size = 0
    for member, rank in room.members.items():
        if member.is_invisible and not is_inside:
            continue
        word = prefixes(rank, all_ranks=all_ranks) + member.nick if rank else member.nick
        size += len(word) + 1
        if size > NAMES_BYTES_PER_LINE:
            yield " ".join(line)
            line, size = [], len(word) + 1
        line.append(word)
    if line:
        yield " ".join(line)


def list_(call: Call) -> None:
    """List the rooms that the asker may see, with size and topic."""
    wanted = {fold(text) for text in call.param(0).split(",") if text}
    rooms = call.node.world.rooms
    chosen = [rooms[key] for key in wanted if key in rooms] if wanted else list(rooms.values())
    call.reply(num.RPL_LISTSTART, "Channel", "Users  Name")
    for room in chosen:
        if room.members and is_visible(room, call.user):
            call.reply(num.RPL_LIST, room.name, str(len(room.members)), room.topic)
    call.reply(num.RPL_LISTEND, "End of LIST")


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
        "LIST",
        list_,
        0,
        "LIST [#room,...]",
        "List the rooms with their size and topic.",
        "RFC 2812 §3.2.6",
    ),
    Command(
        "NAMES",
        names,
        0,
        "NAMES [#room,...]",
        "List who is in a room.",
        "RFC 2812 §3.2.5",
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
