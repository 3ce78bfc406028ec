"""What was said and what happened, for somebody who was not there.

A reader without IRCv3 draft/event-playback is shown what was said, and nothing else.
Source: IRCv3 draft/chathistory, "CHATHISTORY Command"; draft/multiline, "Fallback".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.deliver import multiline, render
from rookery.wire.capabilities import BATCH, EVENT_PLAYBACK, MESSAGE_TAGS, MULTILINE
from rookery.wire.standard import TAG_RESEND
from rookery.wire.tags import escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.core.events import Said

TALK: Final = frozenset({"PRIVMSG", "NOTICE"})
_TARGETLESS: Final = frozenset({"QUIT", "NICK"})


class Reader(NamedTuple):
    """Who reads, and what their session understands."""

    key: str
    caps: int
    new_ref: Callable[[], str]
    """Makes the name of a batch inside the batch of history."""


def replayed(said: Said, reader: Reader, batch_ref: str, when: str) -> bytes:
    """Return the lines of one stored event; empty where the reader is not meant to see it.

    They belong to the batch `batch_ref` where there is one; `when` stands before the text for a
    client that has no other way to see the time.
    """
    caps = reader.caps
    if said.command not in TALK:
        return _happening(said, caps, batch_ref) if caps & EVENT_PLAYBACK else b""
    own = [f"batch={batch_ref}"] if batch_ref else []
    if said.client_id and said.sender == reader.key and caps & MESSAGE_TAGS:
        own.append(f"{TAG_RESEND}={escape(said.client_id)}")
    if multiline.is_one_line(said.text):
        shown = said._replace(text=when + said.text) if when else said
        return render.said(shown, caps, ";".join(own))
    return _lines(said, reader, batch_ref, ";".join(own), when)


def _lines(said: Said, reader: Reader, batch_ref: str, own_tags: str, when: str) -> bytes:
    parts = multiline.parts_of(when + said.text)
    if len(parts) == 1:
        return render.said(said._replace(text=parts[0].text), reader.caps, own_tags)
    if reader.caps & MULTILINE and reader.caps & BATCH:
        return multiline.said(said, parts, reader.caps, reader.new_ref(), own_tags)
    whole = multiline.said(said, parts, reader.caps, "", own_tags)
    if not batch_ref:
        return whole
    first, *rest = whole.splitlines(keepends=True)
    tag = f"batch={batch_ref}".encode()
    return b"".join([first, *(render.with_tag(line, tag) for line in rest)])


def _happening(said: Said, caps: int, batch_ref: str) -> bytes:
    """Return what happened; `text` is what follows the target on the wire."""
    if said.command == "TAGMSG" and not caps & MESSAGE_TAGS:
        return b""
    target = "" if said.command in _TARGETLESS else f" {said.target}"
    text = f" {said.text}" if said.text else ""
    tags = render.said_tags(said.id, said.account, said.tags, caps)
    tags = ";".join(part for part in (f"batch={batch_ref}" if batch_ref else "", tags) if part)
    line = f":{said.source} {said.command}{target}{text}\r\n"
    return (f"@{tags} {line}" if tags else line).encode()
