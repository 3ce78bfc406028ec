"""Events to lines: pure functions of the event and of what the recipient understands.

Every line ends in CR LF. A message is rendered once per set of capabilities, never per person.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from rookery.core.clock import time_of
from rookery.wire.capabilities import (
    ACCOUNT_TAG,
    EXTENDED_JOIN,
    MESSAGE_TAGS,
    SERVER_TIME,
)
from rookery.wire.standard import TAG_BOT
from rookery.wire.tags import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rookery.core.events import Said
    from rookery.core.user import User

SAID_CAPS: Final = SERVER_TIME | MESSAGE_TAGS | ACCOUNT_TAG
"""The capabilities that change how a message looks."""

_second = (-1, "")


def iso_time(at_ms: int) -> str:
    """Return the time as IRCv3 server-time writes it: UTC, milliseconds."""
    global _second  # noqa: PLW0603 - a cache of one: messages of a second share their date
    second, millis = divmod(at_ms, 1000)
    if _second[0] != second:
        _second = (second, time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second)))
    return f"{_second[1]}.{millis:03d}Z"


def msgid(message_id: int) -> str:
    """Return the id as it stands in the `msgid` tag."""
    return f"{message_id:x}"


def said(event: Said, caps: int, extra_tags: str = "") -> bytes:
    """Return the message for a recipient with `caps`; empty where it is not meant to see it.

    `extra_tags` are tags of this one recipient (a label, a batch), as on the wire.
    """
    if event.command == "TAGMSG":
        if not caps & MESSAGE_TAGS:
            return b""
        tail = f":{event.source} TAGMSG {event.target}\r\n"
    else:
        tail = f":{event.source} {event.command} {event.target} :{event.text}\r\n"
    tags = said_tags(event.id, event.account, event.tags, caps)
    if extra_tags:
        tags = f"{extra_tags};{tags}" if tags else extra_tags
    return (f"@{tags} {tail}" if tags else tail).encode()


def run(messages: Sequence[Said], caps: int, extra_tags: str = "") -> bytes:
    """Return all of one run: messages that differ in id and text alone; see `said`."""
    first, is_tagged = messages[0], bool(caps & SAID_CAPS)
    if extra_tags or (is_tagged and time_of(first.id) != time_of(messages[-1].id)):
        return b"".join([said(one, caps, extra_tags) for one in messages])
    tags = said_tags(first.id, first.account, first.tags, caps) if is_tagged else ""
    if tags:
        tags = f"@{tags} "
    head = f":{first.source} {first.command} {first.target} :"
    if caps & MESSAGE_TAGS:
        # Not parted at the id: where the clock is not set it is short, and the date holds it too.
        before, mark, after = tags.partition("msgid=")
        before, head = before + mark, after.removeprefix(msgid(first.id)) + head
        lines = [f"{before}{one.id:x}{head}{one.text}\r\n" for one in messages]
        return "".join(lines).encode()
    # Without their ids all lines begin alike: this is one copy of each text.
    head = tags + head
    return (head + f"\r\n{head}".join([one.text for one in messages]) + "\r\n").encode()


def said_tags(message_id: int, account: str, client_tags: str, caps: int) -> str:
    """Return a message's tags for `caps`, without `@`; empty for none."""
    if not caps & SAID_CAPS:
        return ""
    tags = f"time={iso_time(time_of(message_id))}" if caps & SERVER_TIME else ""
    if caps & MESSAGE_TAGS:
        tags += f";msgid={message_id:x}"
    if account and caps & ACCOUNT_TAG:
        tags += ";account=" + escape(account)
    # Last, so that what the client wrote cannot push the server's over the limit.
    if client_tags and caps & MESSAGE_TAGS:
        tags += ";" + client_tags
    return tags.removeprefix(";")


def happened(
    line: str,
    caps: int,
    at_ms: int,
    account: str = "",
    *,
    is_bot: bool = False,
    message_id: int = 0,
) -> bytes:
    """Return an event's line (without its end) with the tags that `caps` ask for.

    `account` and `is_bot` are of the person whose doing it is; 0 is no `message_id`.
    """
    tags = f"time={iso_time(at_ms)}" if caps & SERVER_TIME else ""
    if message_id and caps & MESSAGE_TAGS:
        tags += f";msgid={message_id:x}"
    if account and caps & ACCOUNT_TAG:
        tags += ";account=" + escape(account)
    if is_bot and caps & MESSAGE_TAGS:
        tags += ";" + TAG_BOT
    tags = tags.removeprefix(";")
    return (f"@{tags} {line}\r\n" if tags else f"{line}\r\n").encode()


def join_line(user: User, room: str, caps: int) -> str:
    """Return JOIN, with account and real name for IRCv3 extended-join."""
    if caps & EXTENDED_JOIN:
        return f":{user.source} JOIN {room} {user.account or '*'} :{user.realname}"
    return f":{user.source} JOIN {room}"


def with_tag(line: bytes, tag: bytes) -> bytes:
    """Return `line` with one more tag in front."""
    if line.startswith(b"@"):
        return b"@" + tag + b";" + line[1:]
    return b"@" + tag + b" " + line
