"""Batches are committed in order, every one is answered, and no error ends the thread."""

import logging
import queue
import threading

import pytest

from rookery.errors import StoreUnavailableError
from rookery.store import writer as writer_module
from rookery.store.base import Batch
from rookery.store.writer import InlineWriter, Writer

WAIT_S = 60


def _ignore(_error):
    pass


class FakeStore:
    """Remembers what it is told; a batch that is mapped to an error raises it."""

    def __init__(self):
        self.committed = []
        self.errors = {}
        self.tidied = threading.Event()
        self.steps = queue.SimpleQueue()

    def commit(self, batch):
        if error := self.errors.get(id(batch)):
            raise error
        self.committed.append((batch, threading.current_thread().name))

    def tidy(self):
        if not self.steps.empty():
            return self.steps.get()
        self.tidied.set()
        raise StoreUnavailableError("full")


class FakeLoop:
    """Holds what is to be called until the test, its thread, calls it."""

    def __init__(self):
        self.waiting = queue.SimpleQueue()
        self.is_closed = False

    def call_soon_threadsafe(self, call):
        if self.is_closed:
            raise RuntimeError("closed")
        self.waiting.put(call)

    def turn(self):
        self.waiting.get(timeout=WAIT_S)()


@pytest.fixture
def store():
    """Return a store that only remembers."""
    return FakeStore()


@pytest.fixture
def loop():
    """Return a loop that turns when told."""
    return FakeLoop()


@pytest.fixture
def writer(store, loop):
    """Return a running writer."""
    started = Writer(store, loop.call_soon_threadsafe)
    yield started
    started.stop()


def test_batches_are_committed_and_answered_in_order(store, loop, writer):
    """Each batch is committed on the writer's thread and answered through the loop."""
    batches = [Batch(), Batch(), Batch()]
    answers = []
    for number, batch in enumerate(batches):
        writer.submit(batch, lambda error, number=number: answers.append((number, error)))
    for _ in batches:
        loop.turn()
    assert answers == [(0, None), (1, None), (2, None)]
    assert [(id(batch), "store-writer") for batch in batches] == [
        (id(batch), thread) for batch, thread in store.committed
    ]


def test_refused_batch_is_answered_with_its_error(store, loop, writer):
    """The store's own refusal is handed on as it is."""
    batch, answers = Batch(), []
    store.errors[id(batch)] = error = StoreUnavailableError("The disk is full")
    writer.submit(batch, answers.append)
    loop.turn()
    assert [error] == answers


def test_unexpected_error_is_answered_logged_and_survived(store, loop, writer, caplog):
    """An error of any kind refuses its batch only; its traceback goes to the log."""
    broken, fine, answers = Batch(), Batch(), []
    store.errors[id(broken)] = ZeroDivisionError("a bug")
    writer.submit(broken, answers.append)
    writer.submit(fine, answers.append)
    loop.turn()
    loop.turn()
    assert isinstance(answers[0], StoreUnavailableError)
    assert answers[1] is None
    assert [
        record.exc_info[0].__name__ for record in caplog.records if record.levelno == logging.ERROR
    ] == ["ZeroDivisionError"]


def test_stop_finishes_what_is_queued(store, loop):
    """What was submitted before `stop` is on disk after it."""
    writer = Writer(store, loop.call_soon_threadsafe)
    for _ in range(50):
        writer.submit(Batch(), _ignore)
    writer.stop()
    assert len(store.committed) == 50


def test_closed_loop_ends_nothing(store, loop):
    """A batch whose answer nobody can take is committed all the same."""
    writer = Writer(store, loop.call_soon_threadsafe)
    loop.is_closed = True
    writer.submit(Batch(), _ignore)
    writer.submit(Batch(), _ignore)
    writer.stop()
    assert len(store.committed) == 2


def test_store_is_tidied_when_idle(store, loop, monkeypatch):
    """When no batch comes for a while the store may tidy up; its failing is survived."""
    monkeypatch.setattr(writer_module, "IDLE_S", 0.001)
    writer = Writer(store, loop.call_soon_threadsafe)
    writer.submit(Batch(), _ignore)
    assert store.tidied.wait(WAIT_S)
    writer.submit(Batch(), _ignore)
    writer.stop()
    assert len(store.committed) == 2


def test_all_that_waits_is_tidied(store, loop, monkeypatch):
    """Step follows step while the store says that more waits, from the start on."""
    monkeypatch.setattr(writer_module, "IDLE_S", 0.001)
    for _ in range(9):
        store.steps.put(True)
    writer = Writer(store, loop.call_soon_threadsafe)
    assert store.tidied.wait(WAIT_S)
    writer.stop()


def test_store_without_rest_is_tidied_now_and_then(store, loop, monkeypatch):
    """Where batch follows batch there is a step in between from time to time."""
    monkeypatch.setattr(writer_module, "IDLE_S", WAIT_S)
    monkeypatch.setattr(writer_module, "RESTLESS_S", -1)
    writer = Writer(store, loop.call_soon_threadsafe)
    writer.submit(Batch(), _ignore)
    assert store.tidied.wait(WAIT_S)
    writer.stop()


def test_inline_writer_answers_at_once(store):
    """Without a thread the batch is committed and answered within `submit`."""
    writer, answers = InlineWriter(store), []
    broken = Batch()
    store.errors[id(broken)] = error = StoreUnavailableError("no")
    writer.submit(Batch(), answers.append)
    writer.submit(broken, answers.append)
    writer.stop()
    assert [None, error] == answers
