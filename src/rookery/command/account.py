"""REGISTER: a name of one's own. IRCv3 draft/account-registration."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Final

from rookery.command import names, verify
from rookery.command.account_rows import busy, keep_row
from rookery.command.login import logged_in
from rookery.command.row import Command
from rookery.command.signing import account_of, signing_of
from rookery.core.events import LoggedIn, NameRegistered
from rookery.core.foreign_names import check_looks_like_nobody
from rookery.core.names import Name
from rookery.core.refusal import Refusal
from rookery.store.base import AccountRow
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call

MAX_PASSWORD_BYTES: Final = 300
"""What fits into every message that carries one. IRCv3 draft/account-registration."""


def register(call: Call) -> None:
    """Keep a name for whoever knows the password from now on."""
    asked, email, password = call.params[:3]
    if _must_wait(call):
        call.fail("COMPLETE_CONNECTION_REQUIRED", "Complete the sign-in first: NICK, USER")
        return
    nick = _own_nick(call)
    if nick is None:
        call.fail("NEED_NICK", "*", "Take a nick first: NICK")
        return
    refusal = _refusal_of_any(call)
    if refusal is not None:
        call.fail(refusal[0], nick.text, refusal[1])
        return
    name = _name_asked_for(call, nick, asked)
    if name is None:
        return
    refusal = _refusal(call, name, password) or verify.refusal_of_email(call, email)
    if refusal is not None:
        call.fail(refusal[0], name.text, refusal[1])
        return
    wait_s = call.node.gate.try_registration(call)
    if wait_s:
        text = f"Too many accounts were made from your address: wait {wait_s} s"
        call.fail("TEMPORARILY_UNAVAILABLE", name.text, text)
        return
    passwords = call.node.passwords
    call.wait_for(
        call.node.hashers,
        lambda: passwords.hash(password),
        lambda proofs: _hashed(call, name, email, proofs),
        lambda _: busy(call, name.text),
    )


def _must_wait(call: Call) -> bool:
    return call.session.user is None and not call.node.rules.accounts.may_register_early


def _own_nick(call: Call) -> Name | None:
    signing = signing_of(call.session)
    if signing is not None:
        return signing.nick
    return Name(call.user.nick, call.user.key)


def _name_asked_for(call: Call, nick: Name, asked: str) -> Name | None:
    """Return the name that the account shall have, or None where that was refused."""
    if asked == "*" or fold(asked) == nick.key:
        return nick
    if not call.node.rules.accounts.may_choose_name:
        text = "An account has the name of its nick"
        call.fail("ACCOUNT_NAME_MUST_BE_NICK", asked, text)
        return None
    try:
        name = names.nick(call.node, asked)
    except Refusal:
        call.fail("BAD_ACCOUNT_NAME", asked, "An account's name is made like a nick")
        return None
    if call.node.rules.is_unicode and _looks_like_anothers(call, name, nick):
        call.fail("BAD_ACCOUNT_NAME", asked, "That name looks like another one")
        return None
    return name


def _looks_like_anothers(call: Call, name: Name, nick: Name) -> bool:
    world = call.node.world
    try:
        check_looks_like_nobody(name, world.users, world.accounts, world.shapes, (nick.key,))
    except Refusal:
        return True
    return False


def _refusal_of_any(call: Call) -> tuple[str, str] | None:
    """Return the code and the sentence of what forbids any registration, None for nothing."""
    node, signing = call.node, signing_of(call.session)
    secret = node.rules.server_password.encode()
    if not node.rules.is_registration_open:
        return "TEMPORARILY_UNAVAILABLE", "Accounts are made by the operators of this server"
    if signing and secret and not hmac.compare_digest(secret, signing.password.encode()):
        return "TEMPORARILY_UNAVAILABLE", "This server needs its password first: PASS"
    if account_of(call.session) is not None:
        return "ALREADY_AUTHENTICATED", "You are signed in to an account already"
    return None


def _refusal(call: Call, name: Name, password: str) -> tuple[str, str] | None:
    if _is_anothers(call, name):
        return "ACCOUNT_EXISTS", "That name is taken"
    return refusal_of_password(password, call.node.rules.accounts.password_min_chars)


def refusal_of_password(password: str, min_chars: int) -> tuple[str, str] | None:
    """Return why a password cannot be used: the code and the sentence."""
    if not password or len(password.encode()) > MAX_PASSWORD_BYTES:
        return "UNACCEPTABLE_PASSWORD", f"A password has 1 to {MAX_PASSWORD_BYTES} bytes"
    if len(password) < min_chars:
        return "WEAK_PASSWORD", f"A password has at least {min_chars} characters"
    return None


def _is_anothers(call: Call, name: Name) -> bool:
    """Return whether the name has an owner, waits for one, or somebody else is here with it."""
    world = call.node.world
    is_owned = name.key in world.accounts or verify.is_pending(call, name.key)
    return is_owned or world.users.get(name.key) not in {None, call.session.user}


def _is_still_own(call: Call, name: Name) -> bool:
    """Return whether nothing has come between asking for the name and getting it."""
    if account_of(call.session) is not None or _is_anothers(call, name):
        return False
    return call.node.rules.accounts.may_choose_name or _own_nick(call) == name


def _hashed(call: Call, name: Name, email: str, proofs: tuple[str, str]) -> None:
    if not _is_still_own(call, name):
        call.fail("ACCOUNT_EXISTS", name.text, "That name is taken")
        return
    row = AccountRow(name.key, name.text, call.now_ms, *proofs)
    if call.node.rules.accounts.needs_email:
        verify.send_code(call, row._replace(email=email, is_verified=False))
    else:
        _keep(call, name, row)


def _keep(call: Call, name: Name, row: AccountRow) -> None:
    keep_row(call.node, row)
    call.on_store_failure(name.text, undo_of(call, name))
    call.emit(NameRegistered(name, floor_of(call, name)))
    call.done(f"SUCCESS {name.text}", f"{name.text} is your name from now on")
    logged_in(call, name.text)


def floor_of(call: Call, name: Name) -> int:
    """Return the id up to which private conversations of the name are not its new owner's.

    Guests may have had the name before. What still waits for it is the owner's.
    """
    node, user = call.node, call.session.user
    is_bearer = user is not None and user.key == name.key
    since_id = user.signed_in_id if user and is_bearer else node.ids.next_id(call.now_ms)
    first_id = node.receipts.first_waiting(name.key)
    return min(since_id, first_id - 1) if first_id else since_id


def undo_of(call: Call, name: Name) -> Callable[[], None]:
    """Return what takes a registration back that was not stored."""
    node, session = call.node, call.session
    floor_id = node.world.registry.given_up.get(name.key, 0)

    def undo() -> None:
        node.world.accounts.pop(name.key, None)
        node.world.registry.given_up[name.key] = floor_id
        signing = signing_of(session)
        if signing is not None:
            signing.account = None
        if session.user is not None and session.user.account_key == name.key:
            node.bus.publish(LoggedIn(session.user, None))

    return undo


COMMANDS: Final = (
    Command(
        "REGISTER",
        register,
        3,
        "REGISTER <* | name> <* | email> <password>",
        "Keep your nick for yourself, behind a password.",
        "IRCv3 draft/account-registration",
        is_early=True,
    ),
)
