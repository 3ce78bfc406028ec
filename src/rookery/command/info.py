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
    node = call.node

    def render(nick: str) -> bytes:
        lines, numeric = node.rules.motd, node.replies.numeric
        if not lines:
            return numeric(nick, num.ERR_NOMOTD, "There is no message of the day")
        start = f"- {node.replies.server} Message of the day - "
        parts = [numeric(nick, num.RPL_MOTDSTART, start)]
        parts += [numeric(nick, num.RPL_MOTD, f"- {line}") for line in lines]
        parts.append(numeric(nick, num.RPL_ENDOFMOTD, "End of the message of the day"))
        return b"".join(parts)

    call.send(node.alike.lines("motd", call.session.nick, node.rules, render))


def ask_lusers(call: Call) -> None:
    """Count, if it is this server that is asked."""
    check_is_here(call, 1)
    lusers(call)


def lusers(call: Call) -> None:
    """Count people, connections that have not signed in, and rooms."""
    node, world = call.node, call.node.world
    people, most = len(world.users), world.max_user_count
    hidden = world.invisible_count
    seen = people - hidden
    counts = f"{people} {most}"
    rows = (
        (num.RPL_LUSERCLIENT, f":There are {seen} users and {hidden} invisible on 1 servers"),
        (num.RPL_LUSEROP, f"{world.operator_count} :operator(s) online"),
        (num.RPL_LUSERUNKNOWN, f"{node.unsigned_count} :unknown connection(s)"),
        (num.RPL_LUSERCHANNELS, f"{len(world.rooms)} :channels formed"),
        (num.RPL_LUSERME, f":I have {people} clients and 0 servers"),
        (num.RPL_LOCALUSERS, f"{counts} :Current local users {people}, max {most}"),
        (num.RPL_GLOBALUSERS, f"{counts} :Current global users {people}, max {most}"),
    )
    # Everybody is greeted with these: one outbox entry for all of them.
    server, nick = node.replies.server, call.session.nick
    call.send("".join(f":{server} {code} {nick} {rest}\r\n" for code, rest in rows).encode())


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
