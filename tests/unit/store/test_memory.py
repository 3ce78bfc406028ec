"""The store in memory forgets its oldest messages; the rest is judged by tests/store."""

from rookery.core.events import Said
from rookery.store.base import Batch
from rookery.store.memory import MemoryStore

ALL = 1 << 62


def _private(number, sender, recipient):
    conversation = ",".join(sorted((sender, recipient)))
    return Said(number, conversation, sender, recipient, "", "", "PRIVMSG", "", "", "", "")


def test_oldest_messages_are_dropped_from_everywhere():
    """Beyond the limit the oldest leave their conversation and their mailbox."""
    store = MemoryStore(max_messages=80)
    store.commit(Batch(messages=[_private(1, "ann", "cid")]))
    messages = [_private(number, "ann", "bob") for number in range(2, 100)]
    for message in messages:
        store.commit(Batch(messages=[message]))
    kept = store.history("ann,bob", 0, ALL, 999, newest=True)
    assert 80 <= len(kept) <= 90
    assert messages[-len(kept) :] == kept == store.welcome("bob", 0, ALL, 999).messages
    assert store.history("ann,cid", 0, ALL, 999, newest=True) == []
    assert store.welcome("cid", 0, ALL, 999).messages == []
    assert (list(store._log._conversations), list(store._log._received)) == (["ann,bob"], ["bob"])


def test_asking_leaves_no_trace():
    """A name or a conversation asked for is not kept for that."""
    store = MemoryStore()
    store.welcome("ann", 0, ALL, 1)
    store.history("#rook", 0, ALL, 1, newest=True)
    log, rows = store._log, store._rows
    assert (len(log._conversations), len(log._received), len(rows._resends)) == (0, 0, 0)
