"""What is done with the data folder while no server runs on it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from rookery.command.export import as_object
from rookery.command.holdings import device_as_object, file_as_object
from rookery.errors import StartError
from rookery.store.sqlite import SqliteStore
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.settings import Config
    from rookery.store.base import AccountRow, Snapshot

PAGE: Final = 1_000
"""Messages read at once."""


def exported_account(config: Config, name: str) -> Iterator[str]:
    """Yield all that is kept of an account as JSON objects: itself, its messages, files, devices.

    Raises `StartError` where there is no such account, or a server runs on the data.
    """
    data = config.server.data
    if not data.is_dir():
        raise StartError(f"There is no data folder {data}: name it with --data.")
    store = SqliteStore.open(data)
    try:
        kept = store.load()
        row = store.account(fold(name))
        if row is None:
            raise StartError(f'There is no account "{name}" in {data}: check the name.')
        yield json.dumps({"account": _facts(row)}, ensure_ascii=False)
        last_id = kept.given_up.get(row.key, 0)
        while messages := store.export(row.key, last_id, PAGE):
            last_id = messages[-1].id
            for said in messages:
                yield json.dumps(as_object(said), ensure_ascii=False)
        for one in _holdings(store, kept, row.key):
            yield json.dumps(one, ensure_ascii=False)
    finally:
        store.close()


def _holdings(store: SqliteStore, kept: Snapshot, account: str) -> Iterator[dict[str, object]]:
    """Yield the account's files and devices."""
    last_id = ""
    while files := store.uploads_of(account, last_id, PAGE):
        last_id = files[-1].id
        yield from map(file_as_object, files)
    own = [device for device in kept.subscriptions if device.account == account]
    yield from map(device_as_object, own)


def _facts(row: AccountRow) -> dict[str, object]:
    """Return what is kept of the account but for its proofs, which are nobody's to carry around."""
    return {
        "name": row.name,
        "created_at_ms": row.created_at_ms,
        "email": row.email,
        "is_verified": row.is_verified,
        "settings": json.loads(row.settings or "{}"),
    }
