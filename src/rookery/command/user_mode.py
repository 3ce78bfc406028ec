"""MODE about a nick: what a person has set for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.command import names
from rookery.core import user_modes
from rookery.core.events import UserModesSet
from rookery.wire import numerics as num
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.command.call import Call


def user_mode(call: Call) -> None:
    """Show or change one's own modes; what is known is done before the unknown is answered."""
    user = call.user
    if fold(call.params[0]) != user.key:
        names.person(call.node, call.params[0])
        call.reply(num.ERR_USERSDONTMATCH, "You can see and change your own modes only")
        return
    if not call.param(1):
        call.reply(num.RPL_UMODEIS, user_modes.shown(user))
        return
    on, off, unknown = user_modes.wanted(user, call.params[1])
    if on or off:
        call.emit(UserModesSet(user, on, off))
    if unknown:
        call.reply(num.ERR_UMODEUNKNOWNFLAG, f"Unknown MODE flag: {unknown}")
