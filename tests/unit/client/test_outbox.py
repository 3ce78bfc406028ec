from rookery.client.outbox import MAX_IN_FLIGHT, STALE_AFTER_S, Outbox, Progress


def texts(entries):
    """Return the texts of entries."""
    return [entry.text for entry in entries]


def filled(*numbers):
    """Return an outbox with these messages."""
    outbox = Outbox()
    for number in numbers:
        outbox.add("bob", f"{number}", f"d.{number}", 0.0)
    return outbox


def test_window():
    """A window of messages is on its way; each answer lets the next one go, in order."""
    outbox = filled(*range(MAX_IN_FLIGHT + 2))
    first = outbox.take_due()
    assert len(first) == MAX_IN_FLIGHT
    assert outbox.take_due() == []
    outbox.answered(first[3])
    assert [f"{MAX_IN_FLIGHT}"] == texts(outbox.take_due())


def test_answer_counts_once():
    """A second answer to a message changes nothing."""
    outbox = filled(1, 2)
    one, _ = outbox.take_due()
    outbox.answered(one)
    outbox.answered(one)
    assert texts(outbox) == ["2"]


def test_lost_connection():
    """What was on its way leaves again before anything newer."""
    outbox = filled(1, 2)
    outbox.take_due()
    outbox.lost()
    outbox.add("bob", "3", "d.3", 0.0)
    assert texts(outbox.take_due()) == ["1", "2", "3"]
    assert [entry.was_written for entry in outbox] == [True, True, False]


def test_old_lines_stop_the_queue():
    """Nothing overtakes a line that is asked about."""
    outbox = filled(1)
    outbox.add("bob", "2", "d.2", STALE_AFTER_S)
    asked = outbox.ask_about(STALE_AFTER_S + 1, is_resend_safe=True)
    assert texts(asked) == ["1"]
    assert outbox.take_due() == []
    assert outbox.approve(STALE_AFTER_S + 1) == 1
    assert texts(outbox.take_due()) == ["1", "2"]


def test_dropped_lines():
    """What is not wanted is gone, and only that."""
    outbox = filled(1)
    outbox.add("bob", "2", "d.2", STALE_AFTER_S)
    outbox.ask_about(STALE_AFTER_S + 1, is_resend_safe=True)
    assert texts(outbox.drop()) == ["1"]
    assert texts(outbox.take_due()) == ["2"]


def test_lines_that_may_have_arrived():
    """Only a server that cannot tell a resend makes them a question."""
    outbox = filled(1, 2)
    outbox.answered(outbox.take_due()[1])
    outbox.lost()
    assert outbox.ask_about(1.0, is_resend_safe=True) == []
    (asked,) = outbox.ask_about(1.0, is_resend_safe=False)
    assert asked.progress is Progress.ASKED_ABOUT
