"""What works beside a house, in its turns: a disk, threads, and who hashes. Tests hold it up."""

from functools import cache

from rookery.errors import StoreUnavailableError
from rookery.wire import scram


class Disk:
    """A writer that commits in `turn`; `is_held` makes it wait, `is_full` makes it fail."""

    def __init__(self, store):
        self.store = store
        self.waiting = []
        self.is_held = False
        self.is_full = False

    def submit(self, batch, done):
        self.waiting.append((batch, done))

    def settle(self):
        batch, done = self.waiting.pop(0)
        if self.is_full:
            done(StoreUnavailableError("full"))
            return
        self.store.commit(batch)
        done(None)

    def stop(self):
        pass


class Pool:
    """Threads that work in `turn`; `is_held` makes them wait, `is_busy` turns work away.

    `fails_after` is how many are let through before one is turned away.
    """

    def __init__(self):
        self.waiting = []
        self.is_held = False
        self.is_busy = False
        self.fails_after = None

    def run(self, work, done, failed):
        is_failing = self.fails_after == 0
        if self.fails_after is not None:
            self.fails_after = self.fails_after - 1 if self.fails_after else None
        if self.is_busy or is_failing:
            failed(StoreUnavailableError("busy"))
        else:
            self.waiting.append((work, done))

    def settle(self):
        work, done = self.waiting.pop(0)
        done(work())


@cache
def _verifier(password):
    return scram.derive(password, b"sixteen bytes ok", 4096).dumps()


class FakePasswords:
    """Hashes that can be read."""

    def hash(self, password):
        return f"hash of {password}", _verifier(password)

    def is_right(self, password_hash, password):
        return password_hash == f"hash of {password}"

    def waste(self, password):
        pass
