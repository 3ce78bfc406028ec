"""Signing in: PASS, NICK, USER, and the moment when all is known.

A nick that nobody owns is whose it is first; an account's nick needs its account, and a second
session of the same account joins the person who is already there.
"""

from __future__ import annotations

import hmac
import string
from typing import TYPE_CHECKING, Final

from rookery.command import away, names, welcome
from rookery.command.hosts import host_for
from rookery.command.row import Command
from rookery.command.sasl import abort
from rookery.command.setname import MAX_REALNAME_BYTES
from rookery.command.signing import Signing, signing_of
from rookery.core.account import is_chosen
from rookery.core.events import Renamed, SignedIn
from rookery.core.foreign_names import check_looks_like_nobody
from rookery.core.naming import check_may_take
from rookery.core.refusal import Reason, Refusal
from rookery.core.user import User
from rookery.wire import numerics as num
from rookery.wire.cut import cut

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.core.names import Name

MAX_USERNAME_CHARS = 10
_USERNAME_CHARS: Final = frozenset(string.ascii_letters + string.digits + "-._")


def pass_(call: Call) -> None:
    """Handle PASS."""
    signing = signing_of(call.session)
    if signing is None:
        call.reply(num.ERR_ALREADYREGISTERED, "You have signed in already")
        return
    signing.password = call.params[0]


def nick(call: Call) -> None:
    """Handle NICK: take a name while signing in, or another one later."""
    name = names.nick(call.node, call.param(0))
    signing = signing_of(call.session)
    if signing is None:
        _rename(call, name)
        return
    if not _may_prove_later(call, signing, name):
        _check_may_take(call, name, _key(signing.account), None)
    signing.nick = name
    complete(call)


def _check_may_take(call: Call, name: Name, account_key: str, holder: User | None) -> None:
    rules, world = call.node.rules.accounts, call.node.world
    choice = world.registry.settings_of(account_key).multiclient
    if call.node.rules.is_unicode:
        own = (account_key, holder.key if holder else "")
        check_looks_like_nobody(name, world.users, world.accounts, world.shapes, own)
    check_may_take(
        world,
        name,
        account_key,
        holder,
        is_strict=rules.is_reservation_strict,
        may_share=is_chosen(rules.multiclient, choice),
    )


def _may_prove_later(call: Call, signing: Signing, name: Name) -> bool:
    """Return whether an account's nick is asked for while SASL may still follow."""
    is_open = signing.is_negotiating and signing.account is None
    return is_open and name.key in call.node.world.accounts


def _rename(call: Call, name: Name) -> None:
    user = call.user
    if name.text == user.nick:
        return
    _check_may_take(call, name, user.account_key, user)
    if call.node.rules.is_registered_only and name.key != user.account_key:
        raise Refusal(Reason.MUST_USE_OWN_NICK, name.text)
    for session in user.sessions:
        call.node.receipts.renamed(session)
    is_other_name = name.key != user.key
    call.emit(Renamed(user, user.key, user.source, name))
    if is_other_name:
        user.signed_in_id = call.node.ids.next_id(call.now_ms)
        user.resends = None
        call.node.receipts.signed_in(user.key, call.now_ms)
        for session in user.sessions:
            session.lacks_mail = call.node.receipts.may_be_owed(user.key)
        welcome.deliver_mailbox(call)


def user(call: Call) -> None:
    """Handle USER."""
    signing = signing_of(call.session)
    if signing is None or signing.has_user:
        call.reply(num.ERR_ALREADYREGISTERED, "You have signed in already")
        return
    username, realname = call.params[0], call.params[3]
    if not username or not realname:
        call.reply(num.ERR_NEEDMOREPARAMS, "USER", "Not enough parameters")
        return
    cleaned = "".join(char for char in username if char.isascii() and char in _USERNAME_CHARS)
    signing.username = "~" + (cleaned or "user")[:MAX_USERNAME_CHARS]
    signing.realname = cut(realname, MAX_REALNAME_BYTES)
    signing.has_user = True
    complete(call)


def complete(call: Call) -> None:
    """Sign the session in if nothing is missing any more."""
    session = call.session
    signing = signing_of(session)
    if signing is None or signing.is_negotiating or signing.nick is None or not signing.has_user:
        return
    if signing.account is not None and signing.account.key not in call.node.world.accounts:
        signing.account = None  # It was removed while this session was signing in.
    if not _is_let_in(call, signing):
        return
    name = signing.nick
    try:
        _check_may_take(call, name, _key(signing.account), None)
    except Refusal:
        signing.nick = None
        raise
    present = call.node.world.users.get(name.key)
    was_absent = present is not None and not present.sessions
    abort(call)
    session.signing = None
    call.node.unsigned_count -= 1
    session.read_id = call.node.ids.last_id
    if present is None:
        _sign_in(call, signing, name)
    else:
        # What was said in its rooms until now is for the sessions that were there.
        for room in present.rooms:
            call.node.fanout.seal(room)
        session.user = present
        present.sessions.append(session)
        away.joined_by(call, signing.away)
    welcome.welcome(call, is_second=present is not None, was_absent=was_absent)


def _is_let_in(call: Call, signing: Signing) -> bool:
    rules = call.node.rules
    expected = rules.server_password.encode()
    if expected and not hmac.compare_digest(expected, signing.password.encode()):
        call.reply(num.ERR_PASSWDMISMATCH, "This server needs its password: PASS")
        _close(call, "This server has a password, and that was not it")
        return False
    if rules.is_registered_only and signing.account is None:
        call.fail("ACCOUNT_REQUIRED", "This server is for accounts only: sign in with SASL")
        _close(call, "Accounts only: sign in to yours, or ask the operator for one")
        return False
    return True


def _close(call: Call, reason: str) -> None:
    port = call.session.port
    if port is not None:
        port.close(reason)


def _sign_in(call: Call, signing: Signing, name: Name) -> None:
    session = call.session
    account = signing.account.text if signing.account else ""
    host = host_for(call.node.rules, account, session.host)
    person = User(name, signing.username, host, signing.realname)
    person.address = session.address
    person.account, person.account_key = signing.account or ("", "")
    person.away = signing.away
    person.sessions.append(session)
    person.spoke_at_ms = person.signed_in_at_ms = call.now_ms
    person.signed_in_id = call.node.ids.next_id(call.now_ms)
    session.user = person
    call.emit(SignedIn(person))


def _key(account: Name | None) -> str:
    return account.key if account else ""


COMMANDS: Final = (
    Command(
        "NICK",
        nick,
        0,
        "NICK <nick>",
        "Take a name, or another one.",
        "RFC 2812 §3.1.2",
        is_early=True,
    ),
    Command(
        "PASS",
        pass_,
        1,
        "PASS <password>",
        "Give the server's password, where it has one.",
        "RFC 2812 §3.1.1",
        is_early=True,
    ),
    Command(
        "USER",
        user,
        4,
        "USER <name> 0 * :<real name>",
        "Introduce yourself.",
        "RFC 2812 §3.1.3",
        is_early=True,
    ),
)
