"""What is stored of what happens to accounts; the rows themselves are put by the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rookery.core.account_events import (
    AccountRankSet,
    AccountRemoved,
    AccountSettingsSet,
    CertificateSet,
    NamePending,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.core.events import Event
    from rookery.deliver.audience import Stage


def _quiet(stage: Stage, event: Event) -> None:
    """Deliver what nobody is told."""
    stage.apply(event)


def _certificate_set(stage: Stage, event: CertificateSet) -> None:
    stage.apply(event)
    stage.store_certificate(event.fingerprint, event.account)


def _rank_set(stage: Stage, event: AccountRankSet) -> None:
    stage.apply(event)
    stage.store_room(event.room)
    stage.store_ranks(event.room)


def _removed(stage: Stage, event: AccountRemoved) -> None:
    rooms = stage.rooms_known_to(event.key)
    stage.apply(event)
    stage.remove_account(event.key, event.at_id)
    for room in rooms:
        if room.is_stored:
            stage.store_room(room)
            stage.store_ranks(room)


HANDLERS: Final[dict[type[Event], Callable[[Stage, Any], None]]] = {
    AccountRankSet: _rank_set,
    NamePending: _quiet,
    AccountSettingsSet: _quiet,
    CertificateSet: _certificate_set,
    AccountRemoved: _removed,
}
