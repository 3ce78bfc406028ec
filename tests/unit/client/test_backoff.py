from rookery.client.backoff import JITTER, Backoff


def test_waits_double_up_to_half_a_minute():
    """1, 2, 4 … 30 s, and no longer."""
    backoff = Backoff(lambda: 0.0)
    assert [backoff.next_wait_s() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]


def test_jitter_shortens():
    """Clients of one server do not come back in the same moment."""
    assert Backoff(lambda: 1.0).next_wait_s() == 1 - JITTER


def test_reset():
    """After a connection that worked, waiting begins again."""
    backoff = Backoff(lambda: 0.0)
    backoff.next_wait_s()
    backoff.next_wait_s()
    backoff.reset()
    assert backoff.next_wait_s() == 1.0
