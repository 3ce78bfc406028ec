import pytest
from hypothesis import given
from hypothesis import strategies as st

from rookery.core.clock import EPOCH_MS, MAX_ID, IdClock, first_id_at, time_of


@given(st.lists(st.integers(EPOCH_MS - 5000, EPOCH_MS + 5000)), st.integers(0, 1 << 32))
def test_ids_never_go_back(times_ms, last_id):
    """Each id is greater than all before it, whatever the clock does."""
    ids = IdClock(last_id)
    given_out = [last_id] + [ids.next_id(at_ms) for at_ms in times_ms]
    assert given_out == sorted(set(given_out))


def test_time_of_an_id():
    """An id tells the millisecond in which it was given out, also to the second of them."""
    ids, at_ms = IdClock(), EPOCH_MS + 123_456
    assert [time_of(ids.next_id(at_ms)) for _ in range(3)] == [at_ms] * 3


def test_clock_jumps_back():
    """After the clock has jumped back, ids go on from the last one."""
    ids = IdClock()
    last_id = ids.next_id(EPOCH_MS + 1000)
    assert ids.next_id(EPOCH_MS) == last_id + 1
    assert time_of(ids.next_id(EPOCH_MS + 2000)) == EPOCH_MS + 2000


@pytest.mark.parametrize("last_id", (0, (5000 << 20) + 7))
def test_several_ids_at_once(last_id):
    """Several ids are those that would be given out one by one."""
    ids, others = IdClock(last_id), IdClock(last_id)
    at_ms = EPOCH_MS + 1000
    assert [*ids.next_ids(at_ms, 3)] == [others.next_id(at_ms) for _ in range(3)]
    assert ids.last_id == others.last_id


def test_first_id_at():
    """The lowest id of a moment is the first that is given out in it, and never out of range."""
    at_ms = EPOCH_MS + 77
    assert first_id_at(at_ms) == IdClock().next_id(at_ms)
    assert first_id_at(EPOCH_MS - 1) == 0
    assert first_id_at(1 << 62) == MAX_ID
