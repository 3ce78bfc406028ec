"""Times as the wire writes them (IRCv3 server-time), and as milliseconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime


def to_ms(text: str) -> int | None:
    """Return the time, or None for what is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return int(at.timestamp() * 1000)


def to_wire(at_ms: int) -> str:
    """Return the time in UTC, with milliseconds."""
    moment = datetime.fromtimestamp(at_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
