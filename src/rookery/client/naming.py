"""Names as people type them: what can be one, and why another cannot.

The server decides; what `name_fault` refuses could not even be asked for in one line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rookery.client.safe_text import safe

if TYPE_CHECKING:
    from rookery.client.shown import NameTaken

_NAME: Final = re.compile("[^\0-\x20\x7f,:#@!*?$+%&~][^\0-\x20\x7f,@!*?]*")
_ROOM: Final = re.compile("[^\0-\x20\x7f,:]+")
_UNUSUAL: Final = re.compile(r"[^A-Za-z0-9\[\]\\`_^{}|-]")
"""What no server has to take in a name. RFC 2812 §2.3.1 `nickname`."""
_NICKNAME: Final = re.compile(r"\bnick(?:name)?\b", re.IGNORECASE)
_IMPOSSIBLE: Final = re.compile("[\0-\x20\x7f,:#@!*?$+%&~]")
USUAL_MAX_CHARS: Final = 16
"""A longer name is refused for its length, where nothing else is wrong with it."""


def name_fault(name: str) -> str:
    """Return why no server takes `name`, as a sentence; empty where one may."""
    if _NAME.fullmatch(name):
        return ""
    if " " in name:
        return f'A name has no spaces. Try "{safe("_".join(name.split()))}".'
    culprit = _IMPOSSIBLE.search(name)
    why = f': it has "{safe(culprit[0])}" in it' if culprit else ""
    return f'"{safe(name)}" cannot be a name{why}. Use letters and digits.'


def refused_name(name: str, reason: str) -> str:
    """Return why the server does not take `name`, as a sentence; `reason` are its own words."""
    return f'"{safe(name)}" cannot be used: {_fault(name) or _plain(reason)}.'


def why_taken(refused: NameTaken) -> str:
    """Return what to tell where nobody is there to be asked for another name."""
    name = safe(refused.name)
    if refused.is_password_wrong:
        return f'That is not the password of "{name}". Check ROOKERY_PASSWORD or --password-file.'
    return f'"{name}" is taken. Choose another name, or give its password: --password-file'


def _fault(name: str) -> str:
    unusual = _UNUSUAL.search(name)
    if name[:1].isdigit():
        return "a name cannot begin with a digit"
    if name.startswith("-"):
        return 'a name cannot begin with "-"'
    if unusual:
        return f'a name cannot have "{safe(unusual[0])}" in it'
    is_long = len(name) > USUAL_MAX_CHARS
    return f"it is too long, with {len(name)} characters" if is_long else ""


def _plain(reason: str) -> str:
    words = safe(reason).strip().rstrip(".")
    is_empty = not words or "cannot be used" in words
    return "the server does not allow it" if is_empty else _NICKNAME.sub("name", words)


def room_of(text: str) -> tuple[str, str]:
    """Return the wire name of the room that people call `text`, and why it cannot be one."""
    name = text.removeprefix("#")
    if _ROOM.fullmatch(name):
        return f"#{name}", ""
    if " " in name.strip():
        return "", f'A room\'s name has no spaces. Try "join {"-".join(safe(name).split())}".'
    return "", f'"{safe(text)}" cannot be a room. Use letters and digits.'
