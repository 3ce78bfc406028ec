"""Points in a conversation, as clients name them: `msgid=…` and `timestamp=…`.

Source: IRCv3 draft/chathistory, "CHATHISTORY Command"; server-time.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from rookery.core.clock import MAX_ID, first_id_at


class Point(NamedTuple):
    """The exclusive bounds of what lies before and after a point; one apart, or a millisecond."""

    before_id: int
    after_id: int


class BadSelectorError(ValueError):
    """What names no point; `is_unknown_kind` where it is well-formed but of a kind of its own."""

    def __init__(self, *, is_unknown_kind: bool = False) -> None:
        super().__init__("no msgid=… or timestamp=…")
        self.is_unknown_kind = is_unknown_kind


def point(text: str) -> Point:
    """Return the point that `text` names, or raise `BadSelectorError`."""
    kind, is_pair, value = text.partition("=")
    if kind == "timestamp":
        return point_at(value)
    if kind == "msgid":
        return _of_msgid(value)
    raise BadSelectorError(is_unknown_kind=bool(is_pair))


def point_at(value: str) -> Point:
    """Return the point of a time as server-time writes it, or raise `BadSelectorError`."""
    at_ms = time_ms(value)
    return Point(first_id_at(at_ms), max(0, first_id_at(at_ms + 1) - 1))


def time_ms(value: str) -> int:
    """Return a time as server-time writes it in ms since 1970, or raise `BadSelectorError`."""
    try:
        moment = datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError:
        raise BadSelectorError from None
    return round(moment.timestamp() * 1000)


def _of_msgid(value: str) -> Point:
    try:
        message_id = int(value, 16)
    except ValueError:
        raise BadSelectorError from None
    if not 0 <= message_id <= MAX_ID:
        raise BadSelectorError
    return Point(message_id, message_id)
