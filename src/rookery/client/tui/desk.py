"""What the chat screen reads: the conversations, who I am, and how the connection stands.

The application gives it; the screen only looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rookery.client.conversation.conversation import Conversation


@dataclass(frozen=True, slots=True)
class Connection:
    """How the connection stands."""

    is_online: bool
    next_try_s: float | None = None
    """Seconds until the next try, while offline; None: connecting now."""
    waiting: int = 0
    """Lines of mine that wait."""
    asked: int = 0
    """Of these, those that are sent only when the person says so."""
    may_have_arrived: bool = False
    """Some of those may be on the server already; otherwise they are only old."""


class Desk(Protocol):
    """Where the screen looks things up."""

    @property
    def server(self) -> str:
        """The server's name for people."""

    @property
    def nick(self) -> str:
        """My name."""

    @property
    def connection(self) -> Connection:
        """How the connection stands now."""

    @property
    def conversations(self) -> Sequence[Conversation]:
        """All of them, in the order of the sidebar: rooms, then people."""

    def get(self, key: str) -> Conversation | None:
        """Return a conversation by its key."""

    @property
    def names(self) -> Sequence[str]:
        """Names heard of lately, for completion."""

    @property
    def rooms(self) -> Sequence[str]:
        """Rooms heard of, by their wire names, for completion."""
