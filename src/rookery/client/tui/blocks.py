"""The blocks of a conversation, laid out when they are looked at and kept until they change.

A change reaches beyond its entries: the day, the read line and the run of comings and goings of
the entries around them, and the quotes in those that answer them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rookery.client.tui.layout import estimate, lay_out, run_start
from rookery.client.tui.scroll import Scroll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rookery.client.conversation.entry import Entry
    from rookery.client.tui.look import Look
    from rookery.client.tui.pieces import Block
    from rookery.client.tui.splice import Splice

MAX_KEPT: Final = 3000
"""Blocks kept laid out: some screens' worth."""


class Blocks:
    """The laid-out entries; `scroll` is the window over them, settled after every call."""

    def __init__(self, entries: Sequence[Entry], look: Look, height: int) -> None:
        self._entries = list(entries)
        self._kept: dict[str, Block] = {}
        self._by_msgid: dict[str, Entry] = {}
        self._answers: dict[str, set[str]] = {}
        """Msgid to the keys of those that quote it."""
        self._learn(self._entries)
        self._look = replace(look, quoted=self._by_msgid.get)
        self.scroll = Scroll(self, height)
        self.scroll.settle()

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def entries(self) -> Sequence[Entry]:
        """Return what is laid out."""
        return self._entries

    @property
    def look(self) -> Look:
        """Return how it is looked at."""
        return self._look

    def estimate(self, index: int) -> int:
        """Return about how tall a block is; exact where it is 0."""
        kept = self._kept.get(self._entries[index].key)
        return len(kept.lines) if kept is not None else estimate(self._entries, index, self._look)

    def block(self, index: int) -> Block:
        """Return a block, laid out anew only if something has changed."""
        key = self._entries[index].key
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = lay_out(self._entries, index, self._look)
            if len(self._kept) > MAX_KEPT:
                del self._kept[next(iter(self._kept))]
        return kept

    def index_of(self, entry_key: str) -> int:
        """Return where an entry stands, or -1; the newest are found quickest."""
        for index in range(len(self._entries) - 1, -1, -1):
            if self._entries[index].key == entry_key:
                return index
        return -1

    # What changes.

    def resize(self, width: int, height: int) -> None:
        """Fit into another window; the place stays."""
        if width != self._look.width:
            self._anew(replace(self._look, width=width))
        self.scroll.resize(height)
        self.scroll.settle()

    def relook(self, look: Look) -> None:
        """Take over where the read line stands and what is unfolded; the place stays."""
        look = replace(look, quoted=self._by_msgid.get)
        if look == self._look:
            return
        keys = {self._look.new_from_key, look.new_from_key} - {""}
        is_line_only = replace(look, new_from_key="", new_count=0) == replace(
            self._look, new_from_key="", new_count=0
        )
        if not is_line_only:
            self._anew(look)
        else:
            self._look = look
            for at in filter(lambda at: at >= 0, map(self.index_of, keys)):
                self._alter_beside(at, 1)
        self.scroll.settle()

    def changed(self, splice: Splice, entries: Sequence[Entry]) -> None:
        """Take over `entries`, which differ from those before by `splice`; the place stays."""
        at, removed, added = splice
        place = self.scroll.place
        top_key = self._entries[place].key if place < len(self._entries) else ""
        gone = self._entries[at : at + removed]
        arrived = entries[at : at + added]
        self._entries[at : at + removed] = arrived
        self._forget(gone)
        self._learn(arrived)
        self.scroll.changed(at, removed, added)
        if removed and at <= place < at + removed != at + added:
            self.scroll.put(next((i for i, e in enumerate(arrived, at) if e.key == top_key), at))
        self._alter_beside(at, added)
        self.scroll.settle()

    def _learn(self, arrived: Sequence[Entry]) -> None:
        for entry in arrived:
            self._kept.pop(entry.key, None)
            if entry.msgid:
                self._by_msgid[entry.msgid] = entry
            if entry.reply_to:
                self._answers.setdefault(entry.reply_to, set()).add(entry.key)
            for key in self._answers.get(entry.msgid, ()):
                self._kept.pop(key, None)

    def _forget(self, gone: Sequence[Entry]) -> None:
        for entry in gone:
            self._kept.pop(entry.key, None)
            self._by_msgid.pop(entry.msgid, None)

    def _anew(self, look: Look) -> None:
        self._look = look
        self._kept.clear()
        self.scroll.rebuild()

    def _alter_beside(self, at: int, count: int) -> None:
        """Lay out anew what depends on the entries from `at` on: those beside, and their runs."""
        around = {at - 1, at, at + count - 1, at + count}
        beside = {index for index in around if 0 <= index < len(self._entries)}
        for index in beside | {run_start(self._entries, one, self._look) for one in beside}:
            self._kept.pop(self._entries[index].key, None)
            self.scroll.altered(index)
