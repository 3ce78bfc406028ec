"""The end of a session, whoever ended it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.command.away import ABSENT
from rookery.command.missed import keep_seats
from rookery.command.presence import stays
from rookery.core.events import AwaySet, SignedOut

if TYPE_CHECKING:
    from rookery.command.node import Node
    from rookery.core.user import User
    from rookery.deliver.session import Session


def leave(node: Node, session: Session, reason: str, *, has_read_all: bool) -> None:
    """Take the session out of the world; its person goes with their last session.

    When all are leaving because the server stops, nobody is told of the others.
    `has_read_all` is for a session that said goodbye: it has seen what it was sent.
    Calling it again does nothing.
    """
    if node.sessions.pop(session.id, None) is None:
        return
    node.fanout.monitors.clear(session)
    user = session.user
    if user is None:
        node.unsigned_count -= 1
        return
    session.route = None
    user.sessions.remove(session)
    if not user.sessions:
        keep_seats(node, user, node.ids.last_id if has_read_all else session.read_id)
        if stays(node, user):
            _go_absent(node, user)
        elif not node.is_stopping:
            node.bus.publish(SignedOut(user, reason))
    elif not user.away and all(one.is_absent for one in user.sessions):
        node.bus.publish(AwaySet(user, ABSENT))
    session.user = None
    node.epoch.touch()


def _go_absent(node: Node, user: User) -> None:
    """Let the person stay without a connection, and show that they are away."""
    if not user.away and not node.is_stopping:
        node.bus.publish(AwaySet(user, ABSENT))
