"""What to tell whoever says a command into a room: it was said, and does nothing there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client.line.commands import ALIASES, COMMANDS
from rookery.client.safe_text import safe

if TYPE_CHECKING:
    from rookery.client.line.talk import Talk

_SLASH: Final = "/"
_MIN_WORDS: Final = {"message": 3}
_MAX_WORDS: Final = {"message": 10_000, "join": 2}
"""Of other commands only the word alone is taken for one: "help me" is a plain sentence."""


def after_saying(talk: Talk, text: str) -> None:
    """Show the hint for what was said to the room, once for each kind."""
    kind, hint = _hint(text)
    if kind and kind not in talk.hinted:
        talk.hinted.add(kind)
        talk.show(f"({hint})")


def _hint(text: str) -> tuple[str, str]:
    """Return the kind of hint and its words; empty for plain chat."""
    words = text.split()
    first = words[0].lower() if words else ""
    name = ALIASES.get(first.removeprefix(_SLASH), first.removeprefix(_SLASH))
    if name == "leave" and len(words) == 1:
        return name, f'"{safe(text)}" was sent to the room. To go back, type "leave" and no more.'
    if first.startswith(_SLASH):
        return _SLASH, (
            f'"{safe(words[0])}" was sent to the room. '
            'Type "leave" first: commands are for the lobby.'
        )
    if name not in COMMANDS or not first.isalpha():
        return "", ""
    is_command = _MIN_WORDS.get(name, 1) <= len(words) <= _MAX_WORDS.get(name, 1)
    if not is_command and len(words) > 1:
        return "", ""
    typed = safe(words[0] if name == "message" else " ".join(words))
    return name, f'"{typed}" was sent to the room. Type "leave" first, then "{typed}".'
