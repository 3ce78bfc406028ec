"""Stores equal plain lists, whatever is committed, asked and tidied in between."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rookery.store.base import Batch, MailboxRow

NAMES = st.sampled_from(["ann", "bob", "cid"])
ROOM_OR_NAME = st.one_of(st.sampled_from(["#rook", "#nest"]), NAMES)
GAPS = st.integers(1, 3)
# A batch is a list of (gap to the id before, sender, addressee); None is a tidying.
HISTORIES = st.lists(
    st.one_of(st.none(), st.lists(st.tuples(GAPS, NAMES, ROOM_OR_NAME), max_size=5)), max_size=12
)
BOUNDS = st.integers(0, 60)


def _play(store, make, history):
    """Commit `history`; return all its messages in order."""
    everything, number = [], 0
    for step in history:
        if step is None:
            store.tidy()
            continue
        messages = []
        for gap, sender, addressee in step:
            number += gap
            if addressee.startswith("#"):
                messages.append(make.message(number, addressee, sender))
            else:
                messages.append(make.private(number, sender, addressee))
        store.commit(Batch(messages=messages))
        everything += messages
    return everything


@settings(max_examples=50)  # each opens a database of its own
@given(HISTORIES, BOUNDS, BOUNDS, st.integers(1, 8), st.booleans())
def test_history_equals_a_list(open_store, make, history, after, before, limit, newest):
    """Every window of every conversation is the same cut of the list of all messages."""
    with open_store() as store:
        everything = _play(store, make, history)
        for conversation in ("#rook", "#nest", "ann,bob", "bob,cid", "cid,cid"):
            window = [
                message
                for message in everything
                if message.conversation == conversation and after < message.id < before
            ]
            expected = window[-limit:] if newest else window[:limit]
            assert expected == store.history(conversation, after, before, limit, newest=newest)


@settings(max_examples=50)  # each opens a database of its own
@given(HISTORIES, BOUNDS, BOUNDS, st.integers(1, 8))
def test_welcome_equals_a_list(open_store, make, history, above, upto, limit):
    """A mailbox is what was sent to the name, in the order of sending."""
    with open_store() as store:
        everything = _play(store, make, history)
        for name in ("ann", "bob", "dan"):
            owed = [
                message
                for message in everything
                if message.recipient == name and above < message.id <= upto
            ]
            assert owed[:limit] == store.welcome(name, above, upto, limit).messages


@settings(max_examples=50)  # each opens a database of its own
@given(st.lists(st.tuples(NAMES, st.integers(0, 1 << 62)), max_size=20))
def test_watermarks_never_go_back(open_store, moves):
    """Whatever order watermarks come in, the highest one stays."""
    expected = {}
    with open_store() as store:
        for name, watermark in moves:
            store.commit(Batch(mailboxes={name: MailboxRow(name, watermark, 0)}))
            expected[name] = max(expected.get(name, 0), watermark)
            mailboxes = {box.key: box.watermark for box in store.load().mailboxes}
            assert expected == mailboxes
