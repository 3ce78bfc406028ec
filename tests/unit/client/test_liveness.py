from rookery.client.liveness import ANSWER_S, QUIET_PING_S, WAITING_PING_S, Liveness


def test_silence_is_asked_about_once():
    """After half a minute of silence the server is asked, and once only."""
    liveness = Liveness(0.0)
    assert liveness.next_s(0.0, is_waiting=False) == QUIET_PING_S
    assert not liveness.is_ping_due(QUIET_PING_S - 1, is_waiting=False)
    assert liveness.is_ping_due(QUIET_PING_S, is_waiting=False)
    assert not liveness.is_ping_due(QUIET_PING_S + 1, is_waiting=False)


def test_no_answer_is_death():
    """Without an answer the connection is dead."""
    liveness = Liveness(0.0)
    liveness.is_ping_due(QUIET_PING_S, is_waiting=False)
    assert liveness.next_s(QUIET_PING_S, is_waiting=False) == ANSWER_S
    assert not liveness.is_dead(QUIET_PING_S + ANSWER_S - 1)
    assert liveness.is_dead(QUIET_PING_S + ANSWER_S)


def test_any_word_is_life():
    """Whatever the server says, it is there."""
    liveness = Liveness(0.0)
    liveness.is_ping_due(QUIET_PING_S, is_waiting=False)
    liveness.heard(QUIET_PING_S + 1)
    assert not liveness.is_dead(QUIET_PING_S + ANSWER_S)
    assert liveness.next_s(QUIET_PING_S + 1, is_waiting=False) == QUIET_PING_S


def test_owed_answer_makes_impatient():
    """Silence is suspicious sooner while an answer is owed."""
    liveness = Liveness(0.0)
    assert liveness.is_ping_due(WAITING_PING_S, is_waiting=True)
