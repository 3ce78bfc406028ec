"""Events to everybody whom they concern: apply to the world, store what is durable, render.

One row per kind of event. Messages go another way: see `talk`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rookery.deliver import (
    account_events,
    metadata_events,
    operator_events,
    ownership_events,
    person_events,
    room_events,
)
from rookery.deliver.audience import Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.core.events import Event
    from rookery.core.world import World
    from rookery.deliver.epoch import Epoch
    from rookery.deliver.fanout import Fanout
    from rookery.deliver.reply import Replies

HANDLERS: Final[dict[type[Event], Callable[[Stage, Any], None]]] = {
    **account_events.HANDLERS,
    **metadata_events.HANDLERS,
    **operator_events.HANDLERS,
    **ownership_events.HANDLERS,
    **person_events.HANDLERS,
    **room_events.HANDLERS,
}
"""Which function delivers which event; each takes its own kind only."""


class Publisher:
    """Delivers events on this node."""

    def __init__(
        self,
        world: World,
        fanout: Fanout,
        epoch: Epoch,
        replies: Replies,
        now_ms: Callable[[], int],
    ) -> None:
        self._stage = Stage(world, fanout, epoch, replies, now_ms)

    def deliver(self, event: Event) -> None:
        """Apply `event` and append its lines to the outboxes of all whom it concerns."""
        HANDLERS[type(event)](self._stage, event)
