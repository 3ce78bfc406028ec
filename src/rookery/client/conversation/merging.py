"""Pages of history into a timeline: the server's order, no double, no gap.

A page is a contiguous part of history. On a new connection the latest one is asked for; where it
does not reach what was known before, the pages before it follow until one does. A gap that is too
wide is given up with everything above it, which can be fetched again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rookery.client.conversation.entry import Entry, Kind
from rookery.client.conversation.taking import Taker, take
from rookery.client.happened import Toward

if TYPE_CHECKING:
    from rookery.client.conversation.timeline import Timeline
    from rookery.client.happened import Page

MAX_GAP_PAGES: Final = 10
"""Pages that are fetched to reach what was known; more is not read without being asked for."""


@dataclass(slots=True)
class Reach:
    """How far a timeline reaches."""

    oldest_msgid: str = ""
    """The oldest line of history that was read, shown or not: the next page lies before it."""
    gap_key: str = ""
    """The first entry behind a gap; empty where there is none."""
    gap_msgid: str = ""
    """The oldest line behind the gap."""
    gap_pages: int = 0
    max_gap_pages: int = MAX_GAP_PAGES
    is_latest_read: bool = False
    """The latest page was read on this connection, so that what is heard joins it."""


def merge(timeline: Timeline, reach: Reach, page: Page, me: str, now_ms: int) -> bool:
    """Take a page; return whether the one before it is needed to close a gap."""
    if page.is_failed:
        if reach.gap_key:
            _give_up(timeline, reach)
        return False
    stale = {entry.msgid for entry in timeline.entries if _is_stale(timeline, entry)}
    ids = {item.msgid for item in page.items if item.msgid}
    placer = _Placer(timeline, ids, is_old=page.toward is Toward.BEFORE and not reach.gap_key)
    taker = Taker(timeline, me, now_ms, placer.place, placer.passed, is_page=True)
    for item in page.items:
        take(taker, item)
    is_joined = not ids.isdisjoint(stale)
    if is_joined:
        _drop_missing(timeline, placer.keys, stale - ids)
    first = next((item.msgid for item in page.items if item.msgid), "")
    if page.toward is Toward.LATEST:
        reach.is_latest_read = True
        _latest(timeline, reach, page, first, is_apart=bool(stale and ids) and not is_joined)
    elif page.toward is Toward.BEFORE and reach.gap_key:
        reach.gap_msgid = first or reach.gap_msgid
        reach.gap_key = "" if is_joined else placer.first_key or reach.gap_key
    elif page.toward is Toward.BEFORE:
        reach.oldest_msgid = first or reach.oldest_msgid
        timeline.conversation.has_older = not page.is_last
    return _is_more_needed(timeline, reach, page)


def before_msgid(timeline: Timeline, reach: Reach) -> str:
    """Return the message before which the next page lies; empty where nothing is known."""
    if reach.gap_key:
        return reach.gap_msgid
    return reach.oldest_msgid or _first_msgid(timeline)


def lost(timeline: Timeline, reach: Reach) -> None:
    """The connection is gone: keep what is contiguous; the rest comes back with the next."""
    if reach.gap_key:
        _give_up(timeline, reach)
    elif not reach.is_latest_read and any(_is_stale(timeline, e) for e in timeline.entries):
        heard = [e.key for e in timeline.entries if e.msgid and e.key in timeline.fresh]
        for key in heard:
            timeline.remove(key)
    reach.is_latest_read = False
    timeline.lost()


def trim(timeline: Timeline, reach: Reach, max_entries: int) -> None:
    """Let go of the oldest entries beyond so many; they can be fetched again."""
    if timeline.settled > max_entries:
        timeline.cut(timeline.settled - max_entries)
        reach.oldest_msgid = _first_msgid(timeline)
        timeline.conversation.has_older = True


def _latest(timeline: Timeline, reach: Reach, page: Page, first: str, *, is_apart: bool) -> None:
    if not is_apart:
        if not reach.oldest_msgid:
            at_top = _first_msgid(timeline)
            is_older_here = timeline.knows(first) and not timeline.is_first(first)
            reach.oldest_msgid = at_top if is_older_here else first
            timeline.conversation.has_older = is_older_here or not page.is_last
        return
    fresh = (entry.key for entry in timeline.entries if entry.key in timeline.fresh)
    reach.gap_key, reach.gap_msgid, reach.gap_pages = next(fresh, ""), first, 0
    if not reach.gap_key:
        timeline.cut(timeline.settled)
        reach.oldest_msgid = first
        timeline.conversation.has_older = True


def _is_more_needed(timeline: Timeline, reach: Reach, page: Page) -> bool:
    if not reach.gap_key:
        reach.gap_pages = 0
        return False
    reach.gap_pages += 1
    if page.is_last or reach.gap_pages > reach.max_gap_pages:
        _give_up(timeline, reach)
        timeline.conversation.has_older = not page.is_last
        return False
    return True


def _give_up(timeline: Timeline, reach: Reach) -> None:
    """Let go of what is above the gap."""
    timeline.cut(max(timeline.index_of(reach.gap_key), 0))
    reach.oldest_msgid = reach.gap_msgid
    reach.gap_key = ""
    reach.gap_pages = 0
    timeline.conversation.has_older = True


def _is_stale(timeline: Timeline, entry: Entry) -> bool:
    return bool(entry.msgid) and entry.key not in timeline.fresh


def _first_msgid(timeline: Timeline) -> str:
    return next((entry.msgid for entry in timeline.entries if entry.msgid), "")


class _Placer:
    """Where the entries of one page go: each behind the one before it."""

    def __init__(self, timeline: Timeline, ids: set[str], *, is_old: bool) -> None:
        self._timeline = timeline
        self._ids = ids
        self._is_old = is_old
        """The page lies before everything that is here."""
        self._at = 0
        self.first_key = ""
        self.keys: set[str] = set()

    def place(self, entry: Entry) -> None:
        """Insert a new entry."""
        entries = self._timeline.entries
        at = min(self._at, self._timeline.settled)
        while at < self._timeline.settled and self._is_before(entries[at], entry):
            at += 1
        self._timeline.insert(at, entry)
        self._at = at
        self.passed(entry.key)

    def passed(self, key: str) -> None:
        """Go on behind an entry that is here."""
        self.first_key = self.first_key or key
        self.keys.add(key)
        self._timeline.fresh.add(key)
        # Mostly it is the next one: to look for it would cost the whole timeline for each line.
        entries = self._timeline.entries
        is_next = self._at < len(entries) and entries[self._at].key == key
        self._at = max(self._at, (self._at if is_next else self._timeline.index_of(key)) + 1)

    def _is_before(self, here: Entry, entry: Entry) -> bool:
        if here.at_ms != entry.at_ms:
            return here.at_ms < entry.at_ms
        return not self._is_old and here.msgid not in self._ids and _is_stale(self._timeline, here)


def _drop_missing(timeline: Timeline, keys: set[str], missing: set[str]) -> None:
    """Take out what was deleted while I was away: within the page's range, and not in it."""
    indexes = [at for at, entry in enumerate(timeline.entries) if entry.key in keys]
    gone = [
        entry.key
        for entry in timeline.entries[indexes[0] : indexes[-1]]
        if entry.msgid in missing and entry.kind in {Kind.SAID, Kind.ACTION}
    ]
    for key in gone:
        timeline.remove(key)
