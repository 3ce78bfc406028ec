"""REDACT: delete what was said. IRCv3 draft/message-redaction.

Authors delete what is theirs, operators of a room what was said there by nobody above them, and
operators of the server anything. It is erased from the store; history does not show it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command.place import Place, place
from rookery.command.row import Command
from rookery.core.clock import time_of
from rookery.core.room import FOUNDER, HALF_OPERATOR
from rookery.deliver import render
from rookery.store.base import Redaction
from rookery.wire.capabilities import MESSAGE_REDACTION
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.core.events import Said
    from rookery.core.room import Room
    from rookery.deliver.session import Session

_MAX_ID_CHARS: Final = 16
_ERASABLE: Final = frozenset({"PRIVMSG", "NOTICE", "TAGMSG"})


def redact(call: Call) -> None:
    """Delete one message of a room or a private conversation."""
    target, message_id = call.params[0], call.params[1]
    there = place(call, target)
    if there is None:
        text = f"You cannot delete messages from {target or '*'}"
        call.fail("INVALID_TARGET", target or "*", text)
        return
    number = _number(message_id)
    if number is None or number <= there.floor_id:
        _unknown(call)
        return
    store = call.node.store
    call.wait_for(
        call.node.readers,
        lambda: store.message(there.conversation, number),
        lambda said: _decide(call, there, said),
        lambda _: _unknown(call),
    )


def _number(message_id: str) -> int | None:
    """Return the id behind a msgid; None for what is no msgid of ours."""
    if not message_id.isalnum() or len(message_id) > _MAX_ID_CHARS:
        return None
    try:
        number = int(message_id, 16)
    except ValueError:
        return None
    return number if render.msgid(number) == message_id else None


def _unknown(call: Call) -> None:
    target, message_id = call.params[:2]
    shown = message_id.split(" ")[0] or "*"
    call.fail("UNKNOWN_MSGID", target, shown, "This message does not exist or is too old")


def _decide(call: Call, there: Place, said: Said | None) -> None:
    if said is None or said.command not in _ERASABLE:
        _unknown(call)
        return
    target, message_id = call.params[:2]
    room = call.node.world.rooms.get(there.conversation)
    if not _is_moderator(call, room, said):
        if not _is_author(call, said):
            text = "You are not authorised to delete this message"
            call.fail("REDACT_FORBIDDEN", target, message_id, text)
            return
        window_s = call.node.rules.redaction_window_s
        if window_s and call.now_ms - time_of(said.id) > window_s * 1000:
            text = "You can no longer delete this message"
            call.fail("REDACT_WINDOW_EXPIRED", target, message_id, str(window_s), text)
            return
    _erase(call, there, room, said)


def _is_author(call: Call, said: Said) -> bool:
    user = call.user
    if said.account or user.account:
        # What an earlier owner of the account's name has said is not this one's.
        return fold(said.account) == user.account_key and said.id > user.mail_floor_id
    return said.sender == user.key and said.id > user.signed_in_id


def _is_moderator(call: Call, room: Room | None, said: Said) -> bool:
    user = call.user
    if user.is_operator:
        return True
    rank = room.members.get(user, 0) if room else 0
    if room is None or rank < HALF_OPERATOR:
        return False
    given_up_id = call.node.world.registry.given_up.get(fold(said.account), 0)
    # The author's account has gone with its ranks, whoever has its name now.
    is_gone = bool(said.account) and said.id <= given_up_id
    return is_gone or rank >= _author_rank(room, said)


def _author_rank(room: Room, said: Said) -> int:
    """Return the highest rank that the author has in the room, here or away."""
    account = fold(said.account)
    rank = room.kept_ranks.get(account, 0)
    if account and account == room.founder:
        rank |= FOUNDER
    ranks = [
        rank_here
        for member, rank_here in room.members.items()
        if (member.account_key == account if account else member.key == said.sender)
    ]
    return max([rank, *ranks])


def _erase(call: Call, there: Place, room: Room | None, said: Said) -> None:
    node = call.node
    node.epoch.batch.redactions.append(Redaction(said.conversation, said.id))
    node.epoch.rows += 1
    call.on_store_failure(call.params[0])
    sessions: list[Session]
    if room is not None:
        sessions = node.fanout.to_rooms([room])
    else:
        other = node.world.users.get(fold(call.params[0]))
        people = dict.fromkeys(person for person in (call.user, other) if person)
        sessions = [session for person in people for session in person.sessions]
    reason = f" :{call.params[2]}" if call.param(2) else ""
    line = f":{call.user.source} REDACT {there.name} {render.msgid(said.id)}{reason}\r\n"
    number = node.ids.next_id(call.now_ms)
    for session in sessions:
        if session.caps & MESSAGE_REDACTION:
            tags = render.said_tags(number, call.user.account, "", session.caps)
            data = (f"@{tags} {line}" if tags else line).encode()
            node.fanout.send_once_stored(session, data)


COMMANDS: Final = (
    Command(
        "REDACT",
        redact,
        2,
        "REDACT <#room | nick> <msgid> [:reason]",
        "Delete a message that you sent, or that was said in a room of yours.",
        "IRCv3 draft/message-redaction",
    ),
)
