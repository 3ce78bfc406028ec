"""Giving up an account for good: `NS UNREGISTER`, twice, the second time with a code."""

from __future__ import annotations

import hmac
import secrets
from functools import partial
from typing import TYPE_CHECKING, Final

from rookery.command.belongings import give_up
from rookery.command.login import log_out
from rookery.command.room_registration import release
from rookery.command.signing import account_of, signing_of
from rookery.core.account_events import AccountRemoved
from rookery.core.events import NameRegistered, SignedOut
from rookery.deliver.records import kept_state, undo_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call
    from rookery.command.node import Node
    from rookery.core.names import Name
    from rookery.core.room import Room

_SECRET: Final = secrets.token_bytes(32)
CODE_CHARS: Final = 8


def unregister(call: Call, words: list[str]) -> None:
    """Ask for the code, or take it and remove the account."""
    account = account_of(call.session)
    if account is None:
        call.fail("ACCOUNT_REQUIRED", "Sign in to your account first")
        return
    code = _code(call, account)
    if words and hmac.compare_digest(words[-1].lower().encode(), code.encode()):
        _remove(call, account)
        return
    for line in (
        f"This removes the account {account.text}, its settings and its rooms' registrations.",
        "What was said stays, and belongs to those who heard it: NS EXPORT shows you your part.",
        f"To go on: UNREGISTER {account.text} {code}",
    ):
        call.send(call.served(line))


def _code(call: Call, account: Name) -> str:
    """Return the code of this session for this account: nobody types it by accident."""
    subject = f"{account.key} {call.session.id}".encode()
    return hmac.digest(_SECRET, subject, "sha256").hex()[:CODE_CHARS]


def _remove(call: Call, account: Name) -> None:
    node, key, at_id = call.node, account.key, call.node.ids.next_id(call.now_ms)
    undo = _undo(call, account)
    for room in list(node.world.rooms.values()):
        if room.founder == key:
            release(call, room)
    give_back = give_up(node, key)
    call.emit(AccountRemoved(key, at_id))
    node.receipts.gave_up(key, at_id)
    undo_removal = undo()

    def undo_all() -> None:
        undo_removal()
        give_back()

    call.on_store_failure(account.text, undo_all)
    node.account_writes[key] = node.account_writes.get(key, 0) + 1
    _forget_proofs(node, key)
    for user in list(node.world.users.values()):
        if user.account_key == key:
            log_out(call, user)
            if not user.sessions:
                call.emit(SignedOut(user, "The account is gone"))
    call.done(f"SUCCESS {account.text}", f"The account {account.text} is gone")


def _forget_proofs(node: Node, key: str) -> None:
    """Let who has proven the account, but not signed in yet, have proven nothing."""
    for session in node.sessions.values():
        signing = signing_of(session)
        if signing is not None and signing.account is not None and signing.account.key == key:
            signing.account = None


def _undo(call: Call, account: Name) -> Callable[[], Callable[[], None]]:
    """Return what makes the undo of the removal, to be called right after it.

    The undo brings the account back; its sessions must sign in to it again.
    """
    world, key = call.node.world, account.key
    registry, metadata = world.registry, world.metadata.get(key)
    given_up = registry.given_up.get(key)
    settings, fingerprints = registry.settings.get(key), registry.fingerprints(key)
    before = {
        room: kept_state(room)
        for room in world.rooms.values()
        if key in room.kept_ranks or key in room.since or room.founder == key
    }

    def undo(undo_rooms: dict[Room, Callable[[], None]]) -> None:
        world.apply(NameRegistered(account))
        registry.given_up.pop(key, None)
        if given_up is not None:
            registry.given_up[key] = given_up
        registry.certificates.update(dict.fromkeys(fingerprints, key))
        if settings is not None:
            registry.settings[key] = settings
        if metadata is not None:
            world.metadata[key] = metadata
        for room, undo_room in undo_rooms.items():
            world.rooms.setdefault(room.key, room)
            undo_room()

    epoch = call.node.epoch
    return lambda: partial(undo, {room: undo_of(room, was, epoch) for room, was in before.items()})
