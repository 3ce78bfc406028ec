"""Each unit from the server, a message or a whole batch, to those who make something of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client import asking, hearing, history, multiline, noticing, paging
from rookery.client.batches import Batch
from rookery.client.requests import UNSHOWN, Kind
from rookery.wire.standard import TAG_LABEL

if TYPE_CHECKING:
    from rookery.client.model import Model
    from rookery.client.requests import Request
    from rookery.wire.message import Message

MAILBOX: Final = "rookery.chat/mailbox"
_HISTORY: Final = {"chathistory", "draft/chathistory"}
_AT_ONCE: Final = {"PING", "PONG"}


def take(model: Model, unit: Message | Batch, around: Request | None = None) -> None:
    """Take a unit; `around` is the request that the batch around it answers."""
    if isinstance(unit, Batch):
        _take_batch(model, unit, around)
        return
    request = model.requests.labelled(unit.tags.get(TAG_LABEL, ""))
    is_mine = request or around
    if is_mine is None and not model.requests.is_labelled and unit.command not in _AT_ONCE:
        is_mine = model.requests.oldest() if hearing.is_error(unit) else None
    if model.is_full:
        noticing.hear(model, unit)
    hearing.hear(model, unit, is_mine)
    if request is not None:
        finish(model, request)


def finish(model: Model, request: Request) -> None:
    """Close a request whose whole answer was heard."""
    model.requests.close(request)
    asking.ANSWERED[request.kind](model, request)
    if request.kind not in UNSHOWN:
        history.done(model, request)
    model.returning.step()
    asking.flush(model)


def _take_batch(model: Model, batch: Batch, around: Request | None) -> None:
    if batch.kind == multiline.BATCH and batch.parts:
        take(model, multiline.joined(batch), around)
        return
    request = model.requests.labelled(batch.label)
    is_mine = request or around
    if batch.kind in _HISTORY and model.is_full:
        paging.page(model, batch, is_mine)
    elif batch.kind in _HISTORY:
        history.page(model, batch, is_mine)
    elif batch.kind == MAILBOX:
        history.mailbox(model, batch)
    elif is_mine is not None and is_mine.kind in {Kind.SEARCH, Kind.TARGETS}:
        paging.answer(model, batch, is_mine)
    else:
        for part in batch.parts:
            take(model, part, is_mine)
    if request is not None:
        finish(model, request)
