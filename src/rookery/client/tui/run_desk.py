"""What the chat screen reads, from the run: see `desk.Desk`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rookery.client.news import Lost
from rookery.client.tui.desk import Connection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rookery.client.conversation.conversation import Conversation
    from rookery.client.conversation.run import Run
    from rookery.client.news import News


class RunDesk:
    """The desk of one run; `server` is what people call it."""

    def __init__(self, run: Run, server: str) -> None:
        self._run = run
        self._server = server
        self._next_try_s: float | None = None
        """When, on the monotonic clock, the next try comes."""

    def hear(self, news: News) -> None:
        """Remember what is told of the connection."""
        if isinstance(news, Lost):
            self._next_try_s = time.monotonic() + news.wait_s

    @property
    def server(self) -> str:
        """The server's name for people."""
        return self._server

    @property
    def nick(self) -> str:
        """My name."""
        return self._run.session.model.nick or self._run.name

    @property
    def connection(self) -> Connection:
        """How the connection stands now."""
        model = self._run.session.model
        left_s = None if self._next_try_s is None else self._next_try_s - time.monotonic()
        is_waiting = left_s is not None and left_s > 0 and not model.is_online
        asked = [waiting for waiting in model.outbox if waiting.is_asked_about]
        return Connection(
            model.is_online,
            left_s if is_waiting else None,
            len(model.outbox),
            len(asked),
            any(waiting.may_have_left for waiting in asked),
        )

    @property
    def conversations(self) -> Sequence[Conversation]:
        """All of them, in the order of the sidebar: rooms, then people."""
        return self._run.conversations.shown

    def get(self, key: str) -> Conversation | None:
        """Return a conversation by its key."""
        held = self._run.conversations.get(key)
        return held.conversation if held is not None else None

    @property
    def names(self) -> Sequence[str]:
        """Names heard of lately, for completion."""
        people = [one.name for one in self.conversations if not one.is_room]
        with self._run.session.using() as model:
            return sorted({*model.known_names(), *people})

    @property
    def rooms(self) -> Sequence[str]:
        """Rooms heard of, by their wire names, for completion."""
        rooms = [one.name for one in self.conversations if one.is_room]
        with self._run.session.using() as model:
            return sorted({*model.known_rooms(), *rooms})
