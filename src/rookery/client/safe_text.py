"""Text of others, made harmless for a terminal: what could act on it is made visible.

Escape sequences, control characters and bidirectional overrides never pass; formatting codes
that IRC clients send (bold, colours) are taken out.
"""

from __future__ import annotations

import re
from typing import Final

_FORMATTING: Final = re.compile(
    "\x03(?:\\d{1,2}(?:,\\d{1,2})?)?|\x04(?:[0-9A-Fa-f]{6}(?:,[0-9A-Fa-f]{6})?)?"
    "|[\x02\x0f\x11\x16\x1d\x1e\x1f]"
)
"""Bold, italic, colour and their kind. Source: modern IRC, "Formatting"."""
_CONTROL_PICTURES: Final = 0x2400
_UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"
)
"""C0, DEL, C1, line separators, bidi embeddings, overrides and isolates, lone surrogates."""


def safe(text: str) -> str:
    """Return `text` on one line, without anything that a terminal would obey."""
    return _UNSAFE.sub(_visible, _FORMATTING.sub("", text))


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:  # noqa: PLR2004 - C0 controls have pictures, in the same order
        return " " if match[0] == "\t" else chr(_CONTROL_PICTURES + code)
    if code == 0x7F:  # noqa: PLR2004 - and so has DEL
        return "\N{SYMBOL FOR DELETE}"
    return f"<U+{code:04X}>"
