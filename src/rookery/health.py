"""Whether a running server can do its work, as /healthz says it.

Nothing is measured here: an answer also says that the event loop turns.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rookery.assembly import Assembly

STUCK_S: Final = 10.0
"""A commit that takes longer is no commit any more: the disk does not answer (unit: seconds)."""


def illness_of(parts: Assembly) -> str:
    """Return why the server cannot do its work now; empty when it can."""
    node, counts = parts.node, parts.node.epoch.counts
    if node.is_stopping:
        return "stopping"
    if counts.is_failing:
        return "the disk refuses what is to be stored"
    if node.epoch.is_committing and time.perf_counter() - counts.commit_began_s > STUCK_S:
        return "the disk does not answer"
    return ""
