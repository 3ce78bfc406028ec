"""How events about accounts change the world; for `World.apply` only."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from rookery.core.account_events import (
    AccountChanged,
    AccountRankSet,
    AccountRemoved,
    AccountSettingsSet,
    CertificateSet,
    NamePending,
)
from rookery.core.events import RoomDropped

if TYPE_CHECKING:
    from rookery.core.world import World


def apply(world: World, event: AccountChanged) -> None:
    """Make `event` so."""
    registry = world.registry
    match event:
        case NamePending(key, pending):
            if pending is None:
                registry.pending.pop(key, None)
            else:
                registry.pending[key] = pending
        case AccountSettingsSet(key, settings):
            registry.settings[key] = settings
        case CertificateSet(fingerprint, account):
            registry.certificates.pop(fingerprint, None)
            if account:
                registry.certificates[fingerprint] = account
        case AccountRankSet(room, account, rank):
            room.kept_ranks.pop(account, None)
            if rank:
                room.kept_ranks[account] = rank
        case AccountRemoved(key, at_id):
            _remove(world, key, at_id)
        case _:
            assert_never(event)


def _remove(world: World, key: str, at_id: int) -> None:
    registry = world.registry
    world.accounts.pop(key, None)
    if key not in world.users:
        world.shapes.drop(key)
    world.metadata.pop(key, None)
    registry.settings.pop(key, None)
    registry.given_up[key] = at_id
    for fingerprint in registry.fingerprints(key):
        del registry.certificates[fingerprint]
    for room in list(world.rooms.values()):
        room.kept_ranks.pop(key, None)
        room.since.pop(key, None)
        if room.founder == key:
            world.apply(RoomDropped(room))
