"""RELAYMSG: a bridge speaks for somebody elsewhere. IRCv3 draft/relaymsg.

The name spoken for has a separator that no nick has, so that nobody is taken for somebody else;
the tag `draft/relaymsg` names the bridge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import names
from rookery.command.row import Command
from rookery.core.access import check_is_member
from rookery.core.events import Said
from rookery.core.room import OPERATOR
from rookery.deliver import render
from rookery.wire.capabilities import ECHO_MESSAGE
from rookery.wire.casefold import fold
from rookery.wire.standard import TAG_RELAYED_BY
from rookery.wire.tags import escape

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.core.room import Room

_FORBIDDEN: Final = frozenset("!+%@&#$:'\"?*,.")


def relaymsg(call: Call) -> None:
    """Say something in a room under another name."""
    target, nick, text = call.params[:3]
    if not call.node.rules.relay_separators:
        call.fail("NOT_ENABLED", "Nobody speaks for others on this server")
        return
    room = names.room(call.node, target)
    if not call.user.is_operator:
        check_is_member(room, call.user)
        if room.members[call.user] < OPERATOR:
            call.fail("PRIVS_NEEDED", "Only the room's operators speak for others")
            return
    if not text.strip():
        call.fail("BLANK_MSG", "The message must not be blank")
    elif not _may_speak_for(call, nick):
        separators = " or ".join(call.node.rules.relay_separators)
        call.fail("INVALID_NICK", f"A name that is spoken for has {separators} in it")
    else:
        _say(call, room, nick, text)


def _may_speak_for(call: Call, nick: str) -> bool:
    rules = call.node.rules
    is_marked = not set(rules.relay_separators).isdisjoint(nick)
    is_clean = nick.isprintable() and " " not in nick and _FORBIDDEN.isdisjoint(nick)
    return is_marked and is_clean and len(nick) <= rules.nick_max_chars


def _say(call: Call, room: Room, nick: str, text: str) -> None:
    node, session = call.node, call.session
    said = Said(
        id=node.ids.next_id(call.now_ms),
        conversation=room.key,
        sender=fold(nick),
        recipient="",
        source=f"{nick}!relay@{node.replies.server}",
        account="",
        command="PRIVMSG",
        target=room.name,
        text=text,
        tags=f"{TAG_RELAYED_BY}={escape(call.user.nick)}",
        client_id="",
    )
    call.user.spoke_at_ms = call.now_ms
    node.talk.store([said])
    call.on_store_failure(room.name)
    own: bytes | None = None
    if not session.caps & ECHO_MESSAGE:
        own = b""
    elif call.label:
        node.fanout.seal(room)
        call.send_once_stored(render.said(said, session.caps))
        own = b""
    node.fanout.say(room, said, session, own)


COMMANDS: Final = (
    Command(
        "RELAYMSG",
        relaymsg,
        3,
        "RELAYMSG <#room> <name/elsewhere> :<text>",
        "Let a bridge say something for somebody who is elsewhere.",
        "IRCv3 draft/relaymsg",
    ),
)
