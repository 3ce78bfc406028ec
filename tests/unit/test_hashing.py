"""Checks of passwords stand back for everything else, and are never left undone for it."""

import os
import queue
import sys
import threading

import pytest

from rookery.errors import StoreUnavailableError
from rookery.hashing import NICENESS, Hashers, processors

WAIT_S = 60
AT_ONCE_S = 0.001
NEVER_S = 10 * WAIT_S
THREADS = 2


class Loop:
    """Holds what is to be called until the test, its thread, calls it."""

    def __init__(self):
        self.waiting = queue.SimpleQueue()

    def call_soon_threadsafe(self, call):
        self.waiting.put(call)

    def turn(self):
        self.waiting.get(timeout=WAIT_S)()


class Places:
    """Where each work was done, and with which niceness."""

    def __init__(self):
        self.threads = []
        self.niceness = []

    def note(self):
        me = threading.current_thread()
        self.threads.append(me.name)
        self.niceness.append(os.getpriority(os.PRIO_PROCESS, me.native_id))


@pytest.fixture
def hashers():
    """Start hashers by a loop that turns when told, with the patience that the test names."""
    started = []

    def start(loop, patience_s, max_waiting=10, threads=THREADS):
        started.append(Hashers(threads, loop.call_soon_threadsafe, max_waiting, patience_s))
        return started[-1]

    yield start
    for one in started:
        one.stop()


def _ignore(_answer):
    pass


def test_only_the_threads_that_check_stand_back(hashers):
    """A check has a niceness of its own where threads can have one, and the loop keeps its."""
    loop, places = Loop(), Places()
    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    hashers(loop, NEVER_S).run(places.note, _ignore, pytest.fail)
    loop.turn()
    assert places.niceness == [max(NICENESS, before) if sys.platform == "linux" else before]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before


@pytest.mark.parametrize("count", range(1, processors() + 1))
def test_processors_that_may_be_used_are_counted(count):
    """A server that is held to some processors has no more threads than those."""
    counted = []

    def held():
        usable = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, usable[:count])
        counted.append(processors())

    thread = threading.Thread(target=held)
    thread.start()
    thread.join(WAIT_S)
    assert counted == [count]


def test_what_waits_is_done_though_all_threads_are_starved(hashers):
    """While a check does not come to its end, a thread that does not stand back does the others."""
    loop, places, go_on, answers = Loop(), Places(), threading.Event(), []
    threads = hashers(loop, AT_ONCE_S, threads=1)
    threads.run(lambda: go_on.wait(WAIT_S), lambda _: answers.append("starved"), pytest.fail)
    for number in range(3):
        threads.run(places.note, lambda _, at=number: answers.append(f"other {at}"), _ignore)
        loop.turn()
    assert answers == ["other 0", "other 1", "other 2"]
    assert set(places.threads) == {"hashing-relief"}
    assert set(places.niceness) == {os.getpriority(os.PRIO_PROCESS, threading.get_native_id())}
    go_on.set()
    loop.turn()
    assert answers[3:] == ["starved"]


def test_each_is_answered_once(hashers):
    """However the threads share what waits, every work is done and answered exactly once."""
    loop, answers = Loop(), []
    threads = hashers(loop, AT_ONCE_S, max_waiting=200)
    for number in range(200):
        threads.run(lambda at=number: at, answers.append, pytest.fail)
    for _ in range(200):
        loop.turn()
    assert sorted(answers) == list(range(200))
    assert loop.waiting.empty()


def test_too_many_are_refused(hashers):
    """Beyond the limit `failed` is called at once."""
    loop, go_on, failures = Loop(), threading.Event(), []
    threads = hashers(loop, NEVER_S, max_waiting=1)
    threads.run(lambda: go_on.wait(WAIT_S), _ignore, _ignore)
    threads.run(lambda: None, _ignore, failures.append)
    assert [type(error) for error in failures] == [StoreUnavailableError]
    go_on.set()
    loop.turn()


def test_the_end_leaves_no_thread_behind(hashers):
    """Once stopped, neither those that stand back nor the one that relieves them are there."""
    threads = hashers(Loop(), AT_ONCE_S)
    relief = threads._relief
    threads.stop()
    relief.join(WAIT_S)
    assert not relief.is_alive()
