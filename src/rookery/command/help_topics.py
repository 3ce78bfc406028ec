"""HELP and HELPOP: how commands and modes are used, from their tables. modern IRC, "HELP"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import stats
from rookery.command.row import Command
from rookery.core import modes, user_modes
from rookery.wire import numerics as num
from rookery.wire.lists import packed

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call

LIST_BYTES: Final = 70
"""Of commands in one line of the list."""


def help_(call: Call) -> None:
    """Tell about one subject, or what one can ask about."""
    asked = call.param(0).strip()
    subject = asked.upper()
    if not asked:
        _tell(call, "*", "** Help **", _index())
    elif subject in TOPICS:
        title, lines = TOPICS[subject]
        _tell(call, subject, f"** {title} **", lines())
    elif subject in _commands():
        row = _commands()[subject]
        lines_about = [f"Usage: {row.usage}", row.summary, f"Source: {row.spec}"]
        if row.privilege:
            lines_about.append("For operators of the server.")
        _tell(call, subject, f"** The {subject} command **", lines_about)
    else:
        shown = "*" if " " in asked or asked.startswith(":") else asked
        text = "There is no help on that. HELP lists the commands"
        call.reply(num.ERR_HELPNOTFOUND, shown, text)


def _tell(call: Call, subject: str, title: str, lines: list[str]) -> None:
    call.reply(num.RPL_HELPSTART, subject, title)
    for line in ["", *lines]:
        call.reply(num.RPL_HELPTXT, subject, line)
    call.reply(num.RPL_ENDOFHELP, subject, "End of /HELP")


def _commands() -> dict[str, Command]:
    from rookery.command.table import COMMANDS as TABLE  # noqa: PLC0415 - it lists this handler

    return TABLE


def _index() -> list[str]:
    names = packed(_commands(), " ", LIST_BYTES)
    topics = ", ".join(TOPICS)
    return [f"HELP <command> explains one. Also: HELP {topics}", "", *names]


def _all_commands() -> list[str]:
    return [f"{row.usage}: {row.summary}" for row in _commands().values()]


def _room_modes() -> list[str]:
    return [f"{mode.letter}  {mode.summary}" for mode in modes.MODES]


def _user_modes() -> list[str]:
    return [f"{mode.letter}  {mode.summary}" for mode in user_modes.USER_MODES]


def _stats() -> list[str]:
    return [f"{letter}  {query.summary}" for letter, query in stats.QUERIES.items()]


TOPICS: Final[dict[str, tuple[str, Callable[[], list[str]]]]] = {
    "COMMANDS": ("Commands", _all_commands),
    "CHANMODES": ("Modes of channels: MODE #channel +letters", _room_modes),
    "USERMODES": ("Your own modes: MODE nick +letters", _user_modes),
    "STATSLETTERS": ("Letters of STATS", _stats),
}
"""Subjects that are no command: the title, and what makes the lines."""

COMMANDS: Final = (
    Command(
        "HELP",
        help_,
        0,
        "HELP [subject]",
        "List the commands, or explain one.",
        "modern IRC, HELP",
    ),
    Command("HELPOP", help_, 0, "HELPOP [subject]", "The same as HELP.", "modern IRC, HELP"),
)
