"""PASSWORD: another password for one's account. docs/ext/password.md."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final

from rookery.command.account import refusal_of_password
from rookery.command.account_rows import busy, change_row
from rookery.command.row import Command
from rookery.command.signing import account_of

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.store.base import AccountRow


def password(call: Call) -> None:
    """Take the old password and the new one, as base64."""
    if account_of(call.session) is None:
        call.fail("ACCOUNT_REQUIRED", "Sign in to your account first")
        return
    try:
        old, new = base64.b64decode(call.params[0], validate=True).decode().split("\0")
    except (binascii.Error, ValueError):
        call.fail("INVALID_PASSWORD", "Send base64 of: old password, NUL, new password")
        return
    change_password(call, old, new)


def change_password(call: Call, old: str, new: str) -> None:
    """Let the new password count where the old one is right."""
    account = account_of(call.session)
    if account is None:
        call.fail("ACCOUNT_REQUIRED", "Sign in to your account first")
        return
    node, key = call.node, account.key
    unfit = refusal_of_password(new, node.rules.accounts.password_min_chars)
    if unfit is not None:
        call.fail("INVALID_PASSWORD", unfit[1])
        return
    wait_s = node.gate.try_login(call, key)
    if wait_s:
        call.fail("TEMPORARILY_UNAVAILABLE", f"Too many failed tries: wait {wait_s} s")
        return

    def check() -> tuple[AccountRow, tuple[str, str]] | None:
        row = node.store.account(key)
        if row is None or not node.passwords.is_right(row.password_hash, old):
            return None
        return row, node.passwords.hash(new)

    call.wait_for(node.hashers, check, lambda found: _change(call, found), lambda _: busy(call))


def _change(call: Call, found: tuple[AccountRow, tuple[str, str]] | None) -> None:
    if found is None:
        call.fail("INVALID_CREDENTIALS", "The old password is wrong")
        return
    before, (password_hash, verifier) = found
    call.node.gate.logged_in(call, before.key)

    def change(row: AccountRow) -> AccountRow | None:
        if row.password_hash != before.password_hash:
            call.fail("INVALID_CREDENTIALS", "The password was changed at the same time")
            return None
        return row._replace(password_hash=password_hash, scram=verifier)

    def done(row: AccountRow) -> None:
        call.done(f"SUCCESS {row.name}", "Your password is changed")

    change_row(call, before.key, change, done)


COMMANDS: Final = (
    Command(
        "PASSWORD",
        password,
        1,
        "PASSWORD <base64 of old NUL new>",
        "Change the password of your account.",
        "docs/ext/password.md",
    ),
)
