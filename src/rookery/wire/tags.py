"""Message tags: parse, format, and the escaping of their values.

Source: IRCv3 message-tags, "Format" and "Escaping values".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_TO_WIRE: Final = {";": "\\:", " ": "\\s", "\\": "\\\\", "\r": "\\r", "\n": "\\n"}
_FROM_WIRE: Final = {":": ";", "s": " ", "\\": "\\", "r": "\r", "n": "\n"}
_MUST_ESCAPE: Final = re.compile(r"[; \\\r\n]")
_ESCAPED: Final = re.compile(r"\\(.?)", re.DOTALL)


def escape(value: str) -> str:
    """Return `value` as it stands on the wire."""
    return _MUST_ESCAPE.sub(lambda found: _TO_WIRE[found[0]], value)


def unescape(value: str) -> str:
    r"""Return what `value` means: an unknown escape is its character, a lone last `\\` nothing."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda found: _FROM_WIRE.get(found[1], found[1]), value)


def parse_tags(section: str) -> dict[str, str]:
    """Return the tags of `section`, which is without `@`; of a repeated key the last value wins.

    A tag without a value and one with an empty value are both the empty string.
    """
    tags: dict[str, str] = {}
    for item in section.split(";"):
        key, _, value = item.partition("=")
        if key:
            tags.pop(key, None)
            tags[key] = unescape(value)
    return tags


def format_tags(tags: Mapping[str, str]) -> str:
    """Return the tags joined for the wire, without `@` and the space behind them."""
    return ";".join(f"{key}={escape(value)}" if value else key for key, value in tags.items())
