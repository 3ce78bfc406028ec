"""How accounts come back from the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.core import account

if TYPE_CHECKING:
    from rookery.core.world import World
    from rookery.store.base import Snapshot


def restore_accounts(world: World, kept: Snapshot) -> None:
    """Fill in what a start finds of accounts; those that wait for their code own no name yet."""
    registry, waiting = world.registry, kept.unverified
    world.accounts = {key: name for key, name in kept.accounts.items() if key not in waiting}
    for key in world.accounts:
        world.shapes.add(key)
    registry.certificates = dict(kept.certificates)
    registry.given_up = dict(kept.given_up)
    registry.settings = {
        key: account.loads(text)
        for key, text in kept.account_settings.items()
        if key in world.accounts
    }
    pending = {
        key: account.loads_pending(kept.accounts[key], kept.account_settings.get(key, ""))
        for key in waiting
    }
    by_expiry = sorted(pending.items(), key=lambda item: item[1].expires_at_ms)
    registry.pending = dict(by_expiry)
