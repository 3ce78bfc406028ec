"""The seam between nodes: an event goes in here, and comes out on every node in one order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rookery.core.events import Event


class Bus(Protocol):
    """Carries events about a room to every node, in the order in which its owner decided them."""

    def publish(self, event: Event) -> None:
        """Make `event` known; it has been delivered here when this returns."""
