"""LUSERS and MOTD: what people are greeted with, too. modern IRC, "LUSERS" and "MOTD"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command.row import Command
from rookery.command.target_server import check_is_here
from rookery.wire import numerics as num

if TYPE_CHECKING:
    from rookery.command.call import Call

MAX_AWAY_BYTES: Final = 200
"""Of the word of who is away; AWAYLEN says so to clients."""


def ask_motd(call: Call) -> None:
    """Show the message of the day, if it is this server's that is asked for."""
    check_is_here(call)
    motd(call)


def motd(call: Call) -> None:
    """Show the message of the day, or that there is none."""
    lines = call.node.rules.motd
    if not lines:
        call.reply(num.ERR_NOMOTD, "There is no message of the day")
        return
    call.reply(num.RPL_MOTDSTART, f"- {call.node.replies.server} Message of the day - ")
    for line in lines:
        call.reply(num.RPL_MOTD, f"- {line}")
    call.reply(num.RPL_ENDOFMOTD, "End of the message of the day")


def ask_lusers(call: Call) -> None:
    """Count, if it is this server that is asked."""
    check_is_here(call, 1)
    lusers(call)


def lusers(call: Call) -> None:
    """Count people, connections that have not signed in, and rooms."""
    node = call.node
    people = len(node.world.users)
    hidden = node.world.invisible_count
    unknown = node.unsigned_count
    visible = people - hidden
    text = f"There are {visible} users and {hidden} invisible on 1 servers"
    call.reply(num.RPL_LUSERCLIENT, text)
    call.reply(num.RPL_LUSEROP, str(node.world.operator_count), "operator(s) online")
    call.reply(num.RPL_LUSERUNKNOWN, str(unknown), "unknown connection(s)")
    call.reply(num.RPL_LUSERCHANNELS, str(len(node.world.rooms)), "channels formed")
    call.reply(num.RPL_LUSERME, f"I have {people} clients and 0 servers")
    most = node.world.max_user_count
    counts = (str(people), str(most))
    call.reply(num.RPL_LOCALUSERS, *counts, f"Current local users {people}, max {most}")
    call.reply(num.RPL_GLOBALUSERS, *counts, f"Current global users {people}, max {most}")


COMMANDS: Final = (
    Command(
        "LUSERS",
        ask_lusers,
        0,
        "LUSERS [mask [server]]",
        "Count people and rooms.",
        "RFC 2812 §3.4.2",
    ),
    Command(
        "MOTD", ask_motd, 0, "MOTD [server]", "Show the message of the day.", "RFC 2812 §3.4.1"
    ),
)
