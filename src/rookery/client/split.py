"""Cut a text into pieces that each fit into one line.

What the server puts in front when it passes a line on counts too: `:nick!user@host `.
Source: modern IRC, "Message format" (512 bytes with CR LF).
"""

from __future__ import annotations

from typing import Final

from rookery.wire.framer import MAX_BODY_BYTES

PREFIX_BYTES: Final = 64
"""Room left for the prefix, colon and space with it, while our own is not known."""
_SMALLEST_WORD_SHARE: Final = 2
"""A piece ends at a space in its second half; a longer word is cut in itself."""


def max_text_bytes(command: str, target: str, prefix_bytes: int = PREFIX_BYTES) -> int:
    """Return how many bytes of text fit: `prefix_bytes` is that of `:nick!user@host `."""
    around = len(f"{command} {target} :\r\n".encode())
    return MAX_BODY_BYTES - max(prefix_bytes, PREFIX_BYTES) - around


def pieces(text: str, max_bytes: int) -> list[str]:
    """Return `text` in pieces of at most `max_bytes` bytes of UTF-8, in order.

    It is cut at a space where there is one, and the space is left out; never within a character.
    """
    done = []
    while len(text.encode()) > max_bytes:
        fitting = text.encode()[:max_bytes].decode(errors="ignore")
        is_at_space = text[len(fitting)] == " "
        space = len(fitting) if is_at_space else fitting.rfind(" ")
        at = space if space > len(fitting) // _SMALLEST_WORD_SHARE else len(fitting)
        done.append(text[:at])
        text = text[at + 1 :] if at == space else text[at:]
    done.append(text)
    return [piece for piece in done if piece]


def text_lines(text: str) -> list[str]:
    """Return the lines of a pasted text that hold anything; leading blanks are kept."""
    cleaned = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return [line.rstrip() for line in cleaned.split("\n") if line.strip()]
