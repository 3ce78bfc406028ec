"""How a change of metadata reaches those who follow the key. IRCv3 draft/metadata-2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rookery.core.events import MetadataSet
from rookery.core.room import Room
from rookery.wire.capabilities import METADATA_2

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.core.events import Event
    from rookery.deliver.audience import Stage
    from rookery.deliver.session import Session


def _metadata_set(stage: Stage, event: MetadataSet) -> None:
    owner, key = event.owner, event.key
    stage.apply(event)
    if isinstance(owner, Room):
        name = owner.name
        kept_as = owner.key if owner.is_stored else ""
        audience = stage.members([owner])
    else:
        name, kept_as = owner.nick, owner.account_key
        audience = [
            *stage.members(owner.rooms),
            *owner.sessions,
            *stage.monitors.watchers(owner.key),
        ]
    if kept_as:
        stage.store_metadata(kept_as, key, event.value)
    value = "" if event.value is None else f" :{event.value}"
    followers: dict[Session, None] = dict.fromkeys(
        session
        for session in audience
        if session.caps & METADATA_2
        and session.followed
        and key in session.followed
        and session is not event.setter
    )
    line = f":{event.by} METADATA {name} {key} *{value}"
    stage.tell(followers, line, once_stored=bool(kept_as))


HANDLERS: Final[dict[type[Event], Callable[[Stage, Any], None]]] = {MetadataSet: _metadata_set}
