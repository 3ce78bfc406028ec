"""History on demand: pages of a conversation, with whom there are any, and search.

Source: IRCv3 draft/chathistory, draft/event-playback; soju.im/search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client import history, multiline, noticing
from rookery.client.batches import Batch
from rookery.client.happened import Correspondents, Found, Page, Toward
from rookery.client.requests import Kind, Request
from rookery.client.said import Said
from rookery.client.wire_time import to_ms, to_wire
from rookery.wire.message import Message
from rookery.wire.tags import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rookery.client.happened import Item
    from rookery.client.model import Model

SEARCH: Final = "soju.im/search"
_FIRST_MS: Final = 0
_FAR_MS: Final = 4_102_444_800_000
"""2100-01-01: later than any message."""
_TARGET_PARAMS: Final = 3
"""`TARGETS`, the name, and when something was said there last."""


def latest(model: Model, target: str) -> Request:
    """Ask for the newest page of a conversation. Only when online."""
    return _ask(model, target, Toward.LATEST, "*")


def before(model: Model, target: str, msgid: str) -> Request:
    """Ask for the page before a message. Only when online."""
    return _ask(model, target, Toward.BEFORE, f"msgid={msgid}")


def targets(model: Model) -> Request:
    """Ask for all conversations that have a history. Only when online."""
    times = [f"timestamp={to_wire(at_ms)}" for at_ms in (_FAR_MS, _FIRST_MS)]
    line = Message("CHATHISTORY", ["TARGETS", *times, str(history.page_size(model))])
    return model.ask(Kind.TARGETS, "", line)


def search(model: Model, words: str, target: str = "", sender: str = "") -> Request:
    """Ask for what was said with these words, in one conversation or in all. Only when online."""
    wanted = {"text": words, "in": target, "from": sender, "limit": str(history.page_size(model))}
    attributes = ";".join(f"{name}={escape(value)}" for name, value in wanted.items() if value)
    request = model.ask(Kind.SEARCH, target, Message("SEARCH", [attributes]))
    request.words = words
    return request


def page(model: Model, batch: Batch, request: Request | None) -> None:
    """Take a page: the answer to `request`, or one that the server sent on its own."""
    target = batch.params[0] if batch.params else ""
    items = tuple(_items(model, batch, target))
    if request is None or request.kind is not Kind.PAGE:
        model.show(Page(target, Toward.UNASKED, items))
        return
    request.items = items
    request.is_stored = True
    request.page = len(batch.parts)


def answer(model: Model, batch: Batch, request: Request) -> None:
    """Take the answer to `targets` or `search`."""
    if request.kind is Kind.SEARCH:
        request.items = tuple(_items(model, batch, request.subject))
        return
    for part in batch.parts:
        if isinstance(part, Message) and len(part.params) >= _TARGET_PARAMS:
            request.rooms[part.params[1]] = to_ms(part.params[2]) or 0


def page_answered(model: Model, request: Request) -> None:
    """Show the page that was asked for."""
    toward = request.toward
    assert toward is not None
    if request.errors or not request.is_stored:
        model.show(Page(request.subject, toward, (), is_failed=True))
        return
    # Fewer than were asked for prove nothing: a server may leave some out of a page.
    model.show(Page(request.subject, toward, request.items, is_last=not request.page))


def targets_answered(model: Model, request: Request) -> None:
    """Show with whom there is a history."""
    model.show(Correspondents(tuple(request.rooms.items())))


def search_answered(model: Model, request: Request) -> None:
    """Show what was found."""
    found = tuple(one for one in request.items if isinstance(one, Said))
    reason = request.errors[0][1] if request.errors else ""
    model.show(Found(request.words, request.subject, found, reason))


def _ask(model: Model, target: str, toward: Toward, selector: str) -> Request:
    line = Message("CHATHISTORY", [toward.name, target, selector, str(history.page_size(model))])
    request = model.ask(Kind.PAGE, target, line)
    request.toward = toward
    return request


def _items(model: Model, batch: Batch, target: str) -> Iterator[Item]:
    for part in batch.parts:
        if isinstance(part, Batch):
            if part.kind == multiline.BATCH and part.parts:
                found = noticing.item(model, multiline.joined(part), target)
                yield from [found] if found is not None else []
            else:
                yield from _items(model, part, target)
            continue
        found = noticing.item(model, part, target)
        if found is not None:
            yield found
