"""An entry and a width make a block of lines: pure, and never a line wider than the width.

Time and name stand in front of the text; nothing is aligned behind it, because terminals do not
agree on how wide it is. What depends on the entry before (day, read line, runs of comings and
goings) is drawn by the later one.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from rookery.client.conversation.entry import Kind
from rookery.client.tui.folding import is_foldable, told
from rookery.client.tui.look import INDENT, Look
from rookery.client.tui.message_layout import message
from rookery.client.tui.pieces import Block, Line, Piece, Role
from rookery.client.tui.wording import event_text
from rookery.client.tui.wrap import cut, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rookery.client.conversation.entry import Entry

MAX_RULE: Final = 24
"""Strokes on either side of a day, at most."""


def lay_out(entries: Sequence[Entry], index: int, look: Look) -> Block:
    """Return the block of the entry at `index`."""
    entry = entries[index]
    head = _head(entries, index, look)
    if is_foldable(entry):
        body = _run(entries, index, look)
    elif entry.kind is Kind.EVENT:
        body = _told(event_text(entry), look, Role.EVENT)
    else:
        body = message(entry, look)
    return Block((*head, *body), len(head))


def estimate(entries: Sequence[Entry], index: int, look: Look) -> int:
    """Return about how many lines the block will have; exact where it is none."""
    entry = entries[index]
    if is_foldable(entry):
        return 0 if _is_told_before(entries, index, look) else 1
    room = max(look.width - look.indent, 1)
    return 1 + len(entry.text) // room + entry.text.count("\n") + bool(entry.reactions)


def day_of(at_ms: int) -> tuple[int, int, int]:
    """Return year, month and day in the person's time zone."""
    return time.localtime(at_ms / 1000)[:3]


def run_start(entries: Sequence[Entry], index: int, look: Look) -> int:
    """Return the index of the entry that tells of the one at `index`."""
    while index > 0 and is_foldable(entries[index]) and _continues(entries, index, look):
        index -= 1
    return index


def _continues(entries: Sequence[Entry], index: int, look: Look) -> bool:
    """Return whether the entry at `index` belongs to the same run as the one before it."""
    if not index:
        return False
    entry, before = entries[index], entries[index - 1]
    return (
        is_foldable(entry)
        and is_foldable(before)
        and entry.key != look.new_from_key
        and day_of(entry.at_ms) == day_of(before.at_ms)
    )


def _is_told_before(entries: Sequence[Entry], index: int, look: Look) -> bool:
    if not _continues(entries, index, look):
        return False
    if not look.unfolded:
        return True
    return entries[run_start(entries, index, look)].key not in look.unfolded


def _head(entries: Sequence[Entry], index: int, look: Look) -> tuple[Line, ...]:
    entry = entries[index]
    lines: list[Line] = []
    if index == 0 or day_of(entries[index - 1].at_ms) != day_of(entry.at_ms):
        when = time.localtime(entry.at_ms / 1000)
        year = "" if when[0] == look.this_year else f" {when[0]}"
        lines.append(
            _rule(f"{time.strftime('%a', when)} {when[2]} {_month(when)}{year}", "─", look)
        )
    if entry.key == look.new_from_key:
        count = f" ({look.new_count})" if look.new_count else ""
        lines.append(_rule(f"new{count}", "━", look))
    return tuple(lines)


def _month(when: time.struct_time) -> str:
    return time.strftime("%b", when)


def _rule(text: str, stroke: str, look: Look) -> Line:
    title = cut(f" {text} ", look.width)
    left = min((look.width - len(title)) // 2, MAX_RULE)
    role = Role.NEW if stroke == "━" else Role.DAY
    right = min(look.width - len(title) - left, left)
    return (Piece(stroke * left + title + stroke * right, role),)


def _run(entries: Sequence[Entry], index: int, look: Look) -> list[Line]:
    if _is_told_before(entries, index, look):
        return []
    if look.unfolded and entries[run_start(entries, index, look)].key in look.unfolded:
        return _told(event_text(entries[index]), look, Role.EVENT)
    stop = index + 1
    while stop < len(entries) and _continues(entries, stop, look):
        stop += 1
    return _told(told(entries[index:stop]), look, Role.EVENT)


def _told(text: str, look: Look, role: Role) -> list[Line]:
    whole = f"· {text} ·"
    spans = wrap(whole, look.width, look.width - INDENT)
    return [
        (Piece(whole[at:stop], role),)
        if not row
        else (Piece(" " * INDENT, role), Piece(whole[at:stop], role))
        for row, (at, stop) in enumerate(spans)
    ]
