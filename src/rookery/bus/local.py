"""The bus of a single node: a function call."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.core.events import Event


class LocalBus:
    """Hands each event to the one node there is."""

    __slots__ = ("publish",)

    def __init__(self, deliver: Callable[[Event], None]) -> None:
        self.publish = deliver
