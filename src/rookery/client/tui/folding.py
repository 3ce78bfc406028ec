"""Comings and goings, merged: a run of them is one line unless it is unfolded.

The first entry of a run tells of all; the others have no line of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client.conversation.entry import Kind
from rookery.client.happened import What
from rookery.client.tui.legible import legible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rookery.client.conversation.entry import Entry

_COMINGS: Final = {What.JOINED, What.LEFT, What.QUIT}
MAX_NAMED: Final = 3
"""People told by name before they are only counted."""


def is_foldable(entry: Entry) -> bool:
    """Return whether the entry only tells that somebody came or went."""
    return entry.kind is Kind.EVENT and entry.event is not None and entry.event.what in _COMINGS


def told(run: Sequence[Entry]) -> str:
    """Return what a run amounts to, per person: "4 joined, 2 left"."""
    groups: dict[str, list[str]] = {"joined": [], "left": [], "came and went": [], "is back": []}
    spans: dict[str, tuple[bool, bool]] = {}
    for entry in run:
        assert entry.event is not None
        has_come = entry.event.what is What.JOINED
        first, _ = spans.get(entry.sender, (has_come, has_come))
        spans[entry.sender] = (first, has_come)
    for name, (first, last) in spans.items():
        if first == last:
            groups["joined" if last else "left"].append(name)
        else:
            groups["is back" if last else "came and went"].append(name)
    return ", ".join(f"{_people(names, did)}" for did, names in groups.items() if names)


def _people(names: list[str], did: str) -> str:
    if len(names) > MAX_NAMED:
        return f"{len(names)} {'are back' if did == 'is back' else did}"
    *others, last = map(legible, names)
    who = f"{', '.join(others)} and {last}" if others else last
    return f"{who} {'are back' if others and did == 'is back' else did}"
