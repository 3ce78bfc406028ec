"""Where messages of several lines part from the others: their way into rooms.

It is apart from `talk`, so that a message of one line pays nothing for it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rookery.deliver import multiline, render
from rookery.wire.capabilities import ECHO_MESSAGE
from rookery.wire.standard import TAG_RESEND
from rookery.wire.tags import escape

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.core.events import Said
    from rookery.core.room import Room
    from rookery.deliver.multiline import Part
    from rookery.deliver.talk import Rendered


def own_tags(said: Said) -> str:
    """Return the tags that only the sender sees; empty for none."""
    return f"{TAG_RESEND}={escape(said.client_id)}" if said.client_id else ""


def renderer(call: Call, said: Said, parts: list[Part] | None) -> Rendered:
    """Return what makes the lines of a message for a recipient; `parts` where it has several."""
    if parts is None:
        return partial(render.said, said)
    ref = call.node.batch_ref()

    def rendered(caps: int, extra_tags: str) -> bytes:
        return multiline.said(said, parts, caps, ref, extra_tags)

    return rendered


def to_room(call: Call, room: Room, said: Said, parts: list[Part]) -> None:
    """Deliver to all sessions in the room, and to the sender's with its own tags."""
    fanout, speaker = call.node.fanout, call.session
    rendered = renderer(call, said, parts)
    shared: dict[int, bytes] = {}
    for session in fanout.to_rooms([room]):
        if session is speaker:
            continue
        caps = session.caps & multiline.LINES_CAPS
        if caps not in shared:
            shared[caps] = rendered(caps, "")
        fanout.send_once_stored(session, shared[caps])
    if speaker.caps & ECHO_MESSAGE:
        call.send_once_stored(rendered(speaker.caps, own_tags(said)))
