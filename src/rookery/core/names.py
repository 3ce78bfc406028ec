"""Names of people and rooms, checked once at the door.

A name has the `text` that is shown and the `key` under which it is found; two names are the same
when their keys are. The key comes from outside, since casemapping belongs to the wire.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from rookery.core import foreign_names
from rookery.core.refusal import Reason, Refusal

_NICK: Final = re.compile(r"[A-Za-z\[\]\\`_^{}|][A-Za-z0-9\[\]\\`_^{}|-]*")
"""RFC 2812 §2.3.1 `nickname`, without its limit of nine."""
_ROOM_FORBIDDEN: Final = re.compile("[\0-\x20\x7f,:]")


class Name(NamedTuple):
    """A nick or a room name: what is shown, and what is compared."""

    text: str
    key: str


def nick(text: str, key: str, max_chars: int, *, is_unicode: bool = False) -> Name:
    """Return the nick, or raise `Refusal` NO_NICK_GIVEN or BAD_NICK.

    With `is_unicode` it may have letters of other scripts.
    """
    if not text:
        raise Refusal(Reason.NO_NICK_GIVEN)
    is_foreign = is_unicode and not text.isascii()
    is_fit = foreign_names.is_nick(text) if is_foreign else _NICK.fullmatch(text) is not None
    if len(text) > max_chars or not is_fit:
        raise Refusal(Reason.BAD_NICK, text)
    return Name(text, key)


def room_name(text: str, key: str, max_chars: int) -> Name:
    """Return the room name, or raise `Refusal` NO_SUCH_ROOM without a `#`, or BAD_ROOM_NAME."""
    if not text.startswith("#"):
        raise Refusal(Reason.NO_SUCH_ROOM, text or "*")
    if not 1 < len(text) <= max_chars or _ROOM_FORBIDDEN.search(text):
        raise Refusal(Reason.BAD_ROOM_NAME, text or "*")
    return Name(text, key)


def conversation_key(key: str, other_key: str) -> str:
    """Return the key of the private conversation of two names, the same from both sides."""
    return f"{key},{other_key}" if key <= other_key else f"{other_key},{key}"
