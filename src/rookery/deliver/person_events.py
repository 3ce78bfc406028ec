"""How events about people reach those who share a room with them, or watch them.

What clients learn of a change depends on their capabilities; who asked for none sees joins, parts
and quits only. Source: IRCv3 account-notify, away-notify, chghost, setname, monitor,
extended-monitor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rookery.core.events import (
    Accepted,
    AcceptEnded,
    AwaySet,
    HostSet,
    LoggedIn,
    NameRegistered,
    RealnameSet,
    Renamed,
    SignedIn,
    SignedOut,
    UserModesSet,
)
from rookery.core.room import RANKS
from rookery.deliver import render
from rookery.deliver.audience import by_person
from rookery.wire import numerics as num
from rookery.wire.capabilities import (
    ACCOUNT_NOTIFY,
    AWAY_NOTIFY,
    CHGHOST,
    EXTENDED_JOIN,
    EXTENDED_MONITOR,
    SETNAME,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from rookery.core.events import Event
    from rookery.core.room import Room
    from rookery.core.user import User
    from rookery.deliver.audience import Stage
    from rookery.deliver.session import Session


def _signed_in(stage: Stage, event: SignedIn) -> None:
    user = event.user
    stage.apply(event)
    _tell_watchers(stage, user.key, num.RPL_MONONLINE, user.source)


def _signed_out(stage: Stage, event: SignedOut) -> None:
    user = event.user
    rooms = list(user.rooms)
    audience = stage.onlookers(user, rooms)
    for room in rooms:
        stage.record(room, by_person("QUIT", f":{event.reason}", user))
    stage.apply(event)
    stage.forget_gone(rooms)
    line = f":{user.source} QUIT :{event.reason}"
    stage.tell(audience, line, user.account, is_bot=user.is_bot)
    _tell_watchers(stage, user.key, num.RPL_MONOFFLINE, user.nick)


def _renamed(stage: Stage, event: Renamed) -> None:
    user = event.user
    old_nick = user.nick
    audience = stage.onlookers(user, user.rooms)
    for room in user.rooms:
        stage.record(room, by_person("NICK", event.name.text, user))
    stage.apply(event)
    line = f":{event.old_source} NICK {event.name.text}"
    stage.tell([*user.sessions, *audience], line, user.account, is_bot=user.is_bot)
    if event.old_key != user.key:
        _tell_watchers(stage, event.old_key, num.RPL_MONOFFLINE, old_nick)
        _tell_watchers(stage, user.key, num.RPL_MONONLINE, user.source)


def _tell_watchers(stage: Stage, key: str, code: str, target: str) -> None:
    for session in list(stage.monitors.watchers(key)):
        stage.answer(session, code, target)


def _logged_in(stage: Stage, event: LoggedIn) -> None:
    user = event.user
    stage.apply(event)
    line = f":{user.source} ACCOUNT {user.account or '*'}"
    _tell_able(stage, [*user.sessions, *_onlookers(stage, user)], ACCOUNT_NOTIFY, line, user)


def _away_set(stage: Stage, event: AwaySet) -> None:
    user = event.user
    if event.text == user.away:
        return
    stage.apply(event)
    _tell_able(stage, _onlookers(stage, user), AWAY_NOTIFY, away_line(user), user)


def away_line(user: User) -> str:
    """Return AWAY as those who asked for away-notify read it."""
    return f":{user.source} AWAY" + (f" :{user.away}" if user.away else "")


def _realname_set(stage: Stage, event: RealnameSet) -> None:
    user = event.user
    stage.apply(event)
    line = f":{user.source} SETNAME :{user.realname}"
    _tell_able(stage, [*user.sessions, *_onlookers(stage, user)], SETNAME, line, user)


def _user_modes_set(stage: Stage, event: UserModesSet) -> None:
    user = event.user
    stage.apply(event)
    letters = (f"+{event.on}" if event.on else "") + (f"-{event.off}" if event.off else "")
    stage.tell(user.sessions, f":{user.source} MODE {user.nick} {letters}", user.account)


def _host_set(stage: Stage, event: HostSet) -> None:
    user = event.user
    stage.apply(event)
    line = f":{event.old_source} CHGHOST {user.username} {user.host}"
    _tell_able(stage, [*user.sessions, *_onlookers(stage, user)], CHGHOST, line, user)
    stage.tell(_unable(stage, user.rooms, user), f":{event.old_source} QUIT :Changing host")
    for room in user.rooms:
        _come_back(stage, user, room)


def _come_back(stage: Stage, user: User, room: Room) -> None:
    """Let those who know no CHGHOST see the person enter again. IRCv3 chghost, "Fallback"."""
    unable = _unable(stage, [room], user)

    def line_for(caps: int) -> str:
        return render.join_line(user, room.name, caps)

    stage.tell_each(unable, line_for, EXTENDED_JOIN, user.account)
    letters = "".join(letter for bit, letter, _ in RANKS if room.members[user] & bit)
    if letters:
        nicks = " ".join([user.nick] * len(letters))
        stage.tell(unable, f":{stage.server} MODE {room.name} +{letters} {nicks}")


def _unable(stage: Stage, rooms: Collection[Room], user: User) -> list[Session]:
    others = stage.onlookers(user, rooms)
    return [session for session in others if not session.caps & CHGHOST]


def _onlookers(stage: Stage, user: User) -> list[Session]:
    """Return the others who see what changes about `user`: in a common room, or watching."""
    sessions = stage.onlookers(user, user.rooms)
    watchers = stage.monitors.watchers(user.key)
    if not watchers:
        return sessions
    seen = {*sessions, *user.sessions}
    watching = [one for one in watchers if one.caps & EXTENDED_MONITOR and one not in seen]
    return [*sessions, *watching]


def _tell_able(stage: Stage, sessions: list[Session], cap: int, line: str, user: User) -> None:
    """Tell those of `sessions` that have asked for `cap`."""
    able = [session for session in sessions if session.caps & cap]
    stage.tell(able, line, user.account, is_bot=user.is_bot)


def _quiet(stage: Stage, event: Event) -> None:
    """Deliver what nobody else is told."""
    stage.apply(event)


def _name_registered(stage: Stage, event: NameRegistered) -> None:
    stage.apply(event)
    if event.floor_id:
        stage.store_floor(event.name.key, event.floor_id)


HANDLERS: Final[dict[type[Event], Callable[[Stage, Any], None]]] = {
    SignedIn: _signed_in,
    SignedOut: _signed_out,
    Renamed: _renamed,
    LoggedIn: _logged_in,
    AwaySet: _away_set,
    RealnameSet: _realname_set,
    UserModesSet: _user_modes_set,
    HostSet: _host_set,
    Accepted: _quiet,
    AcceptEnded: _quiet,
    NameRegistered: _name_registered,
}
