"""How events about people reach those who share a room with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rookery.core.events import (
    AwaySet,
    InvisibleSet,
    LoggedIn,
    NameRegistered,
    Renamed,
    SignedIn,
    SignedOut,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.core.events import Event
    from rookery.deliver.audience import Stage


def _signed_out(stage: Stage, event: SignedOut) -> None:
    user = event.user
    audience = stage.members(user.rooms, leaving_out=user)
    stage.apply(event)
    stage.tell(audience, f":{user.source} QUIT :{event.reason}", user.account)


def _renamed(stage: Stage, event: Renamed) -> None:
    user = event.user
    audience = stage.members(user.rooms, leaving_out=user)
    stage.apply(event)
    line = f":{event.old_source} NICK {event.name.text}"
    stage.tell([*user.sessions, *audience], line, user.account)


def _quiet(stage: Stage, event: Event) -> None:
    """Deliver what nobody else is told."""
    stage.apply(event)


HANDLERS: Final[dict[type[Event], Callable[[Stage, Any], None]]] = {
    SignedIn: _quiet,
    SignedOut: _signed_out,
    Renamed: _renamed,
    LoggedIn: _quiet,
    AwaySet: _quiet,
    InvisibleSet: _quiet,
    NameRegistered: _quiet,
}
