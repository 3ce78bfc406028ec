"""Messages for people who are not there: who may leave them, how many, and what is answered.

`docs/ext/mailbox.md` says what the sender of a private message learns.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rookery.command import names
from rookery.core.naming import one_slip_away
from rookery.core.refusal import Reason, Refusal
from rookery.wire.address import counted_as

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.core.events import Said


def check_may_keep(call: Call, target: str, key: str, text: str) -> None:
    """Raise NO_SUCH_NICK unless a message can wait for the person."""
    names_nobody = Refusal(Reason.NO_SUCH_NICK, target or "*")
    try:
        names.nick(call.node, target)
    except Refusal:
        raise names_nobody from None
    is_ctcp = text.startswith("\x01") and not text.startswith("\x01ACTION ")
    has_owner = key in call.node.world.accounts
    if is_ctcp or (call.node.rules.unclaimed == "refuse" and not has_owner):
        raise names_nobody


def is_full(call: Call, target: str, key: str) -> bool:
    """Return whether no more may wait for the person; the sender is told, but of a NOTICE."""
    node = call.node
    if node.receipts.waiting_count(key) >= node.rules.mailbox_messages:
        text = f"{target} has too many messages waiting: try again when {target} was here"
        _fail(call, "MAILBOX_FULL", target, text)
        return True
    most = node.rules.unclaimed_per_sender
    is_stranger = partial(_is_stranger, call)
    if not is_stranger(key) or node.strangers.may_add(_sender(call), key, most, is_stranger):
        return False
    text = f"You have written to {most} names that nobody uses: wait until some of them were here"
    _fail(call, "TOO_MANY_UNCLAIMED", target, text)
    return True


def _fail(call: Call, code: str, target: str, text: str) -> None:
    if call.command != "NOTICE":
        call.fail(code, target, text)


def _is_stranger(call: Call, key: str) -> bool:
    return key not in call.node.world.accounts and not call.node.receipts.known(key)


def _sender(call: Call) -> str:
    """Return who counts as one sender: an account, or the guests of one address."""
    return call.user.account_key or f"@{counted_as(call.session.address)}"


def keep(call: Call, target: str, said: Said) -> None:
    """Store a message for somebody who is away; it counts until it is read, or was not stored."""
    receipts = call.node.receipts
    if _is_stranger(call, said.recipient):
        call.node.strangers.add(_sender(call), said.recipient)
    call.node.talk.store([said])
    receipts.left(said.recipient, said.id)
    call.on_store_failure(target, lambda: receipts.unleft(said.recipient, said.id))


def note(call: Call, target: str, key: str) -> bytes:
    """Return what the sender is told of a message that waits: for whom, and what may be meant."""
    node = call.node
    owned_as = node.world.accounts.get(key)
    if owned_as or node.receipts.known(key):
        shown = owned_as or target
        text = f"{shown} is offline: delivered when {shown} connects."
        return call.note("KEPT_AWAY", target, text)
    text = f'Nobody has signed in as "{target}" yet: kept for whoever does.'
    similar = one_slip_away(key, node.world.accounts)
    if not similar:
        return call.note("KEPT_UNCLAIMED", target, text)
    meant = node.world.accounts[similar]
    return call.note("KEPT_UNCLAIMED", target, meant, f"{text} Did you mean {meant}?")
