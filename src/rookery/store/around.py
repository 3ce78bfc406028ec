"""The window around a message, made of the two windows beside it."""

from __future__ import annotations

from typing import Protocol

from rookery.core.clock import MAX_ID
from rookery.core.events import Said


class _History(Protocol):
    """A `Store`'s reading of windows."""

    def history(
        self,
        conversation: str,
        after_id: int,
        before_id: int,
        max_messages: int,
        *,
        newest: bool,
        talk_only: bool = False,
    ) -> list[Said]: ...


def around(
    store: _History, conversation: str, message_id: int, max_messages: int, *, talk_only: bool
) -> list[Said]:
    """Return what `Store.around` promises."""
    after = store.history(
        conversation, message_id - 1, MAX_ID, max_messages, newest=False, talk_only=talk_only
    )
    before = store.history(
        conversation, 0, message_id, max_messages, newest=True, talk_only=talk_only
    )
    # The message itself is on the later side, so an odd one out belongs there.
    wanted_before = max(max_messages // 2, max_messages - len(after))
    before = before[max(0, len(before) - wanted_before) :]
    return before + after[: max_messages - len(before)]
