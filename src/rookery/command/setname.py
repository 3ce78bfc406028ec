"""SETNAME: another real name. IRCv3 setname."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command.row import Command
from rookery.core.events import RealnameSet

if TYPE_CHECKING:
    from rookery.command.call import Call

MAX_REALNAME_BYTES: Final = 150
"""Longest real name, in UTF-8: WHO and JOIN carry it beside the longest of all other names."""


def setname(call: Call) -> None:
    """Take another real name; one that is too long is refused, not cut."""
    realname = call.params[0]
    if not realname.strip() or len(realname.encode()) > MAX_REALNAME_BYTES:
        call.fail("INVALID_REALNAME", f"A real name has 1 to {MAX_REALNAME_BYTES} bytes")
        return
    call.emit(RealnameSet(call.user, realname))


COMMANDS: Final = (
    Command(
        "SETNAME",
        setname,
        1,
        "SETNAME :<real name>",
        "Change your real name.",
        "IRCv3 setname",
    ),
)
