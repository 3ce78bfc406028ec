"""NS, CS, and messages to NickServ and ChanServ: other words for the server's own commands.

People's clients and habits send them. A service answers with NOTICE; its name can be nobody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import chanserv, nickserv
from rookery.command.names import SERVICES
from rookery.command.row import Command
from rookery.core.refusal import Reason, Refusal
from rookery.wire.cut import cut

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rookery.command.call import Call
    from rookery.command.subcommand import Subcommand

_TABLES: Final[dict[str, Mapping[str, Subcommand]]] = {
    "nickserv": nickserv.SUBCOMMANDS,
    "chanserv": chanserv.SUBCOMMANDS,
}
MAX_SHOWN_BYTES: Final = 100


def nickserv_(call: Call) -> None:
    """Handle NS and NICKSERV."""
    serve(call, "nickserv", " ".join(call.params))


def chanserv_(call: Call) -> None:
    """Handle CS and CHANSERV."""
    serve(call, "chanserv", " ".join(call.params))


def serve(call: Call, key: str, text: str) -> None:
    """Carry out what was said to the service of this (folded) name. Raises `Refusal`."""
    table = _TABLES.get(key)
    if table is None:
        raise Refusal(Reason.NO_SUCH_NICK, SERVICES[key])
    call.service = SERVICES[key]
    words = text.split()
    if not words or words[0].upper() == "HELP":
        _help(call, table, words[1:])
        return
    row = table.get(words[0].upper())
    if row is None:
        shown = cut(words[0], MAX_SHOWN_BYTES)
        _tell(call, f"{shown} is none of my commands. HELP lists them")
    elif len(words) <= row.min_words:
        _tell(call, f"Usage: {row.usage}")
    else:
        row.handler(call, words[1:])


def _help(call: Call, table: Mapping[str, Subcommand], words: list[str]) -> None:
    asked = " ".join(words[:1]).upper()
    if not asked:
        for row in dict.fromkeys(table.values()):
            _tell(call, f"{row.usage}: {row.summary}")
    elif asked in table:
        _tell(call, f"{table[asked].usage}: {table[asked].summary}")
    else:
        _tell(call, "There is no help on that. HELP lists the commands")


def _tell(call: Call, text: str) -> None:
    call.send(call.served(text))


COMMANDS: Final = tuple(
    Command(
        name,
        handler,
        0,
        f"{name} <command> [words...]",
        f"The same as PRIVMSG {service}: {about}. {name} HELP lists the commands.",
        "docs/ext/services.md",
    )
    for names, handler, service, about in (
        (("NS", "NICKSERV"), nickserv_, "NickServ", "accounts"),
        (("CS", "CHANSERV"), chanserv_, "ChanServ", "registered rooms"),
    )
    for name in names
)
