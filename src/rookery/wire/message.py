"""One IRC message: parse a line, format a line.

`parse(format_message(message)) == message` for every message that `format_message` takes.
Source: RFC 1459 §2.3.1, modern IRC "Message format", IRCv3 message-tags.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.wire.tags import format_tags, parse_tags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NO_TAGS: Final[Mapping[str, str]] = MappingProxyType({})
MAX_PARAMS: Final = 15
_FORBIDDEN: Final = re.compile("[\0\r\n]")


_new: Final = tuple.__new__
"""Makes a named tuple of all its fields at a third of the cost of naming them: for every line."""


class MalformedError(ValueError):
    """A line that is no IRC message, or a message that no line can carry."""


class Message(NamedTuple):
    """A message; `source` is empty for what clients send, `command` in upper case."""

    command: str
    params: Sequence[str]
    source: str = ""
    tags: Mapping[str, str] = NO_TAGS


def parse(line: str) -> Message:
    """Return the message of one line, which is without its line end.

    Any number of spaces separates parameters; those past the 15th are part of the last.
    Raises `MalformedError` for a line without a command or with NUL, CR or LF in it.
    """
    if "\0" in line or "\r" in line or "\n" in line:
        msg = "a line holds no NUL, CR or LF"
        raise MalformedError(msg)
    tags, source = NO_TAGS, ""
    if line.startswith("@"):
        section, _, line = line.partition(" ")
        tags = parse_tags(section[1:])
        line = line.lstrip(" ")
    if line.startswith(":"):
        source, _, line = line[1:].partition(" ")
        line = line.lstrip(" ")
    head, has_trailing, trailing = line.partition(" :")
    words = head.split(" ")
    if "" in words:
        words = [word for word in words if word]
    if not words or words[0][0] in ":@":
        msg = "a line has a command"
        raise MalformedError(msg)
    if has_trailing:
        words.append(trailing)
    if len(words) > MAX_PARAMS + 1:
        words[MAX_PARAMS:] = [" ".join(words[MAX_PARAMS:])]
    return _new(Message, (words[0].upper(), words[1:], source, tags))


def format_message(message: Message) -> str:
    """Return the line of `message`, without its line end; the last parameter may be any text.

    Raises `MalformedError` where a line could not carry it unchanged: an empty or spaced middle
    parameter, one that begins with a colon, a spaced source, or NUL, CR or LF anywhere.
    """
    *middle, last = message.params or [""]
    parts = [message.command, *middle]
    is_broken = any(not part or " " in part or part.startswith(":") for part in parts)
    if is_broken or " " in message.source:
        msg = "only the last parameter may be empty, hold a space or begin with a colon"
        raise MalformedError(msg)
    if message.params:
        is_plain = last and " " not in last and not last.startswith(":")
        parts.append(last if is_plain else ":" + last)
    if message.source:
        parts.insert(0, ":" + message.source)
    if message.tags:
        parts.insert(0, "@" + format_tags(message.tags))
    line = " ".join(parts)
    if _FORBIDDEN.search(line):
        msg = "a line holds no NUL, CR or LF"
        raise MalformedError(msg)
    return line
