"""How long what is said is kept: from time to time the store is told to forget what is too old.

The order is carried out behind, while nothing else is to be written (`store.base.Forget`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.core.clock import first_id_at
from rookery.store.base import Forget

if TYPE_CHECKING:
    from rookery.deliver.epoch import Epoch

EVERY_MS: Final = 3_600_000
"""An hour: what is too old by less than that may still be read."""
_DAY_MS: Final = 86_400_000


class Retention:
    """Orders the store to forget, once an hour."""

    def __init__(self, epoch: Epoch) -> None:
        self._epoch = epoch
        self._due_at_ms = 0

    def tick(self, now_ms: int, max_age_days: int, keep_newest: int) -> None:
        """Give the order where it is time; 0 days and 0 messages are no bound."""
        if now_ms < self._due_at_ms or not (max_age_days or keep_newest):
            return
        self._due_at_ms = now_ms + EVERY_MS
        before_id = first_id_at(now_ms - max_age_days * _DAY_MS) if max_age_days else 0
        self._epoch.batch.forgets.append(Forget("", before_id, keep_newest))
        self._epoch.rows += 1
        self._epoch.touch()
