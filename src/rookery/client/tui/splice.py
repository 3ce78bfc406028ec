"""Changes of a list put together: one replacement of a stretch that has the effect of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Splice(NamedTuple):
    """At `at`, `removed` items give way to `added` others."""

    at: int
    removed: int
    added: int


def together(splices: Iterable[Splice]) -> Splice | None:
    """Return one for all, each meant for the list as it is after those before it."""
    whole: Splice | None = None
    for at, removed, added in splices:
        if whole is None:
            whole = Splice(at, removed, added)
            continue
        first = min(whole.at, at)
        behind = max(whole.at + whole.added, at + removed)
        between = behind - first - whole.added
        whole = Splice(first, whole.removed + between, behind - first - removed + added)
    return whole
