"""A pool shared between accounts, without threads."""

from rookery.command.fair_pool import FairPool
from rookery.errors import StoreUnavailableError


class HeldPool:
    """Keeps what it is given until `settle`."""

    def __init__(self):
        self.waiting = []

    def run(self, work, done, failed):
        self.waiting.append((work, done, failed))

    def settle(self):
        for work, done, failed in self.waiting:
            try:
                done(work())
            except OSError as error:
                failed(error)
        self.waiting = []


def _fail():
    raise OSError


def test_one_account_does_not_keep_all_threads_busy():
    """What is too much of one account's fails at once, and others go on."""
    held, answers = HeldPool(), []
    fair = FairPool(held, 2)

    def ask(account, work=lambda: "found"):
        fair.of(account).run(
            work,
            lambda result: answers.append((account, result)),
            lambda error: answers.append((account, type(error))),
        )

    ask("ann", _fail)
    ask("ann")
    ask("ann")
    ask("bob")
    assert (answers, len(held.waiting)) == ([("ann", StoreUnavailableError)], 3)
    held.settle()
    assert answers[1:] == [("ann", OSError), ("ann", "found"), ("bob", "found")]
    ask("ann")
    assert len(held.waiting) == 1
