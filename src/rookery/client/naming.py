"""Names as people type them: what can be one, and why another cannot.

The server decides; what is refused here could not even be asked for in one line.
"""

from __future__ import annotations

import re
from typing import Final

_NAME: Final = re.compile("[^\0-\x20\x7f,:#@!*?$+%&~][^\0-\x20\x7f,@!*?]*")
_ROOM: Final = re.compile("[^\0-\x20\x7f,:]+")


def name_fault(name: str) -> str:
    """Return why no server takes `name`, as a sentence; empty where one may."""
    if _NAME.fullmatch(name):
        return ""
    if " " in name:
        return f'A name has no spaces. Try "{"_".join(name.split())}".'
    return f'"{name}" cannot be a name. Use letters and digits.'


def room_of(text: str) -> tuple[str, str]:
    """Return the wire name of the room that people call `text`, and why it cannot be one."""
    name = text.removeprefix("#")
    if _ROOM.fullmatch(name):
        return f"#{name}", ""
    if " " in name.strip():
        return "", f'A room\'s name has no spaces. Try "join {"-".join(name.split())}".'
    return "", f'"{text}" cannot be a room. Use letters and digits.'
