"""Every read is answered once, on the loop's thread; too many are refused at once."""

import queue
import threading

import pytest

from rookery.errors import StoreUnavailableError
from rookery.store.reader import STOP_S, Readers

WAIT_S = 60


def _ignore(_answer):
    pass


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


class LettingGo:
    """A thread that is let go on only when somebody waits for its end."""

    def __init__(self, thread, go_on):
        self.thread = thread
        self.go_on = go_on
        self.name = thread.name

    def is_alive(self):
        return self.thread.is_alive()

    def join(self, timeout):
        assert 0 < timeout <= STOP_S
        self.go_on.set()
        self.thread.join(WAIT_S)


@pytest.fixture
def loop():
    """Return a loop that turns when told."""
    return FakeLoop()


@pytest.fixture
def readers(loop):
    """Return readers with two threads."""
    started = Readers(2, loop.call_soon_threadsafe)
    yield started
    started.stop()


def test_result_comes_back_on_the_loops_thread(loop, readers):
    """The work is done on a thread of the pool, the result taken on the loop's."""
    answers = []
    readers.run(lambda: threading.current_thread().name, answers.append, answers.append)
    assert answers == []
    loop.turn()
    assert [name.startswith("store-reader-") for name in answers] == [True]


def test_error_comes_back_as_it_was(loop, readers):
    """What the work raises is handed to `failed`, and the thread goes on."""
    failures, answers = [], []
    for _ in range(5):
        readers.run(lambda: 1 // 0, answers.append, failures.append)
        loop.turn()
    readers.run(lambda: "fine", answers.append, failures.append)
    loop.turn()
    assert (["fine"], [ZeroDivisionError] * 5) == (answers, [type(error) for error in failures])


def test_full_queue_fails_at_once(loop):
    """Beyond the limit `failed` is called without waiting, until an answer has been taken."""
    readers = Readers(2, loop.call_soon_threadsafe, max_waiting=3)
    go_on, answers, failures = threading.Event(), [], []
    for _ in range(4):
        readers.run(lambda: go_on.wait(WAIT_S), answers.append, failures.append)
    assert [StoreUnavailableError] == [type(error) for error in failures]
    go_on.set()
    loop.turn()
    readers.run(lambda: True, answers.append, failures.append)
    for _ in range(3):
        loop.turn()
    readers.stop()
    assert (answers, len(failures)) == ([True] * 4, 1)


def test_stop_drops_what_waits(loop):
    """`stop` waits for the work that has begun and for no other."""
    readers = Readers(1, loop.call_soon_threadsafe)
    has_begun, go_on, answers = threading.Event(), threading.Event(), []

    def work():
        has_begun.set()
        return go_on.wait(WAIT_S)

    readers.run(work, answers.append, answers.append)
    assert has_begun.wait(WAIT_S)
    for _ in range(3):
        readers.run(work, answers.append, answers.append)
    readers._threads = [LettingGo(readers._threads[0], go_on)]
    readers.stop()
    loop.turn()
    assert (answers, loop.waiting.empty()) == ([True], True)


def test_closed_loop_ends_no_thread(loop):
    """An answer that nobody can take is dropped."""
    readers = Readers(1, loop.call_soon_threadsafe)
    loop.is_closed = True
    readers.run(lambda: 1, _ignore, _ignore)
    readers.run(lambda: 2, _ignore, _ignore)
    readers.stop()


def test_stop_has_a_deadline(loop):
    """Work that hangs holds the end up for no longer than it is waited for."""
    begun, may_end = threading.Event(), threading.Event()

    def hangs():
        begun.set()
        may_end.wait(WAIT_S)

    readers = Readers(1, loop.call_soon_threadsafe)
    readers.run(hangs, _ignore, _ignore)
    assert begun.wait(WAIT_S)
    readers.stop(0.01)
    assert readers._threads[0].is_alive()
    assert readers._threads[0].daemon
    may_end.set()
