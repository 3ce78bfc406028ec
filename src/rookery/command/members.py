"""NAMES: who is in a room, as a list of nicks with their ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command.row import Command
from rookery.core.access import is_shown_in, is_visible
from rookery.core.room import prefixes
from rookery.wire import numerics as num
from rookery.wire.capabilities import MULTI_PREFIX, USERHOST_IN_NAMES
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rookery.command.call import Call
    from rookery.command.node import Node
    from rookery.core.room import Room
    from rookery.deliver.session import Session

MAX_LINE_BYTES: Final = 510
"""A line without its end. RFC 1459 §2.3."""


def names(call: Call) -> None:
    """List the members of each room asked for; a room that is not shown has none."""
    asked = [text for text in call.param(0).split(",") if text]
    for text in asked or ["*"]:
        room = call.node.world.rooms.get(fold(text))
        if room is not None and room.is_there and is_visible(room, call.user):
            tell_names(call.node, call.session, room)
        else:
            shown = text.partition(" ")[0].lstrip(":") or "*"
            call.reply(num.RPL_ENDOFNAMES, shown, "End of NAMES list")


def tell_names(node: Node, session: Session, room: Room) -> None:
    """Send a session the names of those in the room whom it may see."""
    sign = "@" if "s" in room.flags else "="
    numeric = node.replies.numeric
    empty = numeric(session.nick, num.RPL_NAMREPLY, sign, room.name, "")
    lines = [
        numeric(session.nick, num.RPL_NAMREPLY, sign, room.name, line)
        for line in _filled(_words(session, room), MAX_LINE_BYTES + 2 - len(empty))
    ]
    lines.append(numeric(session.nick, num.RPL_ENDOFNAMES, room.name, "End of NAMES list"))
    node.fanout.send(session, b"".join(lines))


def _words(session: Session, room: Room) -> Iterator[str]:
    all_ranks = bool(session.caps & MULTI_PREFIX)
    with_host = bool(session.caps & USERHOST_IN_NAMES)
    me = session.user
    assert me is not None, "names are told to people"
    is_inside, is_open = me in room.members, "u" not in room.flags
    for member, rank in room.members.items():
        if (is_inside or not member.is_invisible) and (is_open or is_shown_in(room, member, me)):
            shown = member.source if with_host else member.nick
            yield prefixes(rank, all_ranks=all_ranks) + shown if rank else shown


def _filled(words: Iterable[str], max_bytes: int) -> Iterator[str]:
    line: list[str] = []
    size = 0
    for word in words:
        size += len(word.encode()) + 1
        if line and size - 1 > max_bytes:
            yield " ".join(line)
            line, size = [], len(word.encode()) + 1
        line.append(word)
    if line:
        yield " ".join(line)


COMMANDS: Final = (
    Command(
        "NAMES",
        names,
        0,
        "NAMES [#room,...]",
        "List who is in a room.",
        "RFC 2812 §3.2.5",
    ),
)
