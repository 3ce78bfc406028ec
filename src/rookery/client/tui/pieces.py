"""What a laid-out line is made of: pieces of text, each with a role that the theme paints."""

from __future__ import annotations

import enum
from typing import NamedTuple, TypeAlias


class Role(enum.Enum):
    """What a piece of a line is; `value` is its component class in the style sheet.

    No state is told by it alone: a mark or a word stands beside the colour.
    """

    TEXT = "message--text"
    TIME = "message--time"
    OWN = "message--own"
    """My own name."""
    NAME_0 = "message--name-0"
    NAME_1 = "message--name-1"
    NAME_2 = "message--name-2"
    NAME_3 = "message--name-3"
    NAME_4 = "message--name-4"
    NAME_5 = "message--name-5"
    ACTION = "message--action"
    NOTICE = "message--notice"
    EVENT = "message--event"
    WORD = "message--word"
    LINK = "message--link"
    MENTION = "message--mention"
    FAINT = "message--faint"
    """Quotes, marks such as "(edited)"."""
    WAITING = "message--waiting"
    FAILED = "message--failed"
    REACTION = "message--reaction"
    DAY = "message--day"
    NEW = "message--new"
    SELECTED = "message--selected"
    """The mark before a selected message."""
    HEADING = "row--heading"
    ROW = "row--plain"
    CURRENT = "row--current"
    UNREAD = "row--unread"
    PRESENT = "row--present"
    ABSENT = "row--absent"


class Piece(NamedTuple):
    """A stretch of a line in one role; `link` is the address that it opens."""

    text: str
    role: Role
    link: str = ""


Line: TypeAlias = tuple[Piece, ...]


class Block(NamedTuple):
    """An entry laid out: `head` of its lines (day, read line) stand above what it says."""

    lines: tuple[Line, ...]
    head: int = 0


def text_of(line: Line) -> str:
    """Return what stands on a line."""
    return "".join(piece.text for piece in line)
