"""A message of mine onto the wire: one line, a batch of lines, or one line after another.

What waits in the outbox is cut only when it leaves, since what a server takes is known then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.client import multiline, split
from rookery.client.requests import Kind
from rookery.wire.message import Message
from rookery.wire.standard import TAG_RESEND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rookery.client.model import Model
    from rookery.client.outbox import Waiting
    from rookery.client.requests import Request


def max_text_bytes(model: Model, target: str) -> int:
    """Return how much text one line to `target` can have."""
    prefix_bytes = len(f":{model.source} ".encode())
    return split.max_text_bytes("PRIVMSG", target, prefix_bytes)


def is_one_message(model: Model, target: str, text: str) -> bool:
    """Return whether the server takes a text as one message, as far as that is known now."""
    max_bytes = max_text_bytes(model, target)
    if multiline.is_one_line(text, max_bytes):
        return True
    most = multiline.limits(model.offered.get(multiline.BATCH, ""))
    has_batches = not model.is_online or multiline.BATCH in model.caps
    return has_batches and len(multiline.cut(text, max_bytes, most)) == 1


def put_by(model: Model, target: str, text: str, tags: Mapping[str, str]) -> list[Waiting]:
    """Put a text with its lines and tags into the outbox; call `asking.flush` next.

    More than one batch takes becomes several messages.
    """
    most = multiline.limits(model.offered.get(multiline.BATCH, ""))
    texts = multiline.cut(text, max_text_bytes(model, target), most)
    return [
        model.outbox.add(target, one, model.next_client_id(), model.now_s, tags) for one in texts
    ]


def send(model: Model, entry: Waiting) -> None:
    """Send a message that is due."""
    tags = dict(entry.tags) if "message-tags" in model.caps else {}
    if model.returning.may_resend:
        tags[TAG_RESEND] = entry.client_id
    max_bytes = max_text_bytes(model, entry.target)
    is_one_line = multiline.is_one_line(entry.text, max_bytes)
    is_batched = multiline.BATCH in model.caps and model.requests.is_labelled
    if is_batched and not is_one_line:
        request = _send_batch(model, entry, max_bytes, tags)
    else:
        *others, last = [entry.text] if is_one_line else _pieces(entry.text, max_bytes)
        for text in others:
            model.send(Message("PRIVMSG", [entry.target, text]))
        line = Message("PRIVMSG", [entry.target, last])
        request = model.ask(Kind.MESSAGE, entry.target, line, tags)
    request.entry = entry


def _send_batch(model: Model, entry: Waiting, max_bytes: int, tags: Mapping[str, str]) -> Request:
    reference = entry.client_id.replace(".", "-")
    opening, *others = multiline.lines(entry.target, entry.text, reference, max_bytes)
    request = model.ask(Kind.MESSAGE, entry.target, opening, tags)
    for line in others:
        model.send(line)
    return request


def _pieces(text: str, max_bytes: int) -> list[str]:
    lines = split.text_lines(text)
    return [piece for line in lines for piece in split.pieces(line, max_bytes)]
