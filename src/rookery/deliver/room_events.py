"""How events in a room reach its members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rookery.core.events import Invited, Joined, Kicked, ModesSet, Parted, RoomMade, TopicSet
from rookery.core.modes import Kind
from rookery.core.room import RANKS
from rookery.deliver import render
from rookery.deliver.audience import Happening, by_person
from rookery.deliver.person_events import away_line
from rookery.wire.capabilities import AWAY_NOTIFY, EXTENDED_JOIN, INVITE_NOTIFY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rookery.core.events import Event
    from rookery.core.modes import ModeChange
    from rookery.deliver.audience import Stage


MAX_LINE_BYTES: Final = 510
"""A line without its end. RFC 1459 §2.3."""


def _made(stage: Stage, event: RoomMade) -> None:
    room = event.room
    left_behind = stage.rooms_named(room.key)
    stage.apply(event)
    stage.forget_gone(left_behind)
    if room.is_memorable:
        stage.store_room(room)


def _joined(stage: Stage, event: Joined) -> None:
    user, room = event.user, event.room
    stage.members([room])  # What was said before belongs to those who were there before.
    known = len(room.since)
    stage.apply(event)
    if len(room.since) != known:
        stage.store_room(room)
    stage.tell_each(
        [*user.sessions, *stage.onlookers(user, [room])],
        lambda caps: render.join_line(user, room.name, caps),
        EXTENDED_JOIN,
        user.account,
        is_bot=user.is_bot,
        message_id=stage.record(room, by_person("JOIN", "", user)),
    )
    others = stage.onlookers(user, [room])
    if event.rank and others:
        # Who enters reads it in NAMES; for those who are there JOIN says nothing of it.
        letters = "".join(letter for bit, letter, _ in RANKS if event.rank & bit)
        words = " ".join((f"+{letters}", *(user.nick for _ in letters)))
        stage.tell(others, f":{stage.server} MODE {room.name} {words}")
    if user.away:
        able = [session for session in others if session.caps & AWAY_NOTIFY]
        stage.tell(able, away_line(user), user.account, is_bot=user.is_bot)


def _parted(stage: Stage, event: Parted) -> None:
    user, room = event.user, event.room
    audience = [*user.sessions, *stage.onlookers(user, [room])]
    stage.apply(event)
    stage.forget_gone([room])
    text = f" :{event.reason}" if event.reason else ""
    stage.tell(
        audience,
        f":{user.source} PART {room.name}{text}",
        user.account,
        is_bot=user.is_bot,
        message_id=stage.record(room, by_person("PART", text.lstrip(), user)),
    )


def _kicked(stage: Stage, event: Kicked) -> None:
    user, room = event.user, event.room
    audience = stage.members([room])
    known = len(room.since)
    stage.apply(event)
    if len(room.since) != known:
        stage.store_room(room)
    stage.forget_gone([room])
    text = f"{user.nick} :{event.reason}"
    message_id = stage.record(room, Happening("KICK", text, event.by, event.account))
    line = f":{event.by} KICK {room.name} {text}"
    stage.tell(audience, line, event.account, message_id=message_id)


def _invited(stage: Stage, event: Invited) -> None:
    user, room, by = event.user, event.room, event.by
    stage.apply(event)
    others = stage.members([room], leaving_out=by)
    watching = [session for session in others if session.caps & INVITE_NOTIFY]
    line = f":{by.source} INVITE {user.nick} {room.name}"
    stage.tell([*user.sessions, *watching], line, by.account, is_bot=by.is_bot)


def _topic_set(stage: Stage, event: TopicSet) -> None:
    room = event.room
    stage.apply(event)
    stage.store_room(room)
    text = f":{event.topic}"
    message_id = stage.record(room, Happening("TOPIC", text, event.by, event.account))
    line = f":{event.by} TOPIC {room.name} {text}"
    audience = stage.members([room])
    stage.tell(audience, line, event.account, once_stored=True, message_id=message_id)


def _modes_set(stage: Stage, event: ModesSet) -> None:
    room, changes = event.room, event.changes
    ranks_before = dict(room.kept_ranks)
    stage.apply(event)
    is_kept = any(change.is_kept for change in changes)
    if is_kept:
        stage.store_room(room)
    if any(change.mode.kind is Kind.LIST for change in changes):
        stage.store_lists(room)
    if room.kept_ranks != ranks_before:
        is_kept = True
        stage.store_ranks(room)
    audience = stage.members([room])
    head = f":{event.by} MODE {room.name} "
    for line in mode_lines(head, changes):
        happening = Happening("MODE", line[len(head) :], event.by, event.account)
        message_id = stage.record(room, happening)
        stage.tell(audience, line, event.account, once_stored=is_kept, message_id=message_id)


def mode_lines(head: str, changes: tuple[ModeChange, ...]) -> Iterator[str]:
    """Yield changes as MODE writes them behind `head`, in as many lines as they need."""
    some: tuple[ModeChange, ...] = ()
    for change in changes:
        if some and len((head + mode_words((*some, change))).encode()) > MAX_LINE_BYTES:
            yield head + mode_words(some)
            some = ()
        some = (*some, change)
    if some:
        yield head + mode_words(some)


def mode_words(changes: tuple[ModeChange, ...]) -> str:
    """Return changes as MODE writes them: signs and letters, then the parameters."""
    letters = ""
    sign = ""
    for change in changes:
        wanted = "+" if change.is_on else "-"
        letters += (wanted if wanted != sign else "") + change.mode.letter
        sign = wanted
    return " ".join([letters, *(change.param for change in changes if change.param)])


HANDLERS: Final[dict[type[Event], Callable[[Stage, Any], None]]] = {
    RoomMade: _made,
    Joined: _joined,
    Parted: _parted,
    Kicked: _kicked,
    Invited: _invited,
    TopicSet: _topic_set,
    ModesSet: _modes_set,
}
