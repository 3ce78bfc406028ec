"""Messages for people who are not there: who may leave them, and what their sender is told.

`docs/ext/mailbox.md` says what the sender of a private message learns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.command import names
from rookery.core.naming import one_slip_away
from rookery.core.refusal import Reason, Refusal

if TYPE_CHECKING:
    from rookery.command.call import Call


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
