"""Where one is in a conversation: its blocks, the selected message, and what came meanwhile."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from rookery.client.tui.blocks import Blocks
from rookery.client.tui.look import Look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rookery.client.conversation.conversation import Conversation
    from rookery.client.conversation.entry import Entry
    from rookery.client.tui.splice import Splice


class Reading:
    """One conversation as it is read; the place stays while another is in front."""

    def __init__(self, conversation: Conversation, width: int, height: int) -> None:
        self.conversation = conversation
        self.selected_key = ""
        self.asked_at = ""
        """The oldest entry when older ones were asked for last."""
        self._seen_coming = ""
        """An entry above which no read line is needed: it was seen as it came."""
        self.missed = 0
        """Messages that came below while older ones were looked at."""
        look = Look(width, this_year=time.localtime().tm_year)
        self.blocks = Blocks(conversation.entries, look, height)
        self._counted = 0
        """How many were unread when those below the read line were counted last."""
        self.look_for_news()

    @property
    def is_at_end(self) -> bool:
        """Return whether the newest line is in view."""
        return self.blocks.scroll.is_at_end

    @property
    def selected(self) -> Entry | None:
        """Return the selected message."""
        at = self.blocks.index_of(self.selected_key) if self.selected_key else -1
        return self.blocks.entries[at] if at >= 0 else None

    def changed(self, splice: Splice) -> None:
        """Take over a change of the entries."""
        entries = self.conversation.entries
        if not _leads_to(self.blocks.entries, splice, entries):
            self.reset()
            return
        was_last, was_at_end = len(self.blocks), self.is_at_end
        self.blocks.changed(splice, entries)
        if not was_at_end and splice.at + splice.removed >= was_last:
            arrived = entries[splice.at : splice.at + splice.added]
            self.missed += max(sum(entry.is_talk for entry in arrived) - splice.removed, 0)
        self._seen()

    def reset(self) -> None:
        """Take all entries anew; the place stays where its entry is still there."""
        blocks = self.blocks
        place = blocks.scroll.place
        top_key = blocks.entries[place].key if place < len(blocks) else ""
        was_at_end = self.is_at_end
        self.blocks = Blocks(self.conversation.entries, blocks.look, blocks.scroll.height)
        at = self.blocks.index_of(top_key)
        if not was_at_end and at >= 0:
            self.blocks.scroll.put_top(at)

    def look_for_news(self, *, is_attended: bool = False) -> None:
        """Take over where the read line stands.

        `is_attended`: the person sees the end, and what comes there is no news to be found again.
        """
        look, new_from_key = self.blocks.look, self.conversation.new_from_key
        if new_from_key and is_attended and new_from_key != look.new_from_key:
            self._seen_coming = new_from_key
        if new_from_key == self._seen_coming:
            new_from_key = ""
        unread = self.conversation.unread
        # What is read keeps its number: the line still tells what was new on coming back.
        is_counted = unread == self._counted or is_attended
        self._counted = unread
        if new_from_key != look.new_from_key or not is_counted:
            count = self._count_from(new_from_key)
            self.blocks.relook(replace(look, new_from_key=new_from_key, new_count=count))

    def _count_from(self, entry_key: str) -> int:
        """Return how many messages of others stand from an entry on."""
        at = self.blocks.index_of(entry_key) if entry_key else -1
        below = self.blocks.entries[at:] if at >= 0 else ()
        return sum(one.is_talk and not one.is_own and not one.is_redacted for one in below)

    def by(self, lines: int) -> None:
        """Scroll by lines."""
        if lines < 0:
            self.asked_at = ""
        self.blocks.scroll.by(lines)
        self._seen()

    def to_end(self) -> None:
        """Go to the newest message, and follow."""
        self.blocks.scroll.to_end()
        self.blocks.scroll.settle()
        self._seen()

    def to_start(self) -> None:
        """Go to the oldest message that is here."""
        self.blocks.scroll.to_start()
        self.blocks.scroll.settle()

    def select(self, entry_key: str) -> None:
        """Select a message and bring it into view; an empty key selects none."""
        self.selected_key = entry_key
        at = self.blocks.index_of(entry_key) if entry_key else -1
        if at >= 0:
            self.blocks.scroll.show(at)

    def select_or_newest(self, entry_key: str) -> bool:
        """Select a message, the newest where none is named; False: there is none."""
        if entry_key:
            self.select(entry_key)
        return bool(entry_key) or self.select_beside(-1)

    def select_beside(self, step: int) -> bool:
        """Select the next message in a direction, at first the newest; False: there is none."""
        entries = self.blocks.entries
        at = self.blocks.index_of(self.selected_key) if self.selected_key else len(entries)
        at += step
        while 0 <= at < len(entries) and not entries[at].is_talk:
            at += step
        if not 0 <= at < len(entries):
            return False
        self.select(entries[at].key)
        return True

    def _seen(self) -> None:
        if self.is_at_end:
            self.missed = 0


def _leads_to(before: Sequence[Entry], splice: Splice, after: Sequence[Entry]) -> bool:
    """Return whether a splice is what makes one list of the other.

    It is not where a conversation was opened between its change and the word of it.
    """
    at, removed, added = splice
    if len(before) - removed + added != len(after) or at + removed > len(before):
        return False
    is_same_above = at == 0 or before[at - 1] is after[at - 1]
    is_same_below = at + removed == len(before) or before[at + removed] is after[at + added]
    return is_same_above and is_same_below
