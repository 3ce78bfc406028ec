"""WHO, WHOIS, ISON and USERHOST: who is there."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from rookery.command.row import Command
from rookery.core.access import is_visible
from rookery.core.refusal import Reason, Refusal
from rookery.core.room import prefixes
from rookery.wire import numerics as num
from rookery.wire.capabilities import MULTI_PREFIX
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rookery.command.call import Call
    from rookery.core.room import Room
    from rookery.core.user import User

MAX_USERHOST: Final = 5


def who(call: Call) -> None:
    """List a room's members, those whose nick fits a mask, or everybody."""
    mask = call.param(0) or "*"
    room = call.node.world.rooms.get(fold(mask))
    if room is not None:
        if is_visible(room, call.user):
            is_inside = call.user in room.members
            members = (one for one in room.members if is_inside or not one.is_invisible)
            _tell_who(call, members, room)
    else:
        _tell_who(call, _matching(call, mask), None)
    call.reply(num.RPL_ENDOFWHO, mask, "End of WHO list")


def _matching(call: Call, mask: str) -> Iterable[User]:
    users = call.node.world.users
    exact = users.get(fold(mask))
    if exact is not None:
        return [exact]
    # Not a regular expression of our own: a hostile mask would take minutes of the event loop.
    pattern = fold(mask).replace("[", "[[]")
    me = call.user
    return [
        user
        for user in list(users.values())
        if fnmatchcase(user.key, pattern)
        and (not user.is_invisible or user is me or not me.rooms.keys().isdisjoint(user.rooms))
    ]


def _tell_who(call: Call, users: Iterable[User], room: Room | None) -> None:
    server = call.node.replies.server
    all_ranks = bool(call.session.caps & MULTI_PREFIX)
    for user in users:
        shown = room or next((one for one in user.rooms if is_visible(one, call.user)), None)
        rank = prefixes(shown.members[user], all_ranks=all_ranks) if shown else ""
        flags = ("G" if user.away else "H") + rank
        place = shown.name if shown else "*"
        who_line = (place, user.username, user.host, server, user.nick, flags)
        call.reply(num.RPL_WHOREPLY, *who_line, f"0 {user.realname}")


def whois(call: Call) -> None:
    """Tell about each person asked for."""
    asked = call.params[-1] if call.params else ""
    if not asked:
        raise Refusal(Reason.NO_NICK_GIVEN)
    for text in asked.split(","):
        user = call.node.world.users.get(fold(text))
        if user is None:
            call.refuse(Refusal(Reason.NO_SUCH_NICK, text or "*"))
        else:
            _tell_whois(call, user)
        call.reply(num.RPL_ENDOFWHOIS, text or "*", "End of WHOIS list")


def _tell_whois(call: Call, user: User) -> None:
    call.reply(num.RPL_WHOISUSER, user.nick, user.username, user.host, "*", user.realname)
    is_hidden = user.is_invisible and user is not call.user
    rooms = " ".join(
        prefixes(room.members[user], all_ranks=bool(call.session.caps & MULTI_PREFIX)) + room.name
        for room in user.rooms
        if is_visible(room, call.user) and (not is_hidden or call.user in room.members)
    )
    if rooms:
        call.reply(num.RPL_WHOISCHANNELS, user.nick, rooms)
    call.reply(num.RPL_WHOISSERVER, user.nick, call.node.replies.server, call.node.rules.network)
    if user.account:
        call.reply(num.RPL_WHOISACCOUNT, user.nick, user.account, "is logged in as")
    if user.away:
        call.reply(num.RPL_AWAY, user.nick, user.away)
    idle_s = str(max(0, call.now_ms - user.spoke_at_ms) // 1000)
    signed_in_s = str(user.signed_in_at_ms // 1000)
    call.reply(num.RPL_WHOISIDLE, user.nick, idle_s, signed_in_s, "seconds idle, signon time")


def ison(call: Call) -> None:
    """Name those of the list who are connected."""
    users = call.node.world.users
    asked = (nick for param in call.params for nick in param.split())
    present = [users[key].nick for key in map(fold, asked) if key in users]
    call.reply(num.RPL_ISON, " ".join(present))


def userhost(call: Call) -> None:
    """Show the hosts of up to five people."""
    users = call.node.world.users
    found = [users[key] for key in map(fold, call.params[:MAX_USERHOST]) if key in users]
    replies = (
        f"{user.nick}={'-' if user.away else '+'}{user.username}@{user.host}" for user in found
    )
    call.reply(num.RPL_USERHOST, " ".join(replies))


COMMANDS: Final = (
    Command(
        "ISON",
        ison,
        1,
        "ISON <nick>...",
        "Tell which of these are connected.",
        "RFC 2812 §4.9",
    ),
    Command(
        "USERHOST",
        userhost,
        1,
        "USERHOST <nick>...",
        "Show the host names of up to five people.",
        "RFC 2812 §4.8",
    ),
    Command(
        "WHO",
        who,
        0,
        "WHO [#room | mask]",
        "List people: of a room, by a mask, or all.",
        "RFC 2812 §3.6.1",
    ),
    Command(
        "WHOIS",
        whois,
        0,
        "WHOIS [server] <nick>[,<nick>...]",
        "Tell about a person.",
        "RFC 2812 §3.6.2",
    ),
)
