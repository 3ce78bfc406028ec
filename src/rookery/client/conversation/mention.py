"""Whether a text names me: my nick as a word of its own, however it is written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rookery.wire.casefold import fold

_WORD: Final = r"[\w\[\]\\`^{}|-]"
"""What may stand in a nick: beside one of these a match is part of another word."""


def is_mention(text: str, nick: str) -> bool:
    """Return whether `text` names `nick`."""
    return bool(nick) and bool(_pattern(fold(nick)).search(fold(text)))


@lru_cache(maxsize=16)
def _pattern(nick: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!{_WORD}){re.escape(nick)}(?!{_WORD})")
