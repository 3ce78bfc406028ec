"""What is said to a person: here, away, or a service; and more of the same to who is here.

`docs/ext/mailbox.md` says what the sender of a private message learns. `show` is the one way to
the outboxes, for a single message and for a run of them (`route`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.command import kept, lines, names, route, services
from rookery.command.accept import check_may_write
from rookery.command.lasting import is_lasting
from rookery.command.resend import take
from rookery.core.events import new_said
from rookery.core.names import conversation_key
from rookery.deliver import render
from rookery.wire.capabilities import ECHO_MESSAGE
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.command.ranked import What
    from rookery.core.events import Said
    from rookery.deliver.multiline import Part


def to_person(call: Call, target: str, what: What, parts: list[Part] | None) -> None:
    """Say something to whoever has or will have the name; raises `Refusal`."""
    text, tags, _ = what
    node, user, command = call.node, call.user, call.command
    key = fold(target)
    person = node.world.users.get(key)
    if person is None and key in names.SERVICES and call.params[0] == target:
        _to_service(call, key, what)
        return
    if person is None:
        kept.check_may_keep(call, target, key, text)
        if command == "TAGMSG" and not is_lasting(tags):
            return
    elif person.modes or user.modes:
        check_may_write(call, person)
    is_away = person is None or not person.sessions
    if is_away and command != "TAGMSG" and kept.is_full(call, target, key):
        return
    said = new_said(
        node.ids.next_id(call.now_ms),
        conversation_key(user.key, key),
        user.key,
        key,
        user.source,
        user.account,
        command,
        person.nick if person else target,
        *what,
    )
    _store(call, target, said, is_away=is_away)
    route.show(call, said, person, lines.renderer(call, said, parts))
    if person is None and command == "PRIVMSG":
        call.send_once_stored(kept.note(call, target, key))
    elif person is not None and parts is None:
        route.remember(call, said, person)


def _store(call: Call, target: str, said: Said, *, is_away: bool) -> None:
    """Store what is a part of the talk; of tags alone nothing waits in a mailbox."""
    if said.client_id:
        take(call, said.client_id)
    if said.command != "TAGMSG":
        if is_away:
            kept.keep(call, target, said)
            return
        call.node.talk.store([said])
        call.on_store_failure(target)
    elif is_lasting(said.tags):
        call.node.talk.store([said._replace(recipient="")])
        call.on_store_failure(target)


def _to_service(call: Call, key: str, what: What) -> None:
    """Let a service do as it is told; what it is told is not kept, and notices are not for it."""
    text, _, client_id = what
    session, user = call.session, call.user
    if client_id:
        take(call, client_id)
    if session.caps & ECHO_MESSAGE:
        message_id = call.node.ids.next_id(call.now_ms)
        places = (message_id, "", user.key, key, user.source, user.account, call.command)
        said = new_said(*places, names.SERVICES[key], *what)
        call.send(render.said(said, session.caps, lines.own_tags(said)))
    if call.command == "PRIVMSG" and not text.startswith("\x01"):
        services.serve(call, key, text)
