"""Changing an account's row: read, changed and written as one, whatever else changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call
    from rookery.command.node import Node
    from rookery.store.base import AccountRow


def keep_row(node: Node, row: AccountRow) -> None:
    """Put the row into this epoch's batch."""
    node.epoch.batch.accounts[row.key] = row
    node.epoch.rows += 1
    node.account_writes[row.key] = node.account_writes.get(row.key, 0) + 1


def change_row(
    call: Call,
    key: str,
    change: Callable[[AccountRow], AccountRow | None],
    done: Callable[[AccountRow], None],
    undo: Callable[[], None] | None = None,
) -> None:
    """Store what `change` makes of the account's row, then call `done` with it.

    `change` returns None where it has refused. A row that was written since it was read is read
    again, so that no change is lost.
    """
    node = call.node
    writes, generation = node.account_writes.get(key, 0), node.world.registry.generation(key)

    def then(row: AccountRow | None) -> None:
        if row is None or node.world.registry.generation(key) != generation:
            call.fail("ACCOUNT_REQUIRED", "That account is not there any more")
            return
        if node.account_writes.get(key, 0) != writes:
            change_row(call, key, change, done, undo)
            return
        changed = change(row)
        if changed is not None:
            keep_row(node, changed)
            call.on_store_failure(row.name, undo)
            done(changed)

    call.wait_for(node.readers, lambda: node.store.account(key), then, lambda _: busy(call))


def busy(call: Call, *context: str) -> None:
    """Answer that it cannot be done now."""
    call.fail("TEMPORARILY_UNAVAILABLE", *context, "Too much is going on: try again in a moment")
