"""Messages of several lines: as one batch where it is understood, as single lines elsewhere.

What was sent keeps its lines on the way to those who are there; it is stored as one text with
line feeds, and a long line of that is cut anew for those who read it later.
Source: IRCv3 draft/multiline, "Batch types", "Fallback".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.deliver import render
from rookery.wire.capabilities import BATCH, MESSAGE_TAGS, MULTILINE
from rookery.wire.standard import TAG_CONCAT

if TYPE_CHECKING:
    from rookery.core.events import Said

LINES_CAPS: Final = render.SAID_CAPS | BATCH | MULTILINE
"""The capabilities that change how a message of several lines looks."""
MAX_PART_BYTES: Final = 380
"""A line of this length fits beside the longest names."""
MAX_WHOLE_BYTES: Final = 500
"""What one line can have brought: it is never cut, since it was not when it was said."""


class Part(NamedTuple):
    """One line as it was sent; `is_joined` to the one before without a line feed."""

    text: str
    is_joined: bool


def is_one_line(text: str) -> bool:
    """Return whether a stored text is shown to everybody as the one line that it was sent as."""
    is_short = len(text) * 4 <= MAX_WHOLE_BYTES or len(text.encode()) <= MAX_WHOLE_BYTES
    return is_short and "\n" not in text


def whole(parts: list[Part]) -> str:
    """Return the text that the parts make."""
    text = parts[0].text
    for part in parts[1:]:
        text += part.text if part.is_joined else "\n" + part.text
    return text


def parts_of(text: str) -> list[Part]:
    """Return the parts of a stored text: `whole` makes it of them again."""
    parts: list[Part] = []
    for line in text.split("\n"):
        pieces = _cut(line)
        parts.append(Part(pieces[0], is_joined=False))
        parts += [Part(piece, is_joined=True) for piece in pieces[1:]]
    return parts


def said(event: Said, parts: list[Part], caps: int, ref: str, extra_tags: str = "") -> bytes:
    """Return the whole lines of a message for a recipient with `caps`.

    `ref` names the batch where there is one; `extra_tags` are tags of this recipient: they stand
    on the batch, or else on the first line.
    """
    tags = render.said_tags(event.id, event.account, event.tags, caps)
    tags = ";".join(part for part in (extra_tags, tags) if part)
    if caps & MULTILINE and caps & BATCH:
        return _batch(event, parts, ref, tags)
    shown = [part.text for part in parts if part.text]
    later = render.said_tags(event.id, event.account, "", caps & ~MESSAGE_TAGS)
    return "".join(
        _line(event, text, later if number else tags) for number, text in enumerate(shown)
    ).encode()


def _batch(event: Said, parts: list[Part], ref: str, tags: str) -> bytes:
    lines = [f"@{tags} " if tags else ""]
    lines.append(f":{event.source} BATCH +{ref} draft/multiline {event.target}\r\n")
    for part in parts:
        concat = f";{TAG_CONCAT}" if part.is_joined else ""
        lines.append(_line(event, part.text, f"batch={ref}{concat}"))
    lines.append(f":{event.source} BATCH -{ref}\r\n")
    return "".join(lines).encode()


def _line(event: Said, text: str, tags: str) -> str:
    line = f":{event.source} {event.command} {event.target} :{text}\r\n"
    return f"@{tags} {line}" if tags else line


def _cut(line: str) -> list[str]:
    """Return pieces of at most `MAX_PART_BYTES`, cut behind a space where there is one."""
    pieces = []
    while len(line) * 4 > MAX_PART_BYTES and len(line.encode()) > MAX_PART_BYTES:
        head = line.encode()[:MAX_PART_BYTES].decode(errors="ignore")
        at = head.rfind(" ") + 1 or len(head)
        pieces.append(line[:at])
        line = line[at:]
    return [*pieces, line]
