"""What a store on disk does while nobody waits for it: filing, indexing, forgetting.

Each `step` is a transaction of some milliseconds, since a batch may come in the middle of it.
"""

# ruff: noqa: S608 - all that is put into the SQL are names of our own

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Final, NamedTuple

from rookery.core.clock import MAX_ID
from rookery.store import filing
from rookery.store.connection import WriteConnection
from rookery.store.rows import Forget

SLICE_ROWS: Final = 512
"""How many messages one step indexes: 4 ms (unit: messages)."""
ERASED_ROWS: Final = 256
"""How many messages one step erases: 10 ms, since it touches all indexes (unit: messages)."""

_END_OF_SLICE: Final = """
    SELECT max(id) FROM (
        SELECT id FROM message WHERE id > (SELECT value FROM meta WHERE key = 'indexed_upto')
        ORDER BY id LIMIT ?
    )
"""
_AS_PAIRS: Final = "SELECT json_group_array(json_array(conversation, id)) FROM"
_OLDEST: Final = f"""
    {_AS_PAIRS} (SELECT conversation, id FROM message WHERE id < ? ORDER BY id LIMIT {ERASED_ROWS})
"""
_OLDEST_OF_ONE: Final = f"""
    {_AS_PAIRS} (
        SELECT conversation, id FROM filed WHERE conversation = ?1 AND id < ?2
        UNION ALL
        SELECT conversation, id FROM filed_event WHERE conversation = ?1 AND id < ?2
        ORDER BY id LIMIT {ERASED_ROWS}
    )
"""
_OLDEST_KEPT: Final = """
    SELECT id FROM filed WHERE conversation = ? ORDER BY id DESC LIMIT 1 OFFSET ?
"""
_NEXT_PLACE: Final = "SELECT min(conversation) FROM filed WHERE conversation > ?"
_NOTHING: Final = "[]"


class _Order(NamedTuple):
    """What remains of a `Forget`; `place` is the last one seen to where all are meant."""

    place: str
    before_id: int
    keep_newest: int
    is_for_all: bool


class Tidying:
    """Works through what waits, one step after the other, on the writing thread."""

    def __init__(self, writer: WriteConnection) -> None:
        self._writer = writer
        self._orders: deque[_Order] = deque()
        self._may_have_unindexed = True
        self._may_have_abandoned = True

    def note_messages(self) -> None:
        """Remember that messages have been committed."""
        self._may_have_unindexed = True

    def note_abandoned(self) -> None:
        """Remember that places have been abandoned."""
        self._may_have_abandoned = True

    def order(self, forgets: Iterable[Forget]) -> None:
        """Take orders to forget; their conversations are places."""
        for conversation, before_id, keep_newest in forgets:
            if conversation:
                self._orders.append(_Order(conversation, before_id, keep_newest, is_for_all=False))
                continue
            if before_id:
                self._orders.append(_Order("", before_id, 0, is_for_all=True))
            if keep_newest:
                self._orders.append(_Order("", 0, keep_newest, is_for_all=True))

    def step(self) -> bool:
        """Do the next piece of work; return False when there was none. All must be filed."""
        if self._may_have_unindexed:
            self._index()
            return True
        if self._may_have_abandoned:
            self._erase_abandoned()
            return True
        if self._orders:
            self._forget(self._orders.popleft())
            return True
        return False

    def _index(self) -> None:
        end = self._writer.value(_END_OF_SLICE, SLICE_ROWS)
        if end is None:
            self._may_have_unindexed = False
            return
        self._writer.write([(sql, [end]) for sql in filing.INDEX_SLICE])

    def _erase_abandoned(self) -> None:
        place = self._writer.value("SELECT place FROM abandoned LIMIT 1")
        if place is None:
            self._may_have_abandoned = False
            return
        if not self._erase(_OLDEST_OF_ONE, place, MAX_ID):
            self._writer.write([("DELETE FROM abandoned WHERE place = ?", [place])])

    def _forget(self, order: _Order) -> None:
        """Do a piece of an order, and put back what remains of it."""
        if not order.is_for_all:
            before_id = max(order.before_id, self._oldest_kept(order))
            if self._erase(_OLDEST_OF_ONE, order.place, before_id):
                self._orders.appendleft(order._replace(before_id=before_id, keep_newest=0))
        elif order.before_id:
            if self._erase(_OLDEST, order.before_id):
                self._orders.appendleft(order)
        else:
            place = self._writer.value(_NEXT_PLACE, order.place)
            if place is not None:
                self._orders.appendleft(order._replace(place=place))
                self._orders.appendleft(_Order(place, 0, order.keep_newest, is_for_all=False))

    def _oldest_kept(self, order: _Order) -> int:
        if not order.keep_newest:
            return 0
        oldest: int | None = self._writer.value(_OLDEST_KEPT, order.place, order.keep_newest - 1)
        return oldest or 0

    def _erase(self, sql: str, *parameters: str | int) -> bool:
        """Erase the messages that `sql` finds; return whether there were any."""
        pairs: str = self._writer.value(sql, *parameters)
        if pairs == _NOTHING:
            return False
        self._writer.write(filing.erase(pairs))
        return True
