"""How events in a room reach its members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rookery.core.events import Joined, ModesSet, Parted, RoomMade, TopicSet
from rookery.deliver import render
from rookery.deliver.person_events import away_line
from rookery.wire.capabilities import AWAY_NOTIFY, EXTENDED_JOIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.core.events import Event
    from rookery.core.modes import ModeChange
    from rookery.deliver.audience import Stage


def _made(stage: Stage, event: RoomMade) -> None:
    stage.apply(event)
    if event.founder:
        stage.store_room(event.room)


def _joined(stage: Stage, event: Joined) -> None:
    user, room = event.user, event.room
    stage.members([room])  # What was said before belongs to those who were there before.
    stage.apply(event)
    stage.tell_each(
        stage.members([room]),
        lambda caps: render.join_line(user, room.name, caps),
        EXTENDED_JOIN,
        user.account,
        is_bot=user.is_bot,
    )
    if user.away:
        others = stage.members([room], leaving_out=user)
        able = [session for session in others if session.caps & AWAY_NOTIFY]
        stage.tell(able, away_line(user), user.account, is_bot=user.is_bot)


def _parted(stage: Stage, event: Parted) -> None:
    user, room = event.user, event.room
    audience = stage.members([room])
    stage.apply(event)
    text = f" :{event.reason}" if event.reason else ""
    stage.tell(audience, f":{user.source} PART {room.name}{text}", user.account, is_bot=user.is_bot)


def _topic_set(stage: Stage, event: TopicSet) -> None:
    room = event.room
    stage.apply(event)
    stage.store_room(room)
    line = f":{event.by} TOPIC {room.name} :{event.topic}"
    stage.tell(stage.members([room]), line, once_stored=True)


def _modes_set(stage: Stage, event: ModesSet) -> None:
    room = event.room
    stage.apply(event)
    is_kept = any(change.member is None for change in event.changes)
    if is_kept:
        stage.store_room(room)
    line = f":{event.by} MODE {room.name} {mode_words(event.changes)}"
    stage.tell(stage.members([room]), line, once_stored=is_kept)


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
    TopicSet: _topic_set,
    ModesSet: _modes_set,
}
