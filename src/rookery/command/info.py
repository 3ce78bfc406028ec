"""What the server tells about itself: MOTD, VERSION, LUSERS, HELP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command.row import Command
from rookery.wire import numerics as num

if TYPE_CHECKING:
    from rookery.command.call import Call

MAX_AWAY_CHARS: Final = 200


def motd(call: Call) -> None:
    """Show the message of the day, or that there is none."""
    lines = call.node.rules.motd
    if not lines:
        call.reply(num.ERR_NOMOTD, "There is no message of the day")
        return
    call.reply(num.RPL_MOTDSTART, f"- {call.node.replies.server} Message of the day -")
    for line in lines:
        call.reply(num.RPL_MOTD, f"- {line}")
    call.reply(num.RPL_ENDOFMOTD, "End of the message of the day")


def version(call: Call) -> None:
    """Show the version."""
    rules = call.node.rules
    call.reply(num.RPL_VERSION, rules.version, call.node.replies.server, "")


def lusers(call: Call) -> None:
    """Count people, connections that have not signed in, and rooms."""
    node = call.node
    people = len(node.world.users)
    hidden = node.world.invisible_count
    unknown = node.unsigned_count
    visible = people - hidden
    text = f"There are {visible} users and {hidden} invisible on 1 servers"
    call.reply(num.RPL_LUSERCLIENT, text)
    call.reply(num.RPL_LUSEROP, "0", "operator(s) online")
    call.reply(num.RPL_LUSERUNKNOWN, str(unknown), "unknown connection(s)")
    call.reply(num.RPL_LUSERCHANNELS, str(len(node.world.rooms)), "channels formed")
    call.reply(num.RPL_LUSERME, f"I have {people} clients and 0 servers")
    counts = (str(people), str(people))
    call.reply(num.RPL_LOCALUSERS, *counts, f"Current local users {people}, max {people}")
    call.reply(num.RPL_GLOBALUSERS, *counts, f"Current global users {people}, max {people}")


def help_(call: Call) -> None:
    """List the commands, or tell how one is used."""
    from rookery.command.table import COMMANDS  # noqa: PLC0415 - the table lists this handler

    subject = call.param(0).upper()
    shown = subject or "*"
    row = COMMANDS.get(subject)
    if subject and row is None:
        text = "There is no help on that. HELP lists the commands"
        call.reply(num.ERR_HELPNOTFOUND, call.param(0).split(" ")[0], text)
        return
    rows = [row] if row else list(COMMANDS.values())
    call.reply(num.RPL_HELPSTART, shown, "Commands" if row is None else rows[0].usage)
    for one in rows:
        call.reply(num.RPL_HELPTXT, shown, one.summary if row else f"{one.usage}: {one.summary}")
    call.reply(num.RPL_ENDOFHELP, shown, "End of HELP")


COMMANDS: Final = (
    Command(
        "HELP",
        help_,
        0,
        "HELP [command]",
        "List the commands, or explain one.",
        "modern IRC, HELP",
    ),
    Command("LUSERS", lusers, 0, "LUSERS", "Count people and rooms.", "RFC 2812 §3.4.2"),
    Command("MOTD", motd, 0, "MOTD", "Show the message of the day.", "RFC 2812 §3.4.1"),
    Command("VERSION", version, 0, "VERSION", "Show the server's version.", "RFC 2812 §3.4.3"),
)
