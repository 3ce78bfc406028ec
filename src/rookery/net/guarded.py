"""Tasks of one connection: what goes wrong in one ends that connection, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery import log

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

_log: Final = log.get("net")


async def guarded(work: Coroutine[None, None, None], drop: Callable[[], object]) -> None:
    """Do `work`; whatever it raises is logged, and `drop` ends its connection.

    It would else end the task group, and with it the server.
    """
    try:
        await work
    except Exception:  # noqa: BLE001 - one stranger's connection must not end everybody's
        _log.exception("a connection failed")
        drop()
