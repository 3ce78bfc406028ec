"""Which message a person is told of, and how that looks: decided here, done elsewhere.

A private message and a mention are worth a notice, unless the person looks at the conversation.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rookery.client.safe_text import safe
from rookery.client.wording import place

if TYPE_CHECKING:
    from rookery.client.conversation.conversation import Conversation
    from rookery.client.conversation.entry import Entry

MAX_TEXT_CHARS: Final = 200


class Way(enum.Enum):
    """How a person is told; the value is its word in the config file."""

    BELL = "bell"
    """The terminal's bell."""
    TERMINAL = "terminal"
    """OSC 9 and OSC 777, which many terminals show on the desktop."""
    DESKTOP = "desktop"
    """`notify-send`, where it is there."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told, made safe for a terminal."""

    title: str
    text: str


def is_worth_it(conversation: Conversation, entry: Entry, *, is_looked_at: bool) -> bool:
    """Return whether the person is to be told of a message."""
    if entry.is_own or entry.is_redacted or not entry.is_talk or is_looked_at:
        return False
    return entry.is_mention or not conversation.is_room


def notice(arrived: list[tuple[Conversation, Entry]]) -> Notice:
    """Return one notice for all messages that came at once."""
    conversation, entry = arrived[-1]
    where = f" in {place(conversation.name)}" if conversation.is_room else ""
    others = f" (and {len(arrived) - 1} more)" if len(arrived) > 1 else ""
    text = safe(entry.text.replace("\n", " "))
    return Notice(f"{safe(entry.sender)}{where}{others}", text[:MAX_TEXT_CHARS])


def escape_codes(told: Notice) -> str:
    """Return OSC 9 (iTerm2, Windows Terminal) and OSC 777 (urxvt, foot, kitty) for a notice."""
    title = told.title.replace(";", ",")
    return f"\x1b]9;{title}: {told.text}\x07\x1b]777;notify;{title};{told.text}\x07"
