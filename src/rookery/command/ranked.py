"""Messages that only some of a room hear: `@#room` (STATUSMSG), and rooms moderated by operators.

They are delivered and not kept: a room's history is for all who may read it. They are apart from
`talk`, so that what all members hear pays nothing for them. modern IRC "PRIVMSG message",
RPL_ISUPPORT `STATUSMSG`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command.lines import own_tags, renderer
from rookery.core.room import RANKS
from rookery.deliver import render
from rookery.deliver.multiline import LINES_CAPS
from rookery.wire.capabilities import ECHO_MESSAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rookery.command.call import Call
    from rookery.core.events import Said
    from rookery.core.room import Room
    from rookery.core.user import User
    from rookery.deliver.multiline import Part
    from rookery.deliver.session import Session

SIGNS: Final = "".join(sign for _, _, sign in RANKS)
_RANK_OF: Final = {sign: rank for rank, _, sign in RANKS}
_SIGN_OF: Final = {rank: sign for rank, _, sign in RANKS}


def split(target: str) -> tuple[str, int]:
    """Return the room's name behind prefixes, and the lowest rank that they name; 0 for none."""
    name = target.lstrip(SIGNS)
    signs = target[: len(target) - len(name)]
    return name, min((_RANK_OF[sign] for sign in signs), default=0)


def shown_target(room: Room, least: int) -> str:
    """Return the room as the target of a message to members of the rank `least` and above."""
    return _SIGN_OF[least] + room.name if least else room.name


def to_ranked(call: Call, room: Room, said: Said, least: int, parts: list[Part] | None) -> None:
    """Deliver to members of the rank `least` and above, and to the sender's own sessions."""
    speaker = call.session
    rendered = renderer(call, parts) if parts is not None else render.said
    caps_mask = LINES_CAPS if parts is not None else render.SAID_CAPS
    call.node.fanout.seal(room)
    shared: dict[int, bytes] = {}
    for session in _hearers(room, call.user, least):
        if session is speaker:
            continue
        caps = session.caps & caps_mask
        if caps not in shared:
            shared[caps] = rendered(said, caps, "")
        if shared[caps]:
            call.node.fanout.send(session, shared[caps])
    if speaker.caps & ECHO_MESSAGE:
        line = rendered(said, speaker.caps, own_tags(said))
        if line:
            call.send(line)


def _hearers(room: Room, sender: User, least: int) -> Iterator[Session]:
    for member, rank in room.members.items():
        if rank >= least and member is not sender:
            yield from member.sessions
    for session in sender.sessions:
        if session.caps & ECHO_MESSAGE:
            yield session
