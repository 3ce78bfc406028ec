"""PRIVMSG, NOTICE and TAGMSG: whom they are for, and what is said in rooms.

A message is refused or it is stored; its echo leaves with everyone else's copy, once it is on
disk. What is said to people is in `private`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import lines, names, private, ranked
from rookery.command.lasting import is_lasting
from rookery.command.resend import is_resent, take
from rookery.command.row import Command
from rookery.core.access import check_may_speak
from rookery.core.events import new_said
from rookery.core.refusal import Refusal
from rookery.deliver import render
from rookery.wire import numerics as num
from rookery.wire.capabilities import ECHO_MESSAGE, MESSAGE_TAGS
from rookery.wire.standard import CHANTYPES, TAG_BOT, TAG_RESEND
from rookery.wire.tags import escape, format_tags

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.command.ranked import What
    from rookery.core.events import Said
    from rookery.core.room import Room
    from rookery.deliver.multiline import Part


def privmsg(call: Call) -> None:
    """Say something; every refusal is answered."""
    if _has_target_and_text(call):
        _to_targets(call, call.params[1])


def notice(call: Call) -> None:
    """Say something that nobody answers; nor does the server. RFC 2812 §3.3.2."""
    if len(call.params) > 1 and call.params[0] and call.params[1]:
        _to_targets(call, call.params[1])


def tagmsg(call: Call) -> None:
    """Send client-only tags to those who understand them. IRCv3 message-tags."""
    if call.session.caps & MESSAGE_TAGS:
        _to_targets(call, "")


def say_lines(call: Call, parts: list[Part] | None) -> None:
    """Say what came as a batch; `parts` are its lines where there are several."""
    _to_targets(call, call.params[1], parts)


def _has_target_and_text(call: Call) -> bool:
    params = call.params
    if len(params) > 1 and params[0] and params[1]:
        return True
    if not call.param(0):
        call.reply(num.ERR_NORECIPIENT, f"No recipient given ({call.command})")
    else:
        call.reply(num.ERR_NOTEXTTOSEND, "No text to send")
    return False


def _to_targets(call: Call, text: str, parts: list[Part] | None = None) -> None:
    tags = ""
    client_id = ""
    if call.tags:
        client_id = call.tags.get(TAG_RESEND, "")
        if call.session.caps & MESSAGE_TAGS:
            tags = format_tags({key: value for key, value in call.tags.items() if key[0] == "+"})
    if call.command == "TAGMSG" and not tags:
        return
    if client_id and is_resent(call, client_id, lambda: _to_targets(call, text, parts)):
        return
    if call.user.modes and call.user.is_bot:
        tags = f"{TAG_BOT};{tags}" if tags else TAG_BOT
    what = (text, tags, client_id)
    target = call.params[0]
    call.user.spoke_at_ms = call.now_ms
    if "," not in target:
        _to_target(call, target, what, parts, is_single=True)
        return
    targets = target.split(",")
    if len(targets) > call.node.rules.targets_per_command:
        call.reply(num.ERR_TOOMANYTARGETS, target[:200], "Too many recipients")
        return
    for one in targets:
        _to_target(call, one, what, parts, is_single=False)


def _to_target(
    call: Call, target: str, what: What, parts: list[Part] | None, *, is_single: bool
) -> None:
    try:
        if target.startswith(CHANTYPES):
            _to_room(call, target, what, parts, is_single=is_single)
        elif target and target[0] in ranked.SIGNS:
            ranked.to_prefixed(call, target, what, parts)
        else:
            private.to_person(call, target, what, parts)
    except Refusal as refusal:
        if call.command != "NOTICE":
            call.refuse(refusal)


def _to_room(
    call: Call, target: str, what: What, parts: list[Part] | None, *, is_single: bool
) -> None:
    text, tags, client_id = what
    node, session, user = call.node, call.session, call.user
    room = names.room(node, target)
    least = check_may_speak(room, user, text)
    if client_id:
        take(call, client_id)
    if least:
        ranked.to_some(call, room, what, least, parts)
        return
    said = new_said(
        node.ids.next_id(call.now_ms),
        room.key,
        user.key,
        "",
        user.source,
        user.account,
        call.command,
        room.name,
        *what,
    )
    if call.command != "TAGMSG" or is_lasting(tags):
        node.talk.store([said])
        call.on_store_failure(target)
    if parts is not None:
        lines.to_room(call, room, said, parts)
        return
    own: bytes | None = None if session.caps & ECHO_MESSAGE else b""
    if own is None and (call.label or client_id or user not in room.members):
        own = _own_echo(call, room, said, is_single=is_single)
    node.fanout.say(room, said, session, own)


def _own_echo(call: Call, room: Room, said: Said, *, is_single: bool) -> bytes:
    """Return the sender's echo with its own tags; empty where it has been sent as a reply."""
    if call.user not in room.members or (call.label and not is_single):
        call.node.fanout.seal(room)
        call.send_once_stored(render.said(said, call.session.caps, lines.own_tags(said)))
        return b""
    if not call.label:
        return render.said(said, call.session.caps, lines.own_tags(said))
    call.is_answered = True
    own_tags = f"label={escape(call.label)};{lines.own_tags(said)}".removesuffix(";")
    return render.said(said, call.session.caps, own_tags)


COMMANDS: Final = (
    Command(
        "NOTICE",
        notice,
        0,
        "NOTICE <target>[,<target>...] :<text>",
        "Like PRIVMSG, but never answered automatically.",
        "RFC 2812 §3.3.2",
        is_talk=True,
    ),
    Command(
        "PRIVMSG",
        privmsg,
        0,
        "PRIVMSG <target>[,<target>...] :<text>",
        "Say something in a room or to a person, here or away.",
        "RFC 2812 §3.3.1",
        is_talk=True,
    ),
    Command(
        "TAGMSG",
        tagmsg,
        1,
        "TAGMSG <target>[,<target>...]",
        "Send tags without a text: typing, reactions.",
        "IRCv3 message-tags",
        is_talk=True,
    ),
)
