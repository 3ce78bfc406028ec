"""What is on its way to the disk: whom and what it concerns."""

import pytest
from tests.unit.deliver.stage import SAID_ID, person, said

from rookery.deliver.underway import MAX_LOOKED_AT, may_change, may_hold
from rookery.store.base import Batch, Forget, Redaction, RoomRemoval

ANN = person("ann", 0)
MESSAGE = said(ANN, "#a")
LATER = SAID_ID + MAX_LOOKED_AT + 1


@pytest.mark.parametrize(
    ("batches", "conversation", "before_id", "expected"),
    (
        ([], "#a", LATER, False),
        ([Batch()], "#a", LATER, False),
        ([Batch(messages=[MESSAGE])], "#a", LATER, True),
        ([Batch(messages=[MESSAGE])], "#a", SAID_ID + 1, True),
        ([Batch(messages=[MESSAGE])], "#a", SAID_ID, False),
        ([Batch(messages=[MESSAGE])], "#b", LATER, False),
        ([Batch(), Batch(messages=[MESSAGE])], "#a", LATER, True),
        ([Batch(redactions=[Redaction("#b", 1)])], "#a", 1, True),
        ([Batch(forgets=[Forget("", 1, 0)])], "#a", 1, True),
        ([Batch(changes=[RoomRemoval("#b", False)])], "#a", 1, True),
        ([Batch(messages=[MESSAGE] * (MAX_LOOKED_AT + 1))], "#b", LATER, True),
        ([Batch(messages=[MESSAGE] * (MAX_LOOKED_AT + 1))], "#b", SAID_ID, False),
    ),
)
def test_may_change(batches, conversation, before_id, expected):
    """A page stays as it is unless a message, a deletion or a move is under way that concerns it.

    Where too much is under way to look through, it may change.
    """
    assert may_change(batches, conversation, before_id) is expected


def test_may_hold():
    """A session owns its own outbox, and where there are too many, perhaps one of them."""
    mine, other = person("bob", 0).sessions[0], ANN.sessions[0]
    assert not may_hold([], mine)
    assert not may_hold([(other, [b""])], mine)
    assert may_hold([(other, [b""]), (mine, [b""])], mine)
    assert may_hold([(other, [b""])] * (MAX_LOOKED_AT + 1), mine)
