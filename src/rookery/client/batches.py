"""Put batches together: messages in, whole batches out.

A batch inside another is part of it; what belongs to no batch passes at once.
Source: IRCv3 batch, "Nested batches"; labeled-response.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rookery.wire.standard import TAG_BATCH, TAG_LABEL

if TYPE_CHECKING:
    from rookery.wire.message import Message

MAX_OPEN_BATCHES: Final = 64
"""A server that opens more forgets to close them: the oldest is let go as it stands."""


@dataclass(slots=True)
class Batch:
    """A batch with its parts in order; `label` is that of the command that it answers."""

    kind: str
    params: tuple[str, ...]
    label: str
    parts: list[Message | Batch] = field(default_factory=list)
    parent: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    """Those of the line that opened it."""
    source: str = ""


class Batches:
    """The batches of one connection that are still open."""

    def __init__(self) -> None:
        self._open: dict[str, Batch] = {}

    def feed(self, message: Message) -> list[Message | Batch]:
        """Return what `message` completes: itself, a batch, or nothing yet."""
        if message.command == "BATCH" and message.params:
            reference = message.params[0]
            if reference.startswith("+"):
                return self._begin(reference[1:], message)
            return self._end(reference[1:])
        batch = self._open.get(message.tags.get(TAG_BATCH, ""))
        if batch is None:
            return [message]
        batch.parts.append(message)
        return []

    def _begin(self, reference: str, message: Message) -> list[Message | Batch]:
        tags = message.tags
        kind = message.params[1] if len(message.params) > 1 else ""
        params = tuple(message.params[2:])
        parent = tags.get(TAG_BATCH, "")
        done = self._end(next(iter(self._open))) if len(self._open) >= MAX_OPEN_BATCHES else []
        self._open[reference] = Batch(
            kind,
            params,
            tags.get(TAG_LABEL, ""),
            parent=parent,
            tags=tags,
            source=message.source,
        )
        return done

    def _end(self, reference: str) -> list[Message | Batch]:
        batch = self._open.pop(reference, None)
        if batch is None:
            return []
        around = self._open.get(batch.parent)
        if around is None:
            return [batch]
        around.parts.append(batch)
        return []
