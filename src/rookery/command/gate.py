"""Who may try to sign in, or to register, now: back-off by address and by account."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from rookery.command.account_rules import AccountRules
from rookery.core.throttle import LoginThrottle, Throttle
from rookery.wire.address import counted_as

if TYPE_CHECKING:
    from rookery.command.call import Call

MS_PER_S = 1000


class Gate:
    """The counters of one node; `obey` again when the settings have changed."""

    def __init__(self, rules: AccountRules | None = None) -> None:
        self._rules = rules = rules or AccountRules()
        self.ok_count = self.failed_count = self.delayed_count = 0
        """Tries to sign in since the start: right, wrong, and told to wait."""
        self._logins = LoginThrottle(rules.address_pace, rules.account_pace)
        self._registrations = Throttle(rules.registration_pace)
        self._codes = Throttle(rules.address_pace)

    def obey(self, rules: AccountRules) -> None:
        """Take other settings; what was counted stays."""
        self._rules = rules
        self._logins.obey(rules.address_pace, rules.account_pace)
        self._registrations.pace = rules.registration_pace
        self._codes.pace = rules.address_pace

    def try_login(self, call: Call, account: str) -> int:
        """Count a try at an account (its key) and return 0, or how many seconds it must wait."""
        return self.try_from(call.session.address, account, call.now_ms)

    def try_from(self, address: str, account: str, now_ms: int) -> int:
        """Do the same for who has no session, but an IP address."""
        counted = self._counted(address)
        wait_ms = self._logins.wait_ms(counted, account, now_ms)
        if not wait_ms:
            self._logins.tried(counted, account, now_ms)
        else:
            self.delayed_count += 1
        return -(-wait_ms // MS_PER_S)

    def logged_in(self, call: Call, account: str) -> None:
        """Take the try back: it was right."""
        self.was_right(call.session.address, account)

    def was_right(self, address: str, account: str) -> None:
        """Take the try back of who has no session."""
        self._logins.succeeded(self._counted(address), account)

    def take_back(self, call: Call, account: str) -> None:
        """Take the try back: it could not be judged."""
        self.was_not_judged(call.session.address, account)

    def was_not_judged(self, address: str, account: str) -> None:
        """Take the try back of who has no session: nobody looked at it."""
        self._logins.take_back(self._counted(address), account)

    def try_registration(self, call: Call) -> int:
        """Count an account to be made and return 0, or how many seconds it must wait."""
        address = self._address(call)
        wait_ms = self._registrations.wait_ms(address, call.now_ms) if address else 0
        if address and not wait_ms:
            self._registrations.tried(address, call.now_ms)
        return -(-wait_ms // MS_PER_S)

    def try_code(self, call: Call) -> int:
        """Count a try at a code and return 0, or how many seconds it must wait.

        It is the address that must wait: strangers' guesses keep nobody from their own code.
        """
        address = self._address(call)
        wait_ms = self._codes.wait_ms(address, call.now_ms) if address else 0
        if address and not wait_ms:
            self._codes.tried(address, call.now_ms)
        return -(-wait_ms // MS_PER_S)

    def was_right_code(self, call: Call) -> None:
        """Take the try back: the code was right."""
        self._codes.take_back(self._address(call))

    def _address(self, call: Call) -> str:
        return self._counted(call.session.address)

    def _counted(self, address: str) -> str:
        """Return the address that counts; empty for one that is trusted, or not known."""
        if address in self._rules.exempt:
            return ""
        if address and self._rules.is_loopback_exempt and is_loopback(address):
            return ""
        return counted_as(address)


def is_loopback(address: str) -> bool:
    """Tell whether the address is of this computer."""
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False
