"""Alt-Enter and Alt with a digit, as terminals without the kitty protocol send them.

Textual drops the Alt of Alt-Enter, which would send a message that should get another line, and
takes Alt with a digit for what macOS types with Option; both mean the key here.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, cast

from textual import _ansi_sequences

if TYPE_CHECKING:
    from collections.abc import MutableMapping


class AltKey(enum.Enum):
    """Keys with Alt, by what `textual.keys.Keys` would call them."""

    ENTER = "alt+enter"
    ONE = "alt+1"
    TWO = "alt+2"
    THREE = "alt+3"
    FOUR = "alt+4"
    FIVE = "alt+5"
    SIX = "alt+6"
    SEVEN = "alt+7"
    EIGHT = "alt+8"
    NINE = "alt+9"


def teach() -> None:
    """Have Textual read these sequences as the keys that they are; once is enough."""
    sequences = cast("MutableMapping[str, object]", _ansi_sequences.ANSI_SEQUENCES_KEYS)
    for key in AltKey:
        last = key.value.removeprefix("alt+")
        sequences["\x1b" + ("\r" if last == "enter" else last)] = (key,)
