import pytest

from rookery.net.pacing import Bucket, Pace, Patience

PACE = Pace(lines_per_s=20, burst_lines=60, bytes_per_s=1000, burst_bytes=10_000)


def test_burst_of_fifty_lines_passes():
    """A paste of fifty lines is not slowed down."""
    bucket = Bucket(PACE, 0.0)
    assert [bucket.wait_s(80, 0.0) for _ in range(50)] == [0.0] * 50


def test_lines_beyond_the_burst_wait():
    """When the burst is used up, each line waits for its share of a second, and then passes."""
    bucket = Bucket(PACE, 0.0)
    assert [bucket.wait_s(1, 0.0) for _ in range(60)] == [0.0] * 60
    assert bucket.wait_s(1, 0.0) == pytest.approx(0.05)
    assert bucket.wait_s(1, 0.03) == pytest.approx(0.02)
    assert bucket.wait_s(1, 0.051) == 0.0


def test_bytes_count_too():
    """Long lines use up the allowance of bytes."""
    bucket = Bucket(PACE, 0.0)
    assert [bucket.wait_s(5000, 0.0) for _ in range(2)] == [0.0, 0.0]
    assert bucket.wait_s(500, 0.0) == pytest.approx(0.5)
    assert bucket.wait_s(500, 0.5) == 0.0


def test_longer_than_the_burst():
    """A line longer than the whole allowance waits for a full one, not for ever."""
    bucket = Bucket(PACE, 0.0)
    assert bucket.wait_s(20_000, 0.0) == 0.0
    assert bucket.wait_s(20_000, 0.0) == pytest.approx(10.0)
    assert bucket.wait_s(20_000, 10.0) == 0.0


def test_pause_fills_up_to_the_burst():
    """Silence gives the allowance back, but no more than the burst."""
    bucket = Bucket(PACE, 0.0)
    for _ in range(60):
        bucket.wait_s(1, 0.0)
    assert [bucket.wait_s(1, 1000.0) > 0 for _ in range(61)] == [False] * 60 + [True]


def test_clock_that_jumps_back_takes_nothing_away():
    """Time that goes back neither gives nor takes."""
    bucket = Bucket(Pace(1, 2, 1000, 1000), 100.0)
    assert [bucket.wait_s(1, 50.0), bucket.wait_s(1, 50.0)] == [0.0, 0.0]
    assert bucket.wait_s(1, 50.0) == pytest.approx(1.0)
    assert bucket.wait_s(1, 51.0) == 0.0


def test_several_lines_at_once():
    """Lines are let through together where each of them would have been, and else not at all."""
    together, alone = Bucket(PACE, 0.0), Bucket(PACE, 0.0)
    assert together.takes([b"x" * 80] * 50, 0.0)
    assert [alone.wait_s(80, 0.0) for _ in range(50)] == [0.0] * 50
    assert not together.takes([b"x" * 80] * 11, 0.0)
    assert not together.takes([b"x" * 6001], 0.0)
    assert together.takes([b"x" * 80] * 10, 0.0)
    assert [alone.wait_s(80, 0.0) for _ in range(10)] == [0.0] * 10
    assert together.wait_s(1, 0.0) == alone.wait_s(1, 0.0)


def test_what_has_come_already_is_made_up_for():
    """More than the allowance may be taken; the next then waits for all of it."""
    bucket = Bucket(Pace(10, 5, 1000, 1000), 0.0)
    assert bucket.spend(5, 0.0) == 0.0
    assert bucket.spend(20, 0.0) == pytest.approx(2.0)
    assert bucket.spend(0, 1.0) == pytest.approx(1.0)
    assert bucket.spend(0, 2.0) == 0.0


def test_who_sends_a_letter_at_a_time_is_waited_for_no_longer():
    """A pause is forgiven, slowness that goes on is not; who is fast may pause again."""
    patience = Patience(30.0, 1000)
    assert patience.wait_s == 30.0
    for _ in range(3):
        patience.came(1, 9.0)
    assert patience.wait_s == pytest.approx(3.003)
    patience.came(1, 9.0)
    assert patience.wait_s == 0.0
    patience.came(1_000_000, 1.0)
    assert patience.wait_s == 30.0
