"""AWAY: a word for those who write to a person who is not looking.

Being away belongs to the person. `AWAY *` says of one session that nobody looks at it: it makes
the person away only where all sessions are such (IRCv3 draft/pre-away).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command.info import MAX_AWAY_BYTES
from rookery.command.row import Command
from rookery.command.signing import signing_of
from rookery.core.events import AwaySet
from rookery.wire import numerics as num
from rookery.wire.capabilities import PRE_AWAY
from rookery.wire.cut import cut

if TYPE_CHECKING:
    from rookery.command.call import Call

ABSENT: Final = "*"
"""Away without a reason given, for a client that connected by itself."""


def away(call: Call) -> None:
    """Go away with a text, or come back without one; also before the sign-in is complete."""
    session = call.session
    text = cut(call.param(0), MAX_AWAY_BYTES)
    signing = signing_of(session)
    if signing is not None and not session.caps & PRE_AWAY:
        call.reply(num.ERR_NOTREGISTERED, "You have not signed in yet")
        return
    session.is_absent = text == ABSENT and bool(session.caps & PRE_AWAY)
    if signing is not None:
        signing.away = text
    elif not session.is_absent or all(one.is_absent for one in call.user.sessions):
        call.emit(AwaySet(call.user, text))
    if text:
        call.reply(num.RPL_NOWAWAY, "You have been marked as being away")
    else:
        call.reply(num.RPL_UNAWAY, "You are no longer marked as being away")


def joined_by(call: Call, away_text: str) -> None:
    """Settle who is away when a session joins a person who is there already."""
    user = call.user
    if call.session.is_absent:
        return
    if away_text or user.away == ABSENT:
        call.emit(AwaySet(user, away_text))


COMMANDS: Final = (
    Command(
        "AWAY",
        away,
        0,
        "AWAY [:text]",
        "Say that you are away, and why; without a text, that you are back.",
        "RFC 2812 §4.1, IRCv3 draft/pre-away",
        is_early=True,
    ),
)
