"""Messages of several lines: one batch on the wire, one text here.

Source: IRCv3 draft/multiline, client-batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.client import split
from rookery.wire.message import Message
from rookery.wire.standard import TAG_BATCH, TAG_CONCAT

if TYPE_CHECKING:
    from rookery.client.batches import Batch

BATCH: Final = "draft/multiline"
USUAL_MAX_BYTES: Final = 4096
"""Of a server that does not say how much it takes."""
USUAL_MAX_LINES: Final = 24


class Limits(NamedTuple):
    """What a batch may hold."""

    max_bytes: int
    max_lines: int


def limits(value: str) -> Limits:
    """Return the limits from the capability's value, `max-bytes=40000,max-lines=100`."""
    found = dict(part.partition("=")[::2] for part in value.split(","))

    def number(name: str, usual: int) -> int:
        text = found.get(name, "")
        return int(text) if text.isdecimal() else usual

    return Limits(number("max-bytes", USUAL_MAX_BYTES), number("max-lines", USUAL_MAX_LINES))


def joined(batch: Batch) -> Message:
    """Return the message that a batch is, with the tags of the line that opened it."""
    parts = [part for part in batch.parts if isinstance(part, Message)]
    text = ""
    for number, part in enumerate(parts):
        is_new_line = number > 0 and TAG_CONCAT not in part.tags
        text += ("\n" if is_new_line else "") + part.params[-1]
    first = parts[0]
    return Message(first.command, [first.params[0], text], batch.source or first.source, batch.tags)


def cut(text: str, max_bytes: int, most: Limits) -> list[str]:
    """Return `text` in texts of which each is one line or one batch."""
    texts: list[str] = []
    lines = size = 0
    for line in text.split("\n"):
        line_count = len(_whole_pieces(line, max_bytes)) or 1
        line_bytes = len(line.encode()) + 1
        is_full = lines + line_count > most.max_lines or size + line_bytes > most.max_bytes
        if texts and not is_full:
            texts[-1] += "\n" + line
        elif line_count > most.max_lines or line_bytes > most.max_bytes:
            texts += split.pieces(line, max_bytes)
            lines, size = most.max_lines, 0
            continue
        else:
            texts.append(line)
            lines = size = 0
        lines += line_count
        size += line_bytes
    return [one.strip("\n") for one in texts if one.strip()]


def is_one_line(text: str, max_bytes: int) -> bool:
    """Return whether a text needs no batch."""
    return "\n" not in text and len(text.encode()) <= max_bytes


def lines(target: str, text: str, reference: str, max_bytes: int) -> list[Message]:
    """Return the lines of the batch that says `text`; what is to be tagged is the first."""
    inside = {TAG_BATCH: reference}
    said = []
    for line in text.split("\n"):
        for number, piece in enumerate(_whole_pieces(line, max_bytes) or [""]):
            concat = {TAG_CONCAT: ""} if number else {}
            said.append(Message("PRIVMSG", [target, piece], "", inside | concat))
    opening = Message("BATCH", [f"+{reference}", BATCH, target])
    return [opening, *said, Message("BATCH", [f"-{reference}"])]


def _whole_pieces(line: str, max_bytes: int) -> list[str]:
    """Return pieces that joined without anything between them are the line."""
    done = []
    while len(line.encode()) > max_bytes:
        head = line.encode()[:max_bytes].decode(errors="ignore")
        at = head.rfind(" ") + 1 or len(head)
        done.append(line[:at])
        line = line[at:]
    return [*done, line] if line else done
