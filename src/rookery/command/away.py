"""AWAY: a word for those who write to a person who is not looking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command.info import MAX_AWAY_CHARS
from rookery.command.row import Command
from rookery.core.events import AwaySet
from rookery.wire import numerics as num

if TYPE_CHECKING:
    from rookery.command.call import Call


def away(call: Call) -> None:
    """Go away with a text, or come back without one."""
    text = call.param(0)[:MAX_AWAY_CHARS]
    call.emit(AwaySet(call.user, text))
    if text:
        call.reply(num.RPL_NOWAWAY, "You have been marked as being away")
    else:
        call.reply(num.RPL_UNAWAY, "You are no longer marked as being away")


COMMANDS: Final = (
    Command(
        "AWAY",
        away,
        0,
        "AWAY [:text]",
        "Say that you are away, and why; without a text, that you are back.",
        "RFC 2812 §4.1",
    ),
)
