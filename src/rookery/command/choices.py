"""What an account's owner may choose, and what is shown of an account: `NS SET`, `NS INFO`."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rookery.command.account_rows import busy, change_row
from rookery.command.login import verified
from rookery.command.signing import account_of
from rookery.core.account import AccountSettings, is_chosen
from rookery.core.account_events import AccountSettingsSet
from rookery.core.names import Name
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.store.base import AccountRow

_VALUES: Final = {"on": True, "off": False, "default": None}
_FIELDS: Final = {"ALWAYS-ON": "always_on", "MULTICLIENT": "multiclient"}


def choose(call: Call, what: str, value: str) -> None:
    """Set ALWAYS-ON or MULTICLIENT to on, off or default."""
    account, field = account_of(call.session), _FIELDS.get(what.upper())
    if account is None:
        call.fail("ACCOUNT_REQUIRED", "Sign in to your account first")
    elif field is None or value.lower() not in _VALUES:
        call.fail("INVALID_PARAMS", "SET <ALWAYS-ON | MULTICLIENT> <on | off | default>")
    elif getattr(call.node.rules.accounts, field) in {"off", "always"}:
        call.fail("NOT_YOURS_TO_CHOOSE", f"The operators of this server have settled {what}")
    else:
        _store(call, account, {field: _VALUES[value.lower()]})


def _store(call: Call, account: Name, changed: dict[str, bool | None]) -> None:
    node, key = call.node, account.key
    before = node.world.registry.settings_of(key)

    def change(row: AccountRow) -> AccountRow:
        return row._replace(settings=_after().dumps())

    def _after() -> AccountSettings:
        return replace(node.world.registry.settings_of(key), **changed)  # type: ignore[arg-type]  # the fields that are changed are those that may be None

    def done(_: AccountRow) -> None:
        call.emit(AccountSettingsSet(key, _after()))
        for line in _choices(call, account.key):
            call.send_once_stored(call.served(line))

    change_row(call, key, change, done, lambda: node.bus.publish(AccountSettingsSet(key, before)))


def _choices(call: Call, key: str) -> list[str]:
    rules, settings = call.node.rules.accounts, call.node.world.registry.settings_of(key)
    always_on = is_chosen(rules.always_on, settings.always_on)
    shares = is_chosen(rules.multiclient, settings.multiclient)
    return [
        f"Always on: {'on' if always_on else 'off'}{_origin(settings.always_on)}",
        f"Several connections: {'on' if shares else 'off'}{_origin(settings.multiclient)}",
    ]


def _origin(choice: bool | None) -> str:  # noqa: FBT001 - three values, one is none
    return "" if choice is not None else " (the server's default)"


def info(call: Call, words: list[str]) -> None:
    """Show what is known of an account; more of one's own."""
    own = account_of(call.session)
    asked = words[0] if words else call.user.account or call.user.nick
    node, key = call.node, fold(asked)

    def then(row: AccountRow | None) -> None:
        row = verified(row)
        if row is None:
            call.fail("NO_SUCH_ACCOUNT", "There is no such account")
            return
        made = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(row.created_at_ms / 1000))
        lines = [f"Account: {row.name}", f"Registered: {made}"]
        if own is not None and own.key == key:
            lines += [f"E-mail: {row.email}"] if row.email else []
            lines += _choices(call, key)
            rooms = node.world.rooms.values()
            founded = [one.name for one in rooms if one.founder == key and one.is_registered]
            lines += [f"Registered room: {name}" for name in founded]
        for line in lines:
            call.send(call.served(line))

    call.wait_for(node.readers, lambda: node.store.account(key), then, lambda _: busy(call))
