"""VERIFY: the code that completes a registration. IRCv3 draft/account-registration.

Only the code's digest is kept. An account that waits for its code proves nothing and reserves no
nick; its name is free again when the code has expired.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import TYPE_CHECKING, Final

from rookery.command.account_rows import change_row, keep_row
from rookery.command.account_rules import Delivery
from rookery.command.login import failed_too_often, give_up_nick, logged_in
from rookery.command.row import Command
from rookery.command.signing import account_of
from rookery.core.account import Pending
from rookery.core.account_events import NamePending
from rookery.core.events import NameRegistered
from rookery.core.names import Name
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.command.node import Node
    from rookery.store.base import AccountRow

CODE_BYTES: Final = 10
"""Of randomness: nobody guesses it, however many tries there are before it expires."""
MAX_EMAIL_CHARS: Final = 254
"""RFC 5321 §4.5.3.1."""
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_{|}~.][^\s@<>,;:\"()\[\]\\]*@(?:[\w-]+\.)+[\w-]+"
)
"""What every mail program takes as it is; nothing that could be an option or a second line."""


def refusal_of_email(call: Call, email: str) -> tuple[str, str] | None:
    """Return why an account cannot be made with this address: the code and the sentence."""
    rules = call.node.rules.accounts
    if not rules.needs_email:
        return None
    if call.node.courier is None:
        return "TEMPORARILY_UNAVAILABLE", "This server cannot send mail at present"
    if len(email) > MAX_EMAIL_CHARS or not email.isprintable() or not _EMAIL.fullmatch(email):
        return "INVALID_EMAIL", "An account needs an e-mail address that mail can be sent to"
    domain = email.rpartition("@")[2].lower()
    if rules.email_domains and domain not in rules.email_domains:
        return "UNACCEPTABLE_EMAIL", "Addresses of that domain cannot register here"
    return None


def is_pending(call: Call, key: str) -> bool:
    """Return whether the name waits for its code; what has waited for too long is forgotten."""
    node = call.node
    pending = node.world.registry.pending
    for old_key, one in list(pending.items()):
        if not one.is_expired(call.now_ms):
            break
        forget(node, old_key)
    return key in pending


def forget(node: Node, key: str) -> None:
    """Let go of a registration that was not completed."""
    node.bus.publish(NamePending(key, None))
    # No mail was ever the account's: whoever has the name next loses and gains none by this.
    node.epoch.batch.remove_account(key, node.world.registry.given_up.get(key, 0))
    node.epoch.rows += 1


def send_code(call: Call, row: AccountRow) -> None:
    """Send the code, then keep the registration until it comes back."""
    node = call.node
    courier, errands = node.courier, node.errands
    assert courier is not None, "an address is refused without a courier"
    assert errands is not None, "a courier has its thread"
    code = secrets.token_hex(CODE_BYTES)
    waiting = Pending(row.name, _digest(code), call.now_ms + node.rules.accounts.code_lifetime_ms)
    keep_row(node, row._replace(settings=waiting.dumps()))
    call.on_store_failure(row.name, lambda: node.bus.publish(NamePending(row.key, None)))
    call.emit(NamePending(row.key, waiting))
    call.wait_for(
        errands,
        lambda: courier.deliver(row.email, row.name, code),
        lambda delivery: _sent(call, row, waiting, delivery),
        lambda _: _sent(call, row, waiting, Delivery.NOT_NOW),
    )


def _sent(call: Call, row: AccountRow, waiting: Pending, delivery: Delivery) -> None:
    pending = call.node.world.registry.pending.get(row.key)
    if pending is None or pending.code_digest != waiting.code_digest:
        call.is_answered = True  # It could not be stored, and that was said; or it is verified.
        return
    if delivery is not Delivery.SENT:
        _unsent(call, row, delivery)
        return
    text = f"A code was sent to {row.email}. Complete with: VERIFY {row.name} <code>"
    call.done(f"VERIFICATION_REQUIRED {row.name}", text)


def _unsent(call: Call, row: AccountRow, delivery: Delivery) -> None:
    forget(call.node, row.key)
    if delivery is Delivery.NO_SUCH_ADDRESS:
        call.fail("INVALID_EMAIL", row.name, "Mail cannot be sent to that address")
    else:
        call.fail("TEMPORARILY_UNAVAILABLE", row.name, "Mail cannot be sent now: try again later")


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def verify(call: Call) -> None:
    """Take the code, and make the account its owner's."""
    asked, code = call.params[:2]
    node, key = call.node, fold(asked)
    if call.session.user is None and not node.rules.accounts.may_register_early:
        call.fail("COMPLETE_CONNECTION_REQUIRED", "Complete the sign-in first: NICK, USER")
        return
    if account_of(call.session) is not None:
        call.fail("ALREADY_AUTHENTICATED", asked, "You are signed in to an account already")
        return
    is_known = is_pending(call, key)
    wait_s = node.gate.try_code(call)
    if wait_s:
        call.fail("TEMPORARILY_UNAVAILABLE", asked, f"Too many failed tries: wait {wait_s} s")
        return
    waiting = node.world.registry.pending[key] if is_known else Pending("", _digest(""), 0)
    if not waiting.is_right(_digest(code.strip()), call.now_ms):
        call.fail("INVALID_CODE", asked, "That code is wrong, or it has expired")
        failed_too_often(call)
        return
    node.gate.was_right_code(call)
    _complete(call, Name(waiting.name, key), waiting)


def _complete(call: Call, name: Name, waiting: Pending) -> None:
    from rookery.command.account import undo_of  # noqa: PLC0415 - REGISTER asks for codes here

    # Until it is stored nobody else can complete it, and nobody can register the name.
    call.emit(NamePending(name.key, Pending(name.text, "", waiting.expires_at_ms)))

    undo_name = undo_of(call, name)

    def undo() -> None:
        undo_name()
        call.emit(NamePending(name.key, waiting))  # The registration waits again.

    change_row(call, name.key, _verified, lambda _: _verified_now(call, name), undo)


def _verified(row: AccountRow) -> AccountRow:
    return row._replace(is_verified=True, settings="")


def _verified_now(call: Call, name: Name) -> None:
    from rookery.command.account import floor_of  # noqa: PLC0415 - REGISTER asks for codes here

    node = call.node
    call.emit(NamePending(name.key, None))
    call.emit(NameRegistered(name, floor_of(call, name)))
    call.done(f"SUCCESS {name.text}", f"{name.text} is your name from now on")
    logged_in(call, name.text)
    holder = node.world.users.get(name.key)
    if holder is not None and holder.is_stand_in and node.rules.accounts.is_reservation_strict:
        give_up_nick(call, holder)


COMMANDS: Final = (
    Command(
        "VERIFY",
        verify,
        2,
        "VERIFY <account> <code>",
        "Complete a registration with the code that was sent to you.",
        "IRCv3 draft/account-registration",
        is_early=True,
    ),
)
