"""MARKREAD: how far somebody has read, the same on all of their devices. IRCv3 draft/read-marker.

A marker never goes back, and nobody else learns of it. Those of an account are kept, a guest's
live as long as the guest. They are read from the store once, when they are first needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import names
from rookery.command.row import Command
from rookery.command.selector import BadSelectorError, time_ms
from rookery.core.refusal import Refusal
from rookery.deliver.render import iso_time
from rookery.wire.capabilities import READ_MARKER
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from rookery.command.call import Call
    from rookery.command.node import Node
    from rookery.core.room import Room
    from rookery.core.user import User
    from rookery.deliver.session import Session

MAX_MARKERS: Final = 1000
"""Markers that one person may have in memory (unit: rooms and people)."""


def markread(call: Call) -> None:
    """Tell the marker of a room or person, or move it."""
    target = call.param(0)
    if not target:
        call.fail("NEED_MORE_PARAMS", "Missing parameters")
        return
    if not _is_name(call, target):
        call.fail("INVALID_PARAMS", target.split(" ")[0] or "*", "That is no room and no person")
        return
    at_ms = None
    if len(call.params) > 1:
        at_ms = _given_ms(call.params[1])
        if at_ms is None:
            shown = call.params[1].split(" ")[0] or "*"
            call.fail("INVALID_PARAMS", target, shown, "Give timestamp=YYYY-MM-DDThh:mm:ss.sssZ")
            return
    known(call, [fold(target)], lambda: _answer(call, target, at_ms))


def known(call: Call, targets: Iterable[str], then: Callable[[], None]) -> None:
    """Call `then` when the markers of these keys are in memory; the session waits if it must.

    Others make room where there are more than `MAX_MARKERS`: they can be read again.
    """
    user, store = call.user, call.node.store
    account = user.account_key
    missing = [key for key in targets if (account, key) not in user.markers] if account else []
    if not missing:
        then()
        return

    def take(read: list[int]) -> None:
        for key, at_ms in zip(missing, read, strict=True):
            user.markers.setdefault((account, key), at_ms)
        _forget_but(user, missing)
        then()

    call.wait_for(
        call.node.readers,
        lambda: [store.read_marker(account, key) for key in missing],
        take,
        lambda _: then(),
    )


def known_on_entry(call: Call, targets: Iterable[str], then: Callable[[], None]) -> None:
    """Call `then` when the markers are in memory, where a session of the person is told them."""
    if any(session.caps & READ_MARKER for session in call.user.sessions):
        known(call, targets, then)
    else:
        then()


def tell_on_entry(node: Node, session: Session, room: Room) -> None:
    """Tell a session the marker of a room that its person has entered, where that is agreed on."""
    if session.caps & READ_MARKER and session.user is not None:
        node.fanout.send(session, _line(node, room.name, _marker(session.user, room.key)))


def _forget_but(user: User, needed: Collection[str]) -> None:
    """Forget what the store has too, beyond `MAX_MARKERS`: where nothing was read, then the rest.

    A guest's markers are nowhere else.
    """
    too_many = len(user.markers) - MAX_MARKERS
    if too_many <= 0:
        return
    wanted = frozenset(needed)
    others = [place for place in user.markers if place[0] and place[1] not in wanted]
    unread = [place for place in others if not user.markers[place]]
    read = [place for place in others if user.markers[place]]
    surplus = max(0, _count(user) - MAX_MARKERS)
    for place in unread[:too_many] + read[:surplus]:
        del user.markers[place]


def _count(user: User) -> int:
    return sum(at_ms > 0 for at_ms in user.markers.values())


def _is_name(call: Call, target: str) -> bool:
    try:
        if names.is_room_name(target):
            names.room_name(call.node, target)
        else:
            names.nick(call.node, target)
    except Refusal:
        return False
    return True


def _given_ms(text: str) -> int | None:
    kind, _, value = text.partition("=")
    try:
        return time_ms(value) if kind == "timestamp" else None
    except BadSelectorError:
        return None


def _marker(user: User, key: str) -> int:
    return user.markers.get((user.account_key, key), 0)


def _answer(call: Call, target: str, at_ms: int | None) -> None:
    user = call.user
    before_ms = _marker(user, fold(target))
    if at_ms is None or min(at_ms, call.now_ms) <= before_ms:
        call.send(_line(call.node, target, before_ms))
        return
    if not before_ms and _count(user) >= MAX_MARKERS:
        call.fail("INTERNAL_ERROR", target, "You have as many read markers as allowed")
        return
    _move(call, target, min(at_ms, call.now_ms), before_ms)


def _move(call: Call, target: str, at_ms: int, before_ms: int) -> None:
    node, user = call.node, call.user
    place = user.account_key, fold(target)
    user.markers[place] = at_ms
    if node.subscriptions is not None:
        node.subscriptions.looked(user.account_key, call.now_ms)
    if user.account_key:
        node.epoch.batch.read_markers[place] = at_ms
        node.epoch.rows += 1

        def undo() -> None:
            if user.markers.get(place) == at_ms:
                user.markers[place] = before_ms

        call.on_store_failure(target, undo)
    line = _line(call.node, target, at_ms)
    call.send_once_stored(line)
    for session in user.sessions:
        if session is not call.session and session.caps & READ_MARKER:
            node.fanout.send_once_stored(session, line)


def _line(node: Node, target: str, at_ms: int) -> bytes:
    shown = f"timestamp={iso_time(at_ms)}" if at_ms else "*"
    return f":{node.replies.server} MARKREAD {target} {shown}\r\n".encode()


COMMANDS: Final = (
    Command(
        "MARKREAD",
        markread,
        0,
        "MARKREAD <#room | nick> [timestamp=…]",
        "Tell or move how far you have read, for all of your devices.",
        "IRCv3 draft/read-marker",
    ),
)
