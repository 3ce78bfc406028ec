"""A message laid out: time and name, what it answers, its text, and what hangs below it."""

from __future__ import annotations

import time
import zlib
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from rookery.client.conversation.entry import Entry, Kind, State
from rookery.client.tui.inline import inline
from rookery.client.tui.legible import legible, legible_lines
from rookery.client.tui.look import TIME_CELLS
from rookery.client.tui.pieces import Line, Piece, Role
from rookery.client.tui.wrap import cut, padded, wrap
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.client.tui.look import Look

NAME_ROLES: Final = (
    Role.NAME_0, Role.NAME_1, Role.NAME_2, Role.NAME_3, Role.NAME_4, Role.NAME_5,
)  # fmt: skip
_TEXT_ROLES: Final = {
    Kind.SAID: Role.TEXT,
    Kind.ACTION: Role.ACTION,
    Kind.NOTICE: Role.NOTICE,
    Kind.WORD: Role.WORD,
}
MAX_NAME_CELLS: Final = 16
"""Of a name that stands right before the text."""
MIN_TEXT_CELLS: Final = 2
"""Left for the text on the line of the name."""
MAX_REACTIONS: Final = 20
"""Different reactions shown below a message."""


def message(entry: Entry, look: Look) -> list[Line]:
    """Return the lines of what somebody said."""
    front = _front(entry, look)
    used = look.indent if look.has_columns else sum(cell_len(piece.text) for piece in front)
    first, rest = max(look.width - used, 2), max(look.width - look.indent, 2)
    blank = Piece(" " * look.indent, Role.TEXT)
    rows: list[Line] = []
    if entry.reply_to:
        rows.append((Piece(cut(_quote(look.quoted(entry.reply_to)), first), Role.FAINT),))
    rows += _text(entry, rest if rows else first, rest)
    rows += _below(entry, rest)
    return [(blank, *line) if row else (*front, *line) for row, line in enumerate(rows)]


def name_role(name: str) -> Role:
    """Return the role that a name is painted in: the same one everywhere."""
    return NAME_ROLES[zlib.crc32(fold(name).encode("utf-8", "replace")) % len(NAME_ROLES)]


def clock(at_ms: int) -> str:
    """Return the time of day in the person's time zone."""
    return time.strftime("%H:%M", time.localtime(at_ms / 1000))


def _front(entry: Entry, look: Look) -> Line:
    """Return what stands before the first line of the text."""
    name = _name(entry)
    role = Role.OWN if entry.is_own else name_role(entry.sender)
    if entry.kind is Kind.WORD:
        role = Role.WORD
    at = Piece(f"{clock(entry.at_ms)} ", Role.TIME)
    if look.has_columns:
        return (at, Piece(f"{padded(name, look.name_cells)} ", role))
    spare = look.width - TIME_CELLS - 1 - MIN_TEXT_CELLS
    shown = cut(name, max(min(MAX_NAME_CELLS, look.width // 3, spare), 1))
    return (at, Piece(f"{shown} ", role))


def _name(entry: Entry) -> str:
    name = legible(entry.sender)
    match entry.kind:
        case Kind.ACTION:
            return f"* {name}"
        case Kind.NOTICE:
            return f"-{name}-"
        case Kind.WORD:
            return "·"
        case _:
            return name


def _text(entry: Entry, first_cells: int, rest_cells: int) -> list[Line]:
    if entry.is_redacted:
        return _wrapped("(deleted)", first_cells, rest_cells, Role.FAINT)
    lines: list[Line] = []
    texts = legible_lines(entry.text)
    role = Role.MENTION if entry.is_mention else _TEXT_ROLES[entry.kind]
    for row, text in enumerate(texts):
        marks = _marks(entry) if row == len(texts) - 1 else ()
        lines += inline(text, marks, first_cells if not row else rest_cells, rest_cells, role)
    return lines


def _marks(entry: Entry) -> tuple[tuple[str, Role], ...]:
    """Return what is said of a message right behind its text."""
    edited = (("(edited)", Role.FAINT),) if entry.is_edited else ()
    waiting = (("⏳ waiting", Role.WAITING),) if entry.state is State.WAITING else ()
    return (*edited, *waiting)


def _below(entry: Entry, cells: int) -> list[Line]:
    lines: list[Line] = []
    if entry.state is State.FAILED:
        why = legible(entry.reason).rstrip(".")
        told = f"✗ not sent{f': {why}' if why else ''} (select it, then r to retry, d to discard)"
        lines += _wrapped(told, cells, cells, Role.FAILED)
    if entry.state is State.ASKED_ABOUT:
        why = f": {legible(entry.reason)}" if entry.reason else ""
        told = f"? waits for your word{why} (select it: r sends all such lines, d drops this one)"
        lines += _wrapped(told, cells, cells, Role.FAILED)
    shown = list(entry.reactions.items())[:MAX_REACTIONS]
    words = [f"{cut(legible(sign), 16)} {len(names)}" for sign, names in shown if names]
    if entry.reply_count:
        words.append(f"↳ {entry.reply_count} {'reply' if entry.reply_count == 1 else 'replies'}")
    return lines + (_wrapped("  ".join(words), cells, cells, Role.REACTION) if words else [])


def _wrapped(text: str, first_cells: int, rest_cells: int, role: Role) -> list[Line]:
    return [(Piece(text[at:to], role),) for at, to in wrap(text, first_cells, rest_cells)]


def _quote(quoted: Entry | None) -> str:
    if quoted is None:
        return "↱ an older message"
    said = "(deleted)" if quoted.is_redacted else " ".join(legible_lines(quoted.text))
    return f"↱ {legible(quoted.sender)}: {said}"
