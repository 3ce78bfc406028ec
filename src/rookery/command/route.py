"""The plain path: a line that says more of the same to the same person.

Most lines differ from the one before in their text alone. The full path (`talk`, `private`) leaves
a `Route` behind where nothing but the text mattered; lines that go the same way are then said in
one go, but for where anything may have changed since (`World.changes`) or a line is not plain.
No rule is decided here: a route keeps what the full path has found, and both end in `show`.
`docs/adr/0020-plain-path.md` says why.
"""

from __future__ import annotations

from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.command.lines import own_tags
from rookery.core.events import Said
from rookery.deliver import render
from rookery.wire import numerics as num
from rookery.wire.capabilities import ECHO_MESSAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rookery.command.call import Call
    from rookery.command.node import Rules
    from rookery.core.user import User
    from rookery.deliver.session import Session
    from rookery.deliver.talk import Rendered

MAX_RUN: Final = 64
"""Lines taken in one go: as many as one read often brings; a line that is not UTF-8 costs the ones
before it so many looks (unit: lines)."""

_new: Final = tuple.__new__


class Route(NamedTuple):
    """Where a plain message went: all that the full path has found out about it."""

    prefix: bytes
    """What a line that goes the same way begins with, up to its text."""
    call: Call
    """The call that went there first: it speaks again for those that follow."""
    said: Said
    person: User
    changes: int
    rules: Rules


def show(call: Call, said: Said, person: User | None, rendered: Rendered) -> None:
    """Show what `rendered` makes, of which `said` is the last, to all whom it concerns.

    That is its sender, by echo, and `person`, who may be told to be away.
    """
    node, session, user = call.node, call.session, call.user
    if session.caps & ECHO_MESSAGE:
        call.send_once_stored(rendered(session.caps, own_tags(said)))
    if len(user.sessions) > 1 and person is not user:
        node.talk.to_own_others(user, session, rendered)
    if person is None:
        return
    captured = session.capture
    if person is user:
        # What one says to oneself arrives beside the echo, and is no answer.
        session.capture = None
    node.talk.to_person(said, person, rendered)
    session.capture = captured
    if person.away and call.command == "PRIVMSG":
        call.reply(num.RPL_AWAY, person.nick, person.away)


def remember(call: Call, said: Said, person: User) -> None:
    """Leave a route for further lines, if this message was nothing but a text for `person`."""
    session = call.session
    is_plain = said.command != "TAGMSG" and not (said.tags or said.client_id or call.label)
    if not is_plain or person is call.user or "," in call.params[0]:
        session.route = None
        return
    world, prefix = call.node.world, f"{call.command} {call.params[0]} :".encode()
    session.route = Route(prefix, call, said, person, world.changes, call.node.rules)


def more_texts(session: Session, lines: Sequence[bytes], at: int) -> list[str]:
    """Return the texts of the lines from `at` on that `follow` may say; none where it may not."""
    route = session.route
    if not isinstance(route, Route) or not lines[at].startswith(route.prefix):
        return []
    if not _is_open(route):
        session.route = None
        return []
    run = lines[at : at + MAX_RUN]
    if run[-1].startswith(route.prefix) and (texts := _texts(run, route.prefix)):
        return texts
    return _texts([*takewhile(lambda line: line.startswith(route.prefix), run)], route.prefix)


def _texts(run: Sequence[bytes], prefix: bytes) -> list[str]:
    """Return what stands behind `prefix` in each line of `run`; none where one is not plain."""
    whole = b"\n".join(run)
    if b"\0" in whole or b"\r" in whole:
        return []
    try:
        texts = ("\n" + whole.decode()).split("\n" + prefix.decode())[1:]
    except UnicodeDecodeError:
        return []
    return texts if len(texts) == len(run) and "" not in texts else []


def _is_open(route: Route) -> bool:
    """Return whether all is as it was, and each message needs no more than to be shown."""
    node, person = route.call.node, route.person
    is_unchanged = node.world.changes == route.changes and node.rules is route.rules
    return is_unchanged and bool(person.sessions) and not person.away


def follow(session: Session, texts: list[str], now_ms: int) -> None:
    """Say what `more_texts` has just returned."""
    route = session.route
    assert isinstance(route, Route), "texts come from a route"
    call = route.call
    call.now_ms = call.user.spoke_at_ms = now_ms
    run = _alike(route.said, call.node.ids.next_ids(now_ms, len(texts)), texts)
    call.node.talk.store(run)
    call.on_store_failure(call.params[0], times=len(run))
    show(call, run[-1], route.person, partial(render.run, run))


def _alike(said: Said, ids: Iterable[int], texts: Iterable[str]) -> list[Said]:
    """Return messages like `said`, but for their ids and texts."""
    # Field by field: a third of the cost of slices, and this is done for every message.
    _, place, who, to, source, account, command, target, _, tags, client = said
    return [
        _new(Said, (one, place, who, to, source, account, command, target, text, tags, client))
        for one, text in zip(ids, texts, strict=True)
    ]
