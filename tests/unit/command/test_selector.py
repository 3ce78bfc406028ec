"""Points in a conversation, as clients name them."""

import pytest

from rookery.command.selector import BadSelectorError, Point, point, time_ms
from rookery.core.clock import MAX_ID, first_id_at

AT_MS = 1_767_607_200_123
AT = "2026-01-05T10:00:00.123Z"


def test_msgid():
    """A msgid is a point between what was said before and after."""
    assert point("msgid=ff") == Point(255, 255)


def test_timestamp():
    """A time is a millisecond wide: what was said in it is neither before nor after."""
    assert point(f"timestamp={AT}") == Point(first_id_at(AT_MS), first_id_at(AT_MS + 1) - 1)
    assert time_ms(AT) == AT_MS


def test_before_the_first_id():
    """A time of long ago is before everything."""
    assert point("timestamp=1970-01-01T00:00:00.000Z") == Point(0, 0)


@pytest.mark.parametrize(
    ("text", "is_unknown_kind"),
    (
        ("", False),
        ("*", False),
        ("msgid", False),
        ("msgid=", False),
        ("msgid=xyz", False),
        (f"msgid={MAX_ID + 1:x}", False),
        ("timestamp=now", False),
        ("timestamp=2026-02-30T10:00:00.123Z", False),
        ("uid=1", True),
    ),
)
def test_bad(text, is_unknown_kind):
    """What names no point; a kind of its own is told apart."""
    with pytest.raises(BadSelectorError) as raised:
        point(text)
    assert raised.value.is_unknown_kind is is_unknown_kind
