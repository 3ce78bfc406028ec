"""What a person does beside talking: react, delete, type, mark as read, and look after a room.

Those that return a request are answered; a refusal is shown as `Refused`. Only when online.
Source: IRCv3 draft/react, draft/message-redaction, typing, draft/read-marker, monitor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client.requests import Kind, Request
from rookery.client.wire_time import to_wire
from rookery.wire.message import Message
from rookery.wire.standard import TAG_REACT, TAG_REPLY, TAG_TYPING, TAG_UNREACT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rookery.client.model import Model

MONITOR_LIST_BYTES: Final = 380
"""Names in one line of MONITOR."""


def react(model: Model, target: str, msgid: str, emoji: str, *, is_taken_back: bool) -> Request:
    """React to a message, or take that back."""
    tags = {TAG_UNREACT if is_taken_back else TAG_REACT: emoji, TAG_REPLY: msgid}
    return model.ask(Kind.ACT, target, Message("TAGMSG", [target]), tags)


def redact(model: Model, target: str, msgid: str) -> Request:
    """Delete a message."""
    return do(model, target, "REDACT", target, msgid)


def do(model: Model, subject: str, command: str, *params: str) -> Request:
    """Send a command whose only answer is that it happens, or a refusal."""
    return model.ask(Kind.ACT, subject, Message(command, params))


def typing(model: Model, target: str, state: str) -> None:
    """Tell that I am typing: `active`, `paused` or `done`."""
    if "message-tags" in model.caps:
        model.send(Message("TAGMSG", [target], "", {TAG_TYPING: state}))


def mark_read(model: Model, target: str, at_ms: int) -> None:
    """Tell my other devices how far I have read."""
    if "draft/read-marker" in model.caps:
        model.send(Message("MARKREAD", [target, f"timestamp={to_wire(at_ms)}"]))


def ask_read(model: Model, target: str) -> None:
    """Ask how far I have read; `ReadTo` is shown."""
    if "draft/read-marker" in model.caps:
        model.send(Message("MARKREAD", [target]))


def monitor(model: Model, nicks: Iterable[str]) -> None:
    """Ask to be told when these people come and go; `Near` is shown."""
    if "MONITOR" not in model.isupport:
        return
    line = ""
    for nick in nicks:
        if line and len(f"{line},{nick}".encode()) > MONITOR_LIST_BYTES:
            model.send(Message("MONITOR", ["+", line]))
            line = ""
        line = f"{line},{nick}" if line else nick
    if line:
        model.send(Message("MONITOR", ["+", line]))
