"""What an epoch on its way to the disk concerns: which conversations, and whose outboxes.

A wrong yes costs a wait, a wrong no breaks the order: in doubt the answer is yes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rookery.deliver.fanout import Outboxes
    from rookery.deliver.session import Session
    from rookery.store.base import Batch

MAX_LOOKED_AT: Final = 1000
"""More rows or outboxes than these are not looked through, some 30 µs: under such a load a wait
for the disk is shared by all of them."""


def may_change(batches: Iterable[Batch], conversation: str, before_id: int) -> bool:
    """Return whether these may still change what was said there below `before_id`."""
    return any(_may_change(batch, conversation, before_id) for batch in batches)


def _may_change(batch: Batch, conversation: str, before_id: int) -> bool:
    if batch.redactions or batch.forgets or batch.changes:
        return True
    messages = batch.messages
    if not messages or messages[0].id >= before_id:
        return False
    return len(messages) > MAX_LOOKED_AT or any(
        said.conversation == conversation for said in messages
    )


def may_hold(outboxes: Outboxes, session: Session) -> bool:
    """Return whether something for the session may be in these outboxes."""
    return len(outboxes) > MAX_LOOKED_AT or any(one is session for one, _ in outboxes)
