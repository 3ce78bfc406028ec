"""METADATA: what people and rooms say about themselves. IRCv3 draft/metadata-2.

People set their own, operators that of their room. An account's and a kept room's outlive the
server. Keys are followed per session; before there is a person, only `*` can be meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.command import metadata_follow, metadata_shown
from rookery.command.batched import send_batched
from rookery.command.row import Command
from rookery.core.access import is_visible
from rookery.core.events import MetadataSet
from rookery.core.room import OPERATOR, Room
from rookery.wire import numerics as num
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rookery.command.call import Call
    from rookery.core.user import User


class _Subject(NamedTuple):
    """Who or what is asked about; no `owner` before there is a person."""

    owner: User | Room | None
    name: str
    values: dict[str, str]


def metadata(call: Call) -> None:
    """Carry out a subcommand."""
    subcommand = call.params[1].upper()
    if subcommand in metadata_follow.SUBCOMMANDS:
        handler = metadata_follow.SUBCOMMANDS[subcommand]
        if len(call.params) == 2 and subcommand != "SUBS":  # noqa: PLR2004 - no key
            call.reply(num.ERR_NEEDMOREPARAMS, "METADATA", "Not enough parameters")
        else:
            handler(call, [*call.params[2:]])
        return
    if subcommand not in _SUBCOMMANDS:
        shown = call.params[1].split(" ")[0] or "*"
        call.fail("SUBCOMMAND_INVALID", shown, "Invalid subcommand")
        return
    handler_of_subject, least_params = _SUBCOMMANDS[subcommand]
    if len(call.params) < least_params:
        call.reply(num.ERR_NEEDMOREPARAMS, "METADATA", "Not enough parameters")
        return
    subject = _subject(call)
    if subject is None:
        target = call.params[0].split(" ")[0] or "*"
        call.fail("INVALID_TARGET", target, "Invalid metadata target")
        return
    handler_of_subject(call, subject)


def _subject(call: Call) -> _Subject | None:
    target, session, world = call.params[0], call.session, call.node.world
    user = session.user
    if user is None:
        if target != "*":
            return None
        if session.early_metadata is None:
            session.early_metadata = {}
        return _Subject(None, "*", session.early_metadata)
    if target == "*":
        return _Subject(user, user.nick, world.metadata_of(user))
    room = world.rooms.get(fold(target))
    if room is not None:
        is_shown = bool(room.members) and is_visible(room, user)
        return _Subject(room, room.name, room.metadata) if is_shown else None
    person = world.users.get(fold(target))
    return _Subject(person, person.nick, world.metadata_of(person)) if person else None


def _may_change(call: Call, subject: _Subject) -> bool:
    owner, user = subject.owner, call.session.user
    if owner is None or user is None or owner is user:
        return True
    if isinstance(owner, Room) and owner.members.get(user, 0) >= OPERATOR:
        return True
    return user.is_operator


def _refuse(call: Call, subject: _Subject, key: str) -> None:
    text = "You do not have permission to change this"
    call.fail("KEY_NO_PERMISSION", subject.name, key, text)


def _get(call: Call, subject: _Subject) -> None:
    send_batched(call, f"metadata {subject.name}", _values(call, subject))


def _values(call: Call, subject: _Subject) -> Iterator[bytes]:
    session, replies = call.session, call.node.replies
    for key in call.params[2:]:
        if not metadata_follow.KEY.fullmatch(key):
            shown = key.split(" ")[0] or "*"
            yield replies.standard(
                session, "FAIL", "METADATA", "KEY_INVALID", shown, "Invalid key name"
            )
        elif key in subject.values:
            yield metadata_shown.value_line(call, subject.name, key, subject.values[key])
        else:
            yield metadata_shown.unset_line(call, subject.name, key)


def _list(call: Call, subject: _Subject) -> None:
    lines = [
        metadata_shown.value_line(call, subject.name, key, value)
        for key, value in subject.values.items()
    ]
    send_batched(call, f"metadata {subject.name}", lines)


def _set(call: Call, subject: _Subject) -> None:
    key = call.params[2]
    if not metadata_follow.KEY.fullmatch(key):
        call.fail("KEY_INVALID", key.split(" ")[0] or "*", "Invalid key name")
    elif not _may_change(call, subject):
        _refuse(call, subject, key)
    elif len(call.params) > 3:  # noqa: PLR2004 - a value behind target, subcommand and key
        _set_value(call, subject, key, call.params[3])
    elif key not in subject.values:
        call.fail("KEY_NOT_SET", subject.name, key, "The key is not set")
    else:
        _change(call, subject, key, None)
        _answer(call, subject, metadata_shown.unset_line(call, call.params[0], key))


def _set_value(call: Call, subject: _Subject, key: str, value: str) -> None:
    rules = call.node.rules
    if len(value.encode()) > rules.metadata_max_value_bytes:
        text = f"A value has at most {rules.metadata_max_value_bytes} bytes"
        call.fail("VALUE_INVALID", text)
        return
    if key not in subject.values and len(subject.values) >= rules.metadata_max_keys:
        call.fail("LIMIT_REACHED", subject.name, "As many keys are set as allowed")
        return
    if subject.values.get(key) != value:
        _change(call, subject, key, value)
    _answer(call, subject, metadata_shown.value_line(call, call.params[0], key, value))


def _clear(call: Call, subject: _Subject) -> None:
    if not _may_change(call, subject):
        _refuse(call, subject, "*")
        return
    keys = [*subject.values]
    for key in keys:
        _change(call, subject, key, None)
    lines = [metadata_shown.unset_line(call, subject.name, key) for key in keys]
    send_batched(call, f"metadata {subject.name}", lines)


def _change(call: Call, subject: _Subject, key: str, value: str | None) -> None:
    owner, values = subject.owner, subject.values
    if owner is None:
        if value is None:
            del values[key]
        else:
            values[key] = value
        return
    before, world, source = values.get(key), call.node.world, call.user.source
    call.emit(MetadataSet(owner, key, value, source, call.session))

    def undo() -> None:
        if world.metadata_of(owner).get(key) == value:
            world.apply(MetadataSet(owner, key, before, source, None))

    if _is_kept(owner):
        call.on_store_failure(subject.name, undo)


def _is_kept(owner: User | Room | None) -> bool:
    """Return whether what is said of `owner` outlives the server."""
    if isinstance(owner, Room):
        return owner.is_stored
    return owner is not None and bool(owner.account_key)


def _answer(call: Call, subject: _Subject, line: bytes) -> None:
    """Say what has changed: of what is kept, once it is stored."""
    if _is_kept(subject.owner):
        call.send_once_stored(line)
    else:
        call.send(line)


def _sync(call: Call, subject: _Subject) -> None:
    lines = metadata_shown.lines_about(call.node, call.session, subject.owner)
    send_batched(call, f"metadata {subject.name}", lines)


_SUBCOMMANDS: Final[dict[str, tuple[Callable[[Call, _Subject], None], int]]] = {
    "GET": (_get, 3),
    "LIST": (_list, 2),
    "SET": (_set, 3),
    "CLEAR": (_clear, 2),
    "SYNC": (_sync, 2),
}
"""Handler, and how many parameters it needs."""


COMMANDS: Final = (
    Command(
        "METADATA",
        metadata,
        2,
        "METADATA <* | nick | #room> <GET | LIST | SET | CLEAR | SYNC | SUB | UNSUB | SUBS> …",
        "Say something about yourself or your room, or read what others say.",
        "IRCv3 draft/metadata-2",
        is_early=True,
    ),
)
