"""The host name that a person is shown with, where it depends on the account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.core.events import HostSet

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.command.node import Rules

ACCOUNT_HOST_END: Final = ".account"


def host_for(rules: Rules, account: str, host: str) -> str:
    """Return the host to show: the account's where `names.account_hosts` is on, or else `host`."""
    return f"{account}{ACCOUNT_HOST_END}" if account and rules.has_account_hosts else host


def settle_host(call: Call) -> None:
    """Show the person with the right host after they signed in to an account, or out of it."""
    user = call.user
    host = host_for(call.node.rules, user.account, call.session.host)
    if call.node.rules.has_account_hosts and host != user.host:
        call.emit(HostSet(user, user.source, host))
