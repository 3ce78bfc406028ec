"""What an account has here besides what it said: its files, and its devices. `NS EXPORT`.

As with messages, each is one JSON object, or several where it does not fit a line.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from rookery.command.account_rows import busy
from rookery.command.uploads import address_of
from rookery.wire.cut import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rookery.command.call import Call
    from rookery.core.names import Name
    from rookery.store.base import SubscriptionRow, UploadRow

PIECE_BYTES: Final = 150
"""Of an endpoint in one object, as of a text in `export`."""


def export_files(call: Call, account: Name, after_id: str) -> None:
    """Show a page of the account's files, from an id on."""
    node, page = call.node, call.node.rules.mailbox_page

    def tell(rows: list[UploadRow]) -> None:
        _send(call, map(file_as_object, rows))
        if len(rows) < page:
            call.send(call.served("Those are all files."))
        else:
            call.send(call.served(f"To go on: EXPORT FILES {rows[-1].id}"))

    call.wait_for(
        node.readers,
        lambda: node.store.uploads_of(account.key, after_id, page),
        tell,
        lambda _: busy(call),
    )


def export_devices(call: Call, account: Name) -> None:
    """Show the devices that the account's messages are pushed to: a handful."""
    subscriptions = call.node.subscriptions
    rows = subscriptions.of(account.key) if subscriptions is not None else []
    _send(call, (piece for row in rows for piece in _in_pieces(device_as_object(row))))
    call.send(call.served("Those are all devices."))


def file_as_object(row: UploadRow) -> dict[str, object]:
    """Return a file as it is exported; its name is in its address."""
    return {
        "file": row.id,
        "at_ms": row.at_ms,
        "address": address_of(row.id, row.name),
        "type": row.media_type,
        "bytes": row.bytes,
    }


def device_as_object(row: SubscriptionRow) -> dict[str, object]:
    """Return a device as it is exported, without its keys: they are the device's own."""
    return {"device": row.endpoint, "at_ms": row.at_ms}


def _in_pieces(whole: dict[str, object]) -> Iterator[dict[str, object]]:
    rest = str(whole["device"])
    while True:
        piece = cut(rest, PIECE_BYTES)
        rest = rest[len(piece) :]
        yield whole | {"device": piece} | ({"more": True} if rest else {})
        if not rest:
            return


def _send(call: Call, objects: Iterable[dict[str, object]]) -> None:
    for one in objects:
        call.send(call.served(json.dumps(one, ensure_ascii=False)))
