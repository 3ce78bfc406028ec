"""Cutting text to what a line has room for."""

from __future__ import annotations


def cut(text: str, max_bytes: int) -> str:
    """Return the longest beginning of `text` that is at most `max_bytes` of UTF-8.

    A character is never cut in half. IRCv3 utf8-only, "Implementation considerations".
    """
    if len(text) * 4 <= max_bytes:
        return text
    return text.encode()[:max_bytes].decode(errors="ignore")
