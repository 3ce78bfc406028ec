"""REGISTER and PASSWORD: a name of one's own."""

from __future__ import annotations

import base64
import binascii
import hmac
from typing import TYPE_CHECKING, Final

from rookery.command.row import Command
from rookery.command.sasl import logged_in
from rookery.command.signing import account_of, signing_of
from rookery.core.events import LoggedIn, NameRegistered
from rookery.core.names import Name
from rookery.store.base import AccountRow
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call

MAX_PASSWORD_BYTES: Final = 300
"""What fits into every message that carries one. IRCv3 draft/account-registration."""


def register(call: Call) -> None:
    """Keep the nick for whoever knows the password from now on."""
    asked, _, password = call.params[:3]
    name = _own_name(call)
    if name is None:
        call.fail("NEED_NICK", "*", "Take a nick first: NICK")
        return
    refusal = _refusal(call, name, asked, password)
    if refusal is not None:
        code, text = refusal
        call.fail(code, name.text, text)
        return
    passwords = call.node.passwords
    call.wait_for(
        call.node.hashers,
        lambda: passwords.hash(password),
        lambda hashed: _keep(call, name, *hashed),
        lambda _: _busy(call, name.text),
    )


def _own_name(call: Call) -> Name | None:
    signing = signing_of(call.session)
    if signing is not None:
        return signing.nick
    return Name(call.user.nick, call.user.key)


def _refusal(call: Call, name: Name, asked: str, password: str) -> tuple[str, str] | None:
    """Return the code and the sentence of what forbids the registration, None for nothing."""
    node, signing = call.node, signing_of(call.session)
    secret = node.rules.server_password.encode()
    if not node.rules.is_registration_open:
        return "TEMPORARILY_UNAVAILABLE", "Accounts are made by the operators of this server"
    if signing and secret and not hmac.compare_digest(secret, signing.password.encode()):
        return "TEMPORARILY_UNAVAILABLE", "This server needs its password first: PASS"
    if account_of(call.session) is not None:
        return "ALREADY_AUTHENTICATED", "You are signed in to an account already"
    if asked != "*" and fold(asked) != name.key:
        return "ACCOUNT_NAME_MUST_BE_NICK", "An account has the name of its nick"
    if _is_anothers(call, name):
        return "ACCOUNT_EXISTS", "That name is taken"
    if not password or len(password.encode()) > MAX_PASSWORD_BYTES:
        return "UNACCEPTABLE_PASSWORD", f"A password has 1 to {MAX_PASSWORD_BYTES} bytes"
    return None


def _is_anothers(call: Call, name: Name) -> bool:
    """Return whether the name has an owner, or somebody else is here with it."""
    world = call.node.world
    return name.key in world.accounts or world.users.get(name.key) not in {None, call.session.user}


def _keep(call: Call, name: Name, password_hash: str, verifier: str) -> None:
    node = call.node
    if _is_anothers(call, name) or _own_name(call) != name:
        call.fail("ACCOUNT_EXISTS", name.text, "That name is taken")
        return
    row = AccountRow(name.key, name.text, call.now_ms, password_hash, verifier)
    node.epoch.batch.accounts[name.key] = row
    node.epoch.rows += 1
    call.on_store_failure(name.text, _undo(call, name))
    call.emit(NameRegistered(name))
    text = f"{name.text} is your name from now on"
    success = f":{node.replies.server} REGISTER SUCCESS {name.text} :{text}\r\n"
    call.send_once_stored(success.encode())
    logged_in(call, name.text)


def _undo(call: Call, name: Name) -> Callable[[], None]:
    node, session = call.node, call.session

    def undo() -> None:
        node.world.accounts.pop(name.key, None)
        signing = signing_of(session)
        if signing is not None:
            signing.account = None
        if session.user is not None and session.user.account_key == name.key:
            node.bus.publish(LoggedIn(session.user, None))

    return undo


def password(call: Call) -> None:
    """Change the password of the account. docs/ext/password.md."""
    account = account_of(call.session)
    if account is None:
        call.fail("ACCOUNT_REQUIRED", "Sign in to your account first")
        return
    try:
        old, new = base64.b64decode(call.params[0], validate=True).decode().split("\0")
    except (binascii.Error, ValueError):
        call.fail("INVALID_PASSWORD", "Send base64 of: old password, NUL, new password")
        return
    if not new or len(new.encode()) > MAX_PASSWORD_BYTES:
        call.fail("INVALID_PASSWORD", f"A password has 1 to {MAX_PASSWORD_BYTES} bytes")
        return
    node = call.node

    def check() -> AccountRow | None:
        row = node.store.account(account.key)
        if row is None or not node.passwords.is_right(row.password_hash, old):
            return None
        password_hash, verifier = node.passwords.hash(new)
        return row._replace(password_hash=password_hash, scram=verifier)

    call.wait_for(node.hashers, check, lambda row: _change(call, row), lambda _: _busy(call))


def _change(call: Call, row: AccountRow | None) -> None:
    if row is None:
        call.fail("INVALID_CREDENTIALS", "The old password is wrong")
        return
    node = call.node
    node.epoch.batch.accounts[row.key] = row
    node.epoch.rows += 1
    call.on_store_failure("")
    text = "Your password is changed"
    line = f":{node.replies.server} PASSWORD SUCCESS {row.name} :{text}\r\n"
    call.send_once_stored(line.encode())


def _busy(call: Call, *context: str) -> None:
    call.fail("TEMPORARILY_UNAVAILABLE", *context, "Too much is going on: try again in a moment")


COMMANDS: Final = (
    Command(
        "PASSWORD",
        password,
        1,
        "PASSWORD <base64 of old NUL new>",
        "Change the password of your account.",
        "docs/ext/password.md",
    ),
    Command(
        "REGISTER",
        register,
        3,
        "REGISTER <* | nick> <* | email> <password>",
        "Keep your nick for yourself, behind a password.",
        "IRCv3 draft/account-registration",
        is_early=True,
    ),
)
