import pytest
from hypothesis import given
from hypothesis import strategies as st

from rookery.wire.ranges import Part, part_of


@pytest.mark.parametrize(
    ("header", "part"),
    (
        ("bytes=0-0", Part(0, 1)),
        ("bytes=2-5", Part(2, 4)),
        ("bytes=2-", Part(2, 8)),
        ("bytes=2-999", Part(2, 8)),
        ("bytes=-3", Part(7, 3)),
        ("bytes=-999", Part(0, 10)),
        ("Bytes = 1 - 2", Part(1, 2)),
        ("bytes=10-", Part(10, 0)),
        ("bytes=-0", Part(10, 0)),
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("bytes=0-1,4-5", None),
        ("lines=0-1", None),
        ("", None),
    ),
)
def test_parts_of_ten_bytes(header, part):
    """The part, none of it where it begins behind the end, or the whole. RFC 9110 §14.1.2."""
    assert part_of(header, 10) == part


@given(st.integers(0, 10**20), st.integers(0, 10**20), st.integers(0, 1000))
def test_a_part_is_within_the_file(first, last, size):
    """Whatever is asked for."""
    for header in (f"bytes={first}-{last}", f"bytes={first}-", f"bytes=-{last}"):
        part = part_of(header, size)
        assert part is None or part.size == 0 or 0 <= part.start < part.start + part.size <= size
