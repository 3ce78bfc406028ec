"""The epoch: what was decided together is stored together, then shown together.

Read and decide, render into outboxes, commit, flush: nobody is shown what is not on disk, and all
that leaves, leaves in this order. While a commit is under way the next epoch gathers.
"""

from __future__ import annotations

from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from rookery.deliver.counts import Counts
from rookery.deliver.session import Unconditional
from rookery.deliver.underway import may_change, may_hold
from rookery.store.base import Batch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rookery.core.clock import IdClock
    from rookery.core.events import Said
    from rookery.deliver.fanout import Fanout, Outboxes
    from rookery.deliver.receipts import Receipts
    from rookery.deliver.session import Session
    from rookery.errors import StoreUnavailableError
    from rookery.store.base import BatchWriter


Guard: TypeAlias = "Callable[[Callable[[], object]], bool]"
"""Runs one step; returns False where it had a fault, which is logged and ends nothing else."""


def unguarded(step: Callable[[], object]) -> bool:
    """Run `step`; its faults are the caller's."""
    step()
    return True


Waiting: TypeAlias = "tuple[Callable[[str], None], str, Callable[[], None] | None]"
"""A command that counts only when it is stored.

What answers its sender that it was not, the name to repeat in that answer, and what takes back
the change to the world. A bare tuple, since there is one for every message.
"""


class _Sealed(NamedTuple):
    """An epoch that is on its way to the disk."""

    batch: Batch
    outboxes: Outboxes
    waiting: list[Waiting]
    after: list[Callable[[], None]]


class Clocks(NamedTuple):
    """What an epoch knows of time: when it ends, what time it is, how far the ids are."""

    call_soon: Callable[[Callable[[], object]], object]
    now_ms: Callable[[], int]
    ids: IdClock


class Epoch:
    """Gathers rows and outboxes, and flushes them in order."""

    def __init__(
        self,
        fanout: Fanout,
        receipts: Receipts,
        writer: BatchWriter,
        clocks: Clocks,
        max_outbox_bytes: int,
    ) -> None:
        self.batch = Batch()
        self.rows = 0
        """Rows in `batch`; 0 means that there is nothing to commit."""
        self.waiting: list[Waiting] = []
        self.max_outbox_bytes = max_outbox_bytes
        self.sealed_id = 0
        """Up to this id all is stored or refused, while no commit is under way."""
        self.counts = Counts()
        self.keeps_events = True
        """Whether who comes and goes is a part of a room's history (`audience.Stage.record`)."""
        self.guard: Guard = unguarded
        """What keeps a fault of one port, one undo or one after-action from the others."""
        self.on_stored: Callable[[list[Said]], None] | None = None
        """Told what was stored, once it has been shown."""
        self._fanout = fanout
        self._receipts = receipts
        self._writer = writer
        self._call_soon = clocks.call_soon
        self._now_ms = clocks.now_ms
        self._ids = clocks.ids
        self._is_scheduled = False
        self._after: list[Callable[[], None]] = []
        self._sealed: _Sealed | None = None

    @property
    def is_committing(self) -> bool:
        """Whether an epoch is on its way to the disk."""
        return self._sealed is not None

    def next_id(self) -> int:
        """Return the id of what happens now."""
        return self._ids.next_id(self._now_ms())

    def touch(self) -> None:
        """See to it that the epoch ends with this turn of the loop; call after each read."""
        if not self._is_scheduled and self._sealed is None:
            self._is_scheduled = True
            self._call_soon(self._end)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Call `action` when all that was decided so far is stored and flushed."""
        self._after.append(action)
        self.touch()

    def soon(self, action: Callable[[], None]) -> None:
        """Call `action` in a moment, whatever is on its way to the disk."""
        self._call_soon(partial(self.guard, action))

    def is_settled(self, conversation: str, before_id: int) -> bool:
        """Return whether all that was said there below `before_id` is stored, and stays."""
        batches = (self.batch, self._sealed.batch) if self._sealed else (self.batch,)
        return not may_change(batches, conversation, before_id)

    def owes_nothing(self, session: Session) -> bool:
        """Return whether nothing that was decided so far still has to reach the session.

        To know that, the logs of its person's rooms are sealed.
        """
        is_clear = self._fanout.is_clear(session)
        return is_clear and not (self._sealed and may_hold(self._sealed.outboxes, session))

    def flush_aside(self, session: Session) -> None:
        """Send what waits for the session past the disk: all of it must have come from there.

        Only where `owes_nothing` was true of it before.
        """
        chunks = self._fanout.take_alone(session)
        if chunks:
            self.counts.deliveries += 1
            self.guard(partial(self._write, iter([(session, chunks)])))

    def is_busy(self) -> bool:
        """Return whether something waits to be stored or flushed."""
        return bool(self._sealed or self.rows or self._fanout.dirty or self._after)

    def commit_rest(self) -> None:
        """Hand over what rides along with commits, at the very end: nobody waits for it."""
        if self.rows or self._receipts.changed:
            self.batch.mailboxes = self._receipts.take_changed()
            self._writer.submit(self.batch, lambda _: None)
            self.batch, self.rows = Batch(), 0

    def _end(self) -> None:
        self._is_scheduled = False
        if self._sealed is not None:
            return
        fanout = self._fanout
        self._seal_all()
        self._ask_for_receipts()
        outboxes = fanout.take()
        after, self._after = self._after, []
        self.sealed_id = self._ids.last_id
        self.counts.epochs += 1
        if not self.rows:
            self.waiting = []  # Nothing of it needs the store: no later failure concerns it.
        if not self.rows and not self._receipts.is_overdue:
            self._flush(outboxes, after)
            return
        self.counts.commit_rows.add(self.rows)
        batch, self.batch, self.rows = self.batch, Batch(), 0
        batch.mailboxes = self._receipts.take_changed()
        waiting, self.waiting = self.waiting, []
        sealed = self._sealed = _Sealed(batch, outboxes, waiting, after)
        self.counts.commit_began_s = perf_counter()
        self._writer.submit(batch, lambda error: self._committed(error, sealed))

    def _committed(self, error: StoreUnavailableError | None, sealed: _Sealed) -> None:
        self._sealed = None
        messages = len(sealed.batch.messages)
        self.counts.committed(messages, perf_counter(), is_stored=error is None)
        if error is None:
            self._flush(sealed.outboxes, sealed.after)
            if self.on_stored is not None and messages:
                self.guard(partial(self.on_stored, sealed.batch.messages))
        else:
            self._refuse(sealed)
        self.touch()

    def _refuse(self, sealed: _Sealed) -> None:
        """Take back what could not be stored, and all that was decided since, which built on it.

        So the highest resend counter of a device never stands above a message that has failed.
        """
        self._receipts.give_back(sealed.batch.mailboxes)
        waiting = [*sealed.waiting, *self.waiting]
        for _, _, undo in reversed(waiting):
            if undo is not None:
                self.guard(undo)
        self.batch, self.rows, self.waiting = Batch(), 0, []
        self._seal_all()
        gathered = _retracted(self._fanout.take())
        for tell, subject, _ in waiting:
            self.guard(partial(tell, subject))
        told = self._fanout.take()
        self._flush([*_retracted(sealed.outboxes), *told, *gathered], sealed.after)

    def _seal_all(self) -> None:
        while not self.guard(self._fanout.seal_all):
            pass  # The room with the fault is off the list: go on with the next.

    def _ask_for_receipts(self) -> None:
        for session in self._receipts.due():
            if session.user is not None:
                self._fanout.send(
                    session, self._receipts.ask(session, self._ids.last_id, self._now_ms())
                )

    def _flush(self, outboxes: Outboxes, after: list[Callable[[], None]]) -> None:
        self.counts.deliveries += len(outboxes)
        rest = iter(outboxes)
        while not self.guard(partial(self._write, rest)):
            pass  # The session with the fault is behind us: go on with the next.
        for action in after:
            self.guard(action)

    def _write(self, outboxes: Iterator[tuple[Session, list[bytes]]]) -> None:
        for session, chunks in outboxes:
            port = session.port
            if port is None:
                continue
            if session.frames is not None:
                data = session.frames.joined(chunks)
            else:
                data = chunks[0] if len(chunks) == 1 else b"".join(chunks)
            # What is due now does not count: a page of history is no sign of a slow reader.
            if port.unsent_bytes() > self.max_outbox_bytes:
                self.counts.dropped_readers += 1
                port.abort("Reading too slowly: the rest comes when you reconnect")
                continue
            port.write(data)


def _retracted(
    outboxes: Outboxes,
) -> Outboxes:
    """Return the outboxes without what may be shown only when it is stored."""
    kept: Outboxes = [
        (session, [chunk for chunk in chunks if isinstance(chunk, Unconditional)])
        for session, chunks in outboxes
    ]
    return [(session, chunks) for session, chunks in kept if chunks]
