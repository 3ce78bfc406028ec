from itertools import count

import pytest
from tests.unit.deliver.stage import person

from rookery.deliver.receipts import ASK_EVERY_MS, Receipts
from rookery.store.base import MailboxRow

NOW_MS = 1_000_000


@pytest.fixture
def receipts():
    """Return receipts of a server that knows nobody."""
    return Receipts(())


def _deliver(receipts, session, message_id, now_ms=NOW_MS):
    receipts.delivered(session, message_id, lambda: now_ms)


def _ask(receipts, session, last_id, now_ms=NOW_MS):
    """Return the token of the PING."""
    return receipts.ask(session, last_id, now_ms).decode().strip().removeprefix("PING :")


@pytest.fixture
def session():
    """Return the session of somebody."""
    return person("ann", 0).sessions[0]


def test_proof_moves_the_watermark(receipts, session):
    """The right token proves what was delivered before it was asked for."""
    _deliver(receipts, session, 5)
    assert receipts.due() == [session]
    token = _ask(receipts, session, 9)
    assert receipts.watermark("ann") == 0
    receipts.answered(session, token)
    assert receipts.watermark("ann") == 5
    assert session.read_id == 9
    assert receipts.take_changed() == {"ann": MailboxRow("ann", 5, 0)}


@pytest.mark.parametrize("token", ("", "rookery-", "rookery-8", "rookery-9x", "x", "9"))
def test_wrong_token_proves_nothing(receipts, session, token):
    """Another token moves nothing, and the right one still counts."""
    _deliver(receipts, session, 5)
    right = _ask(receipts, session, 9)
    receipts.answered(session, token)
    assert (receipts.watermark("ann"), session.read_id) == (0, 0)
    receipts.answered(session, right)
    assert receipts.watermark("ann") == 5


def test_token_counts_once(receipts, session):
    """A token that was answered proves nothing more."""
    _deliver(receipts, session, 5)
    token = _ask(receipts, session, 9)
    receipts.answered(session, token)
    _deliver(receipts, session, 12)
    receipts.answered(session, token)
    assert receipts.watermark("ann") == 5


def test_message_after_the_question_is_not_proven(receipts, session):
    """What was delivered behind the PING is proven by the next one."""
    _deliver(receipts, session, 5)
    token = _ask(receipts, session, 6)
    _deliver(receipts, session, 7)
    receipts.answered(session, token)
    assert receipts.watermark("ann") == 5
    receipts.tick(lambda: None)
    assert receipts.due() == [session]
    receipts.answered(session, _ask(receipts, session, 8))
    assert receipts.watermark("ann") == 7


def test_one_question_at_a_time(receipts, session):
    """While a receipt is out, no other is asked for."""
    _deliver(receipts, session, 5)
    _ask(receipts, session, 6)
    _deliver(receipts, session, 7)
    receipts.tick(lambda: None)
    assert receipts.due() == []


def test_pacing(receipts, session):
    """Within a second of the last question the next one waits for the tick."""
    _deliver(receipts, session, 5)
    receipts.answered(session, _ask(receipts, session, 6))
    receipts.due()
    woken = count()
    _deliver(receipts, session, 7, NOW_MS + ASK_EVERY_MS - 1)
    assert receipts.due() == []
    receipts.tick(lambda: next(woken))
    assert (receipts.due(), next(woken)) == ([session], 1)


def test_no_pacing_after_a_pause(receipts, session):
    """After a second the question is asked at once."""
    _deliver(receipts, session, 5)
    receipts.due()
    receipts.answered(session, _ask(receipts, session, 6))
    _deliver(receipts, session, 7, NOW_MS + ASK_EVERY_MS)
    assert receipts.due() == [session]


def test_asked_once_in_an_epoch(receipts, session):
    """Who is renamed between two messages of an epoch is asked once, for the second."""
    _deliver(receipts, session, 5)
    receipts.renamed(session)
    _deliver(receipts, session, 6)
    assert receipts.due() == [session]


def test_nothing_changed_wakes_nobody(receipts):
    """A tick without anything to ask or to store is silent."""
    receipts.tick(lambda: pytest.fail("nothing is to be done"))
    assert not receipts.is_overdue


def test_overdue_rows(receipts):
    """Rows that no commit took along make one of their own at the next tick."""
    receipts.signed_in("ann", NOW_MS)
    assert not receipts.is_overdue
    receipts.tick(lambda: None)
    assert receipts.is_overdue
    assert receipts.take_changed() == {"ann": MailboxRow("ann", 0, NOW_MS)}
    assert not receipts.is_overdue


def test_rows_given_back(receipts):
    """A row that could not be stored is stored later, unless a newer one is there."""
    receipts.signed_in("ann", 1)
    receipts.signed_in("bob", 1)
    rows = receipts.take_changed()
    receipts.signed_in("ann", 2)
    receipts.give_back(rows)
    assert receipts.take_changed() == {
        "ann": MailboxRow("ann", 0, 2),
        "bob": MailboxRow("bob", 0, 1),
    }


def test_known(receipts):
    """A name is known once it has signed in; mail alone does not make it so."""
    receipts.mailed("ann", 5)
    assert [receipts.known("ann"), "ann" in receipts.mailboxes] == [False, True]
    receipts.signed_in("ann", NOW_MS)
    assert receipts.known("ann")


def test_may_be_owed(receipts):
    """What may wait is known without asking the store, where that can be."""
    assert not receipts.may_be_owed("ann")
    receipts.mailed("ann", 5)
    assert receipts.may_be_owed("ann")
    kept = Receipts([MailboxRow("ann", 5, 1), MailboxRow("bob", 5, 1)], {"bob": [6, 7]})
    assert [kept.may_be_owed(name) for name in ("ann", "bob")] == [False, True]
    kept.mailed("ann", 8)
    assert kept.may_be_owed("ann")
    kept.gave_up("bob", 7)
    assert not kept.may_be_owed("bob")


def test_rename_leaves_the_old_name_its_proof(receipts, session):
    """A receipt that is out counts for the name that it was asked of."""
    _deliver(receipts, session, 5)
    token = _ask(receipts, session, 6)
    session.user.key = "anna"
    receipts.renamed(session)
    receipts.answered(session, token)
    assert (receipts.watermark("ann"), receipts.watermark("anna")) == (5, 0)


def test_what_waits_is_counted(receipts, session):
    """A proof takes from the count what it proves, a lost message itself, and age the oldest."""
    for message_id in range(1, 7):
        receipts.left("ann", message_id)
    receipts.unleft("ann", 6)
    assert (receipts.waiting_count("ann"), receipts.waiting_count("bob")) == (5, 0)
    _deliver(receipts, session, 2)
    receipts.answered(session, _ask(receipts, session, 9))
    assert receipts.waiting_count("ann") == 3
    receipts.forgotten(5)
    assert receipts.waiting_count("ann") == 1
    receipts.gave_up("ann", 9)
    assert receipts.waiting_count("ann") == 0


def test_what_waited_at_the_start_is_counted():
    """What the store knows of counts from the start."""
    kept = Receipts([MailboxRow("ann", 5, 1)], {"ann": [6, 7]})
    assert kept.waiting_count("ann") == 2
