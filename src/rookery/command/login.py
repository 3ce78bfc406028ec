"""Signing in to an account, out of it, and failing to: what all ways of proving have in common."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from rookery.command.hosts import settle_host
from rookery.command.signing import signing_of
from rookery.core.events import LoggedIn, Renamed
from rookery.core.names import Name
from rookery.wire import numerics as num
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call
    from rookery.core.user import User
    from rookery.store.base import AccountRow


def check_password(
    call: Call, account: str, password: str, then: Callable[[str], None], failed: Callable[[], None]
) -> None:
    """Check a password on the pool for hashing; `then` gets the account's name, empty for wrong.

    An account that is not there costs the same time as a wrong password. `failed` is called
    when too much is going on. Ask `Gate.try_login` first.
    """
    node, key = call.node, fold(account)
    generation = node.world.registry.generation(key)

    def check() -> str:
        row = verified(node.store.account(key))
        if row is None:
            node.passwords.waste(password)
            return ""
        return row.name if node.passwords.is_right(row.password_hash, password) else ""

    def judge(name: str) -> None:
        if name and node.world.registry.generation(key) != generation:
            name = ""  # The account was removed meanwhile, whoever has its name now.
        if name:
            node.gate.logged_in(call, key)
        then(name)

    def give_up(_: Exception) -> None:
        node.gate.take_back(call, key)
        failed()

    call.wait_for(node.hashers, check, judge, give_up)


def verified(row: AccountRow | None) -> AccountRow | None:
    """Return the account, unless it still waits for its code."""
    return row if row is not None and row.is_verified else None


def logged_in(call: Call, account: str) -> None:
    """Make the session one of `account`, and say so (900)."""
    call.node.gate.ok_count += 1
    session, name = call.session, Name(account, fold(account))
    signing = signing_of(session)
    if signing is not None:
        signing.account = name
        nick = signing.nick.text if signing.nick else "*"
        mask = f"{nick}!{signing.username or '*'}@{session.host}"
    else:
        call.emit(LoggedIn(call.user, name))
        settle_host(call)
        mask = call.user.source
    text = f"You are now logged in as {account}"
    line = call.node.replies.numeric(session.nick, num.RPL_LOGGEDIN, mask, account, text)
    send = call.send_once_stored if call.is_durable else call.send
    send(line)


def log_out(call: Call, user: User) -> None:
    """Make the person a guest, tell each session (901), and let go of an account's nick."""
    node = call.node
    call.emit(LoggedIn(user, None))
    if user is call.session.user:
        settle_host(call)
    for session in user.sessions:
        text = "You are now logged out"
        line = node.replies.numeric(user.nick, num.RPL_LOGGEDOUT, user.source, text)
        node.fanout.send(session, line)
    if user.is_stand_in and node.rules.accounts.is_reservation_strict:
        give_up_nick(call, user)


def give_up_nick(call: Call, user: User) -> None:
    """Let the person have a nick that nobody owns instead of theirs."""
    node = call.node
    world = node.world
    while True:
        text = f"Guest{secrets.randbelow(1_000_000):06}"
        key = fold(text)
        if key not in world.users and key not in world.accounts:
            break
    for session in user.sessions:
        node.receipts.renamed(session)
    call.emit(Renamed(user, user.key, user.source, Name(text, key)))
    user.signed_in_id = node.ids.next_id(call.now_ms)
    user.resends = None


def failed_too_often(call: Call) -> bool:
    """Count a failed try of the session, and close it after as many as are allowed."""
    session = call.session
    session.failed_logins += 1
    call.node.gate.failed_count += 1
    if session.failed_logins < call.node.rules.accounts.tries_per_session:
        return False
    if session.port is not None:
        session.port.close("Too many failed tries to sign in")
    return True
