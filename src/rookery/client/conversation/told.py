"""What the session tells, into the conversations: one row for each kind of news.

What concerns the whole client (names taken, giving up, what a search found) is for the
application.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from rookery.client import asking, shown, wording
from rookery.client import happened as hap
from rookery.client.conversation import asks, catching_up, outgoing, taking
from rookery.client.conversation.conversation import key_of
from rookery.client.conversation.conversations import PAUSED_S, TYPING_S
from rookery.client.happened import Presence
from rookery.client.news import Lost
from rookery.client.rooms import is_room
from rookery.client.safe_text import safe
from rookery.client.said import Said
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.client.conversation.conversations import Conversations, Held
    from rookery.client.news import News


def hear(conversations: Conversations, news: News) -> None:
    """Take one piece of news."""
    row = _HEAR.get(type(news))
    if row is not None:
        row(conversations, news)
        return
    for line in wording.tell(news, conversations.model.nick):
        conversations.say_word(line)


def tick(conversations: Conversations, now_s: float) -> None:
    """Let typing notices end; call about once a second."""
    for held in conversations:
        over = [who for who, until_s in held.typing_until_s.items() if until_s <= now_s]
        for who in over:
            del held.typing_until_s[who]
        if over:
            _retell_typing(conversations, held)


def _said(conversations: Conversations, said: Said) -> None:
    name = said.target if said.is_room or said.is_own else said.sender
    if said.is_room and _is_being_left(conversations, name):
        return
    held = conversations.take(name) if said.is_room else catching_up.meet(conversations, name)
    mine = held.timeline.key_of_mine(said.client_id)
    entry = taking.live(
        held.timeline, said, conversations.model.nick, conversations.clock_ms(), mine
    )
    outgoing.edit_stored(held, said.client_id)
    if held.typing_until_s.pop(fold(said.sender), None) is not None:
        _retell_typing(conversations, held)
    if entry is not None and not entry.is_own and entry.at_ms > held.conversation.read_at_ms:
        conversations.arrived.append((held.conversation.key, entry))


def _is_being_left(conversations: Conversations, room: str) -> bool:
    """Return whether the person has left the room, and the server does not know it yet."""
    return conversations.of(room) is None and key_of(room) in conversations.closed


def _happened(conversations: Conversations, happened: hap.Happened) -> None:
    held = conversations.of(happened.room)
    is_coming = happened.event.what is hap.What.JOINED
    if held is None and is_coming and conversations.model.is_me(happened.who):
        held = conversations.take(happened.room)
    if held is not None:
        me, now_ms = conversations.model.nick, conversations.clock_ms()
        taking.live(held.timeline, happened, me, now_ms)


def _reacted(conversations: Conversations, reacted: hap.Reacted) -> None:
    held = conversations.of(reacted.target)
    if held is not None:
        taking.live(held.timeline, reacted, conversations.model.nick, conversations.clock_ms())


def _redacted(conversations: Conversations, redacted: hap.Redacted) -> None:
    held = conversations.of(redacted.target)
    if held is not None:
        held.timeline.redact(redacted)


def _typing(conversations: Conversations, typing: hap.Typing) -> None:
    held = conversations.of(typing.target)
    if held is None:
        return
    before = set(held.typing_until_s)
    held.typing_until_s.pop(fold(typing.who), None)
    if typing.is_active or typing.is_paused:
        span_s = TYPING_S if typing.is_active else PAUSED_S
        held.typing_until_s[fold(typing.who)] = conversations.model.now_s + span_s
    if before != set(held.typing_until_s):
        _retell_typing(conversations, held)


def _retell_typing(conversations: Conversations, held: Held) -> None:
    room = conversations.model.rooms.get(held.conversation.name)
    names = room.members if room is not None else {}
    name = held.conversation.name
    held.conversation.typing = tuple(
        names.get(who, name if fold(name) == who else who) for who in held.typing_until_s
    )
    conversations.about(held)


def _read_to(conversations: Conversations, read: hap.ReadTo) -> None:
    held = conversations.of(read.target)
    if held is not None and read.at_ms > held.conversation.read_at_ms:
        held.conversation.read_at_ms = held.told_read_ms = read.at_ms
        at = held.conversation.index_of(held.conversation.new_from_key)
        if at < 0 or held.conversation.entries[at].at_ms <= read.at_ms:
            held.conversation.new_from_key = ""
        conversations.about(held)
    elif held is not None:
        held.told_read_ms = max(held.told_read_ms, read.at_ms)
        asks.tell_read(conversations, held)


def _near(conversations: Conversations, near: hap.Near) -> None:
    held = conversations.of(near.nick)
    if held is not None:
        held.conversation.presence = near.presence
        conversations.about(held)
    for room in conversations.model.rooms:
        if fold(near.nick) in room.members:
            _members(conversations, room.name)


def _members(conversations: Conversations, room: str) -> None:
    held = conversations.of(room)
    if held is not None:
        held.is_stale = held.are_members_stale = True


def _entered(conversations: Conversations, entered: shown.Entered) -> None:
    held = conversations.take(entered.room)
    conversations.closed.pop(held.conversation.key, None)
    held.conversation.is_joined = held.are_members_stale = True
    held.conversation.name = entered.room
    room = conversations.model.rooms.get(entered.room)
    if room is not None:
        held.conversation.topic = room.topic
        asking.who_quietly(conversations.model, room.name)
    catching_up.fetch_latest(conversations, held)
    conversations.about(held)


def _went(conversations: Conversations, went: shown.Went) -> None:
    held = conversations.of(went.room)
    if held is None:
        return
    held.conversation.is_joined = False
    held.is_latest_asked = False
    conversations.about(held)
    if went.by:
        for line in wording.tell(went, conversations.model.nick):
            conversations.say_word(line, went.room)


def _topic(conversations: Conversations, topic: shown.Topic) -> None:
    held = conversations.of(topic.room)
    if held is not None:
        held.conversation.topic = topic.text
        conversations.about(held)


def _kept(conversations: Conversations, kept: shown.Kept) -> None:
    held = catching_up.meet(conversations, kept.target)
    was_gone = held.conversation.presence is Presence.GONE
    held.conversation.presence = Presence.GONE
    conversations.about(held)
    if not was_gone or not kept.is_known:
        for line in wording.tell(kept, conversations.model.nick):
            conversations.say_word(line, kept.target)


def _refused(conversations: Conversations, refused: shown.Refused) -> None:
    is_own_room = is_room(refused.subject) and conversations.of(refused.subject) is not None
    if refused.command == "join":
        held = conversations.of(refused.subject)
        if held is not None:
            held.conversation.is_joined = False
            conversations.about(held)
    for line in wording.tell(refused, conversations.model.nick):
        conversations.say_word(line, refused.subject if is_own_room else "")


def _invited(conversations: Conversations, invited: shown.Invited) -> None:
    who, room = wording.place(invited.who), wording.place(invited.room)
    conversations.say_word(f"{who} invites you to {room}. Type /join {room} to go.")


def _nothing(_: Conversations, __: object) -> None:
    """The conversations show it otherwise, or the application does."""


def _members_of(conversations: Conversations, changed: hap.MembersChanged) -> None:
    _members(conversations, changed.room)


def _in_or_out(conversations: Conversations, one: shown.Joined | shown.Left) -> None:
    _members(conversations, one.room)


def _renamed(conversations: Conversations, renamed: shown.Renamed) -> None:
    for held in conversations:
        held.is_stale = held.are_members_stale = True
    if renamed.is_me:
        conversations.relist()
    elif fold(renamed.before) != fold(renamed.after) and conversations.of(renamed.before):
        # What is kept for the former name stays under it: on the server it is another person.
        before, after = safe(renamed.before), safe(renamed.after)
        told = f"{before} is called {after} now. To go on talking: /msg {after}"
        conversations.say_word(told, renamed.before)


_HEAR: Final[dict[type, Callable[[Conversations, Any], None]]] = {
    Said: _said,
    hap.Happened: _happened,
    hap.Reacted: _reacted,
    hap.Redacted: _redacted,
    hap.Page: catching_up.page,
    hap.Typing: _typing,
    hap.ReadTo: _read_to,
    hap.Near: _near,
    hap.MembersChanged: _members_of,
    hap.Correspondents: catching_up.correspondents,
    hap.Stored: outgoing.stored,
    hap.Found: _nothing,
    shown.NotSent: outgoing.not_sent,
    shown.AskResend: outgoing.asked_about,
    shown.Entered: _entered,
    shown.Went: _went,
    shown.Topic: _topic,
    shown.Kept: _kept,
    shown.Refused: _refused,
    shown.Invited: _invited,
    shown.Joined: _in_or_out,
    shown.Left: _in_or_out,
    shown.Renamed: _renamed,
    shown.SignedIn: catching_up.signed_in,
    shown.BackOnline: catching_up.signed_in,
    Lost: catching_up.lost,
    shown.Sent: _nothing,
    shown.Missed: _nothing,
    shown.WaitingSent: _nothing,
    shown.Done: _nothing,
    shown.NameTaken: _nothing,
    shown.NameRefused: _nothing,
    shown.ShutOut: _nothing,
}
