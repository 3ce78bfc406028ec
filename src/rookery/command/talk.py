"""PRIVMSG, NOTICE and TAGMSG: to rooms, to people, to people who are away.

A message is refused or it is stored; its echo leaves with everyone else's copy, once it is on
disk. `docs/ext/mailbox.md` says what the sender of a private message learns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.command import names
from rookery.command.resend import is_resent
from rookery.command.row import Command
from rookery.core.access import check_may_speak
from rookery.core.events import Said
from rookery.core.names import conversation_key
from rookery.core.naming import one_slip_away
from rookery.core.refusal import Reason, Refusal
from rookery.deliver import render
from rookery.wire import numerics as num
from rookery.wire.capabilities import ECHO_MESSAGE, MESSAGE_TAGS
from rookery.wire.casefold import fold
from rookery.wire.standard import CHANTYPES, TAG_RESEND
from rookery.wire.tags import escape, format_tags

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.core.room import Room


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


def _has_target_and_text(call: Call) -> bool:
    params = call.params
    if len(params) > 1 and params[0] and params[1]:
        return True
    if not call.param(0):
        call.reply(num.ERR_NORECIPIENT, f"No recipient given ({call.command})")
    else:
        call.reply(num.ERR_NOTEXTTOSEND, "No text to send")
    return False


def _to_targets(call: Call, text: str) -> None:
    tags = ""
    client_id = ""
    if call.tags:
        client_id = call.tags.get(TAG_RESEND, "")
        if call.session.caps & MESSAGE_TAGS:
            tags = format_tags({key: value for key, value in call.tags.items() if key[0] == "+"})
    if call.command == "TAGMSG" and not tags:
        return
    if client_id and is_resent(call, client_id, lambda: _to_targets(call, text)):
        return
    what = _What(text, tags, client_id)
    target = call.params[0]
    call.user.spoke_at_ms = call.now_ms
    if "," not in target:
        _to_target(call, target, what, is_single=True)
        return
    targets = target.split(",")
    if len(targets) > call.node.rules.targets_per_command:
        call.reply(num.ERR_TOOMANYTARGETS, target[:200], "Too many recipients")
        return
    for one in targets:
        _to_target(call, one, what, is_single=False)


class _What(NamedTuple):
    """What is said, to whomever."""

    text: str
    tags: str
    client_id: str


def _to_target(call: Call, target: str, what: _What, *, is_single: bool) -> None:
    try:
        if target.startswith(CHANTYPES):
            _to_room(call, target, what, is_single=is_single)
        else:
            _to_person(call, target, what)
    except Refusal as refusal:
        if call.command != "NOTICE":
            call.refuse(refusal)


def _to_room(call: Call, target: str, what: _What, *, is_single: bool) -> None:
    node, session, user = call.node, call.session, call.user
    room = names.room(node, target)
    check_may_speak(room, user)
    said = Said(
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
    own: bytes | None = None if session.caps & ECHO_MESSAGE else b""
    if own is None and (call.label or what.client_id or user not in room.members):
        own = _own_echo(call, room, said, is_single=is_single)
    if call.command != "TAGMSG":
        node.talk.store(said)
        call.on_store_failure(target)
    node.fanout.say(room, said, session, own)


def _own_echo(call: Call, room: Room, said: Said, *, is_single: bool) -> bytes:
    """Return the sender's echo with its own tags; empty where it has been sent as a reply."""
    if call.user not in room.members or (call.label and not is_single):
        call.node.fanout.seal(room)
        call.send_once_stored(_echo(call, said, ""))
        return b""
    if not call.label:
        return _echo(call, said, "")
    call.is_answered = True
    return _echo(call, said, f"label={escape(call.label)}")


def _echo(call: Call, said: Said, extra_tags: str) -> bytes:
    if said.client_id:
        own_tag = f"{TAG_RESEND}={escape(said.client_id)}"
        extra_tags = f"{extra_tags};{own_tag}" if extra_tags else own_tag
    return render.said(said, call.session.caps, extra_tags)


def _to_person(call: Call, target: str, what: _What) -> None:
    node, session, user, command = call.node, call.session, call.user, call.command
    key = fold(target)
    person = node.world.users.get(key)
    if person is None:
        _check_may_keep(call, target, key, what.text)
        if command == "TAGMSG":
            return
    said = Said(
        node.ids.next_id(call.now_ms),
        conversation_key(user.key, key),
        user.key,
        key,
        user.source,
        user.account,
        command,
        person.nick if person else target,
        *what,
    )
    if command != "TAGMSG":
        node.talk.store(said)
        call.on_store_failure(target)
    if session.caps & ECHO_MESSAGE:
        call.send_once_stored(_echo(call, said, ""))
    if len(user.sessions) > 1 and person is not user:
        node.talk.to_own_others(said, user, session)
    if person is not None:
        node.talk.to_person(said, person, session)
        if person.away and command == "PRIVMSG":
            call.reply(num.RPL_AWAY, person.nick, person.away)
    elif command == "PRIVMSG":
        call.send_once_stored(_kept_note(call, target, key))


def _check_may_keep(call: Call, target: str, key: str, text: str) -> None:
    """Raise NO_SUCH_NICK unless a message can wait for the person."""
    names_nobody = Refusal(Reason.NO_SUCH_NICK, target or "*")
    try:
        names.nick(call.node, target)
    except Refusal:
        raise names_nobody from None
    is_ctcp = text.startswith("\x01") and not text.startswith("\x01ACTION ")
    has_owner = key in call.node.world.accounts
    if is_ctcp or (call.node.rules.unclaimed == "refuse" and not has_owner):
        raise names_nobody


def _kept_note(call: Call, target: str, key: str) -> bytes:
    node = call.node
    owned_as = node.world.accounts.get(key)
    if owned_as or node.receipts.known(key):
        shown = owned_as or target
        text = f"{shown} is offline: delivered when {shown} connects."
        return call.note("KEPT_AWAY", target, text)
    text = f'Nobody has signed in as "{target}" yet: kept for whoever does.'
    similar = one_slip_away(key, node.world.accounts)
    if not similar:
        return call.note("KEPT_UNCLAIMED", target, text)
    meant = node.world.accounts[similar]
    return call.note("KEPT_UNCLAIMED", target, meant, f"{text} Did you mean {meant}?")


COMMANDS: Final = (
    Command(
        "NOTICE",
        notice,
        0,
        "NOTICE <target>[,<target>...] :<text>",
        "Like PRIVMSG, but never answered automatically.",
        "RFC 2812 §3.3.2",
    ),
    Command(
        "PRIVMSG",
        privmsg,
        0,
        "PRIVMSG <target>[,<target>...] :<text>",
        "Say something in a room or to a person, here or away.",
        "RFC 2812 §3.3.1",
    ),
    Command(
        "TAGMSG",
        tagmsg,
        1,
        "TAGMSG <target>[,<target>...]",
        "Send tags without a text: typing, reactions.",
        "IRCv3 message-tags",
    ),
)
