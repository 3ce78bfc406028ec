"""WHO: people of a room, one person, or those that fit a mask. Also as WHOX, field by field.

Source: modern IRC, "WHO message"; IRCv3 whox.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.command import names, sight
from rookery.command.row import Command
from rookery.core import masks
from rookery.core.access import is_shown_in, is_visible
from rookery.wire import numerics as num
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rookery.command.call import Call
    from rookery.core.room import Room
    from rookery.core.user import User

MAX_TOKEN_DIGITS: Final = 3


class _Found(NamedTuple):
    user: User
    room: Room | None
    """The room that the person is shown in."""


class _Form(NamedTuple):
    """What the second parameter asks for."""

    operators_only: bool
    fields: str | None
    """The letters behind `%`; None for plain RPL_WHOREPLY."""
    token: str


def who(call: Call) -> None:
    """List people."""
    mask = call.param(0) or "*"
    form = _form(call.param(1))
    tell = _tell_plain if form.fields is None else _tell_fields
    for one in _chosen(call, mask):
        if one.user.is_operator or not form.operators_only:
            tell(call, one, form)
    call.reply(num.RPL_ENDOFWHO, mask if " " not in mask else "*", "End of WHO list")


def _form(text: str) -> _Form:
    plain, has_fields, rest = text.partition("%")
    fields, _, token = rest.partition(",")
    if not (token.isascii() and token.isdigit()) or len(token) > MAX_TOKEN_DIGITS:
        token = "0"
    return _Form("o" in plain, fields if has_fields else None, token)


def _chosen(call: Call, mask: str) -> Iterable[_Found]:
    if names.is_room_name(mask):
        return _members(call, mask)
    me = call.user
    exact = call.node.world.users.get(fold(mask))
    people: Iterable[User] = [exact] if exact is not None else _matching(call, mask)
    return [_Found(user, sight.shown_room(user, me)) for user in people if sight.is_shown(user, me)]


def _members(call: Call, name: str) -> list[_Found]:
    room, me = call.node.world.rooms.get(fold(name)), call.user
    if room is None or not (is_visible(room, me) or me.is_operator):
        return []
    is_inside = me in room.members
    shown = [one for one in room.members if is_inside or sight.is_shown(one, me)]
    return [_Found(one, room) for one in shown if is_shown_in(room, one, me)]


def _matching(call: Call, mask: str) -> Iterator[User]:
    """Yield whom the mask fits by nick, user name, host, source, server or real name; bounded."""
    wanted = "*" if mask == "0" else fold(mask)
    fits = masks.glob(wanted).fullmatch
    server = call.node.replies.server
    left = call.node.rules.who_max
    is_all = wanted.strip("*") == ""
    for user in list(call.node.world.users.values()):
        looks = (user.key, fold(user.username), fold(user.host), fold(user.source), server)
        is_fit = is_all or any(map(fits, looks)) or fits(fold(user.realname))
        if is_fit and sight.is_shown(user, call.user):
            yield user
            left -= 1
            if not left:
                return


def _tell_plain(call: Call, one: _Found, form: _Form) -> None:
    user, room = one
    place = room.name if room else "*"
    flags = sight.flags(call, user, room)
    words = (place, user.username, user.host, call.node.replies.server, user.nick, flags)
    call.reply(num.RPL_WHOREPLY, *words, f"0 {user.realname}")


def _tell_fields(call: Call, one: _Found, form: _Form) -> None:
    assert form.fields is not None, "plain WHO has no fields"
    fields = _fields(call, one, form.token)
    words = [word for letter, word in fields.items() if letter in form.fields]
    if words:
        call.reply(num.RPL_WHOSPCRPL, *words)


def _fields(call: Call, one: _Found, token: str) -> dict[str, str]:
    """Return every field of RPL_WHOSPCRPL, in its order, whatever order they are asked for in."""
    user, room = one
    return {
        "t": token,
        "c": room.name if room else "*",
        "u": user.username,
        "i": sight.address(user, call.user),
        "h": user.host,
        "s": call.node.replies.server,
        "n": user.nick,
        "f": sight.flags(call, user, room),
        "d": "0",
        "l": sight.idle_s(call, user),
        "a": user.account or "0",
        "o": "n/a",
        "r": user.realname,
    }


COMMANDS: Final = (
    Command(
        "WHO",
        who,
        0,
        "WHO [#room | nick | mask] [o][%fields[,token]]",
        "List people: of a room, by a mask, or all; o for operators only.",
        "modern IRC, WHO; IRCv3 whox",
    ),
)
