"""How what operators do reaches people. modern IRC, "KILL message", "WALLOPS message"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rookery.core.server_events import Killed, Proclaimed
from rookery.core.user_modes import WALLOPS

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.core.events import Event
    from rookery.deliver.audience import Stage


def _killed(stage: Stage, event: Killed) -> None:
    """Tell the victim; the others read a QUIT when the connections end."""
    by, user = event.by, event.user
    stage.apply(event)
    line = f":{by.source} KILL {user.nick} :{event.comment}"
    stage.tell(user.sessions, line, by.account, is_bot=by.is_bot)
    line = f":{user.source} QUIT :{event.quit_reason}"
    stage.tell(user.sessions, line, user.account, is_bot=user.is_bot)


def _proclaimed(stage: Stage, event: Proclaimed) -> None:
    by = event.by
    stage.apply(event)
    readers = [one for user in stage.people() if WALLOPS in user.modes for one in user.sessions]
    line = f":{by.source} WALLOPS :{event.text}"
    stage.tell(readers, line, by.account, is_bot=by.is_bot)


HANDLERS: Final[dict[type[Event], Callable[[Stage, Any], None]]] = {
    Killed: _killed,
    Proclaimed: _proclaimed,
}
