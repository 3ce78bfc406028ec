"""Messages that only some of a room hear: `@#room` (STATUSMSG), and rooms moderated by operators.

They are delivered and not kept: a room's history is for all who may read it. They are apart from
`talk`, so that what all members hear pays nothing for them. modern IRC "PRIVMSG message",
RPL_ISUPPORT `STATUSMSG`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from rookery.command import names
from rookery.command.lines import own_tags, renderer
from rookery.command.resend import take
from rookery.core.access import check_may_speak
from rookery.core.events import Said
from rookery.core.refusal import Reason, Refusal
from rookery.core.room import RANKS
from rookery.deliver import render
from rookery.deliver.multiline import LINES_CAPS
from rookery.wire.capabilities import ECHO_MESSAGE
from rookery.wire.standard import CHANTYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rookery.command.call import Call
    from rookery.core.room import Room
    from rookery.core.user import User
    from rookery.deliver.multiline import Part
    from rookery.deliver.session import Session

What: TypeAlias = tuple[str, str, str]
"""What is said: its text, its client-only tags, and the sending client's id of it."""

SIGNS: Final = "".join(sign for _, _, sign in RANKS)
_RANK_OF: Final = {sign: rank for rank, _, sign in RANKS}
_SIGN_OF: Final = {rank: sign for rank, _, sign in RANKS}


def to_prefixed(call: Call, target: str, what: What, parts: list[Part] | None) -> None:
    """Say something to `@#room`; of several prefixes the lowest counts. Raises `Refusal`."""
    name = target.lstrip(SIGNS)
    if not name.startswith(CHANTYPES):
        raise Refusal(Reason.NO_SUCH_NICK, target)
    least = min(_RANK_OF[sign] for sign in target[: len(target) - len(name)])
    room = names.room(call.node, name)
    others_least = check_may_speak(room, call.user, what[0])
    to_some(call, room, what, max(least, others_least), parts, _SIGN_OF[least])


def to_some(
    call: Call, room: Room, what: What, least: int, parts: list[Part] | None, sign: str = ""
) -> None:
    """Say something to members of the rank `least` and above; who says it may do so."""
    if what[2]:
        take(call, what[2])
    user, message_id = call.user, call.node.ids.next_id(call.now_ms)
    who = (user.key, "", user.source, user.account)
    said = Said(message_id, room.key, *who, call.command, sign + room.name, *what)
    _deliver(call, room, said, least, parts)


def _deliver(call: Call, room: Room, said: Said, least: int, parts: list[Part] | None) -> None:
    speaker = call.session
    rendered = renderer(call, said, parts)
    caps_mask = LINES_CAPS if parts is not None else render.SAID_CAPS
    call.node.fanout.seal(room)
    shared: dict[int, bytes] = {}
    for session in _hearers(room, call.user, least):
        if session is speaker:
            continue
        caps = session.caps & caps_mask
        if caps not in shared:
            shared[caps] = rendered(caps, "")
        if shared[caps]:
            call.node.fanout.send(session, shared[caps])
    if speaker.caps & ECHO_MESSAGE:
        line = rendered(speaker.caps, own_tags(said))
        if line:
            call.send(line)


def _hearers(room: Room, sender: User, least: int) -> Iterator[Session]:
    for member, rank in room.members.items():
        if rank >= least and member is not sender:
            yield from member.sessions
    for session in sender.sessions:
        if session.caps & ECHO_MESSAGE:
            yield session
