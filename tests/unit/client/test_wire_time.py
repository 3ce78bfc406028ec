import pytest

from rookery.client import wire_time


@pytest.mark.parametrize("at_ms", (0, 1_795_000_000_123, 1_795_000_000_000))
def test_time_there_and_back(at_ms):
    """What is written is read again."""
    assert wire_time.to_ms(wire_time.to_wire(at_ms)) == at_ms


def test_other_spellings():
    """A time without a zone is UTC, and no time is none."""
    assert wire_time.to_wire(1000) == "1970-01-01T00:00:01.000Z"
    assert wire_time.to_ms("1970-01-01T00:00:01") == 1000
    assert wire_time.to_ms("") is None
