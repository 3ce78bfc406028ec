"""Codes by mail: written here, sent by the program that the operator has named.

The program runs without a shell, with the arguments of the setting alone: nothing that a stranger
typed is among them. It reads the mail on its standard input.
"""

from __future__ import annotations

import os
import subprocess
from typing import Final

from rookery import log
from rookery.command.account_rules import Delivery

_log: Final = log.get("accounts")
NO_SUCH_ADDRESS: Final = frozenset({os.EX_DATAERR, os.EX_NOUSER, os.EX_NOHOST})
"""Exit codes of sysexits.h by which a mailer says that the address is no good."""


class CommandCourier:
    """Runs `argv` for each code, for at most `timeout_s`."""

    def __init__(self, argv: list[str], network: str, timeout_s: float) -> None:
        self._argv = argv
        self._network = network
        self._timeout_s = timeout_s

    def deliver(self, email: str, account: str, code: str) -> Delivery:
        """Hand the code over; `email` must hold no line break, nor a comma."""
        try:
            done = subprocess.run(  # noqa: S603 - the operator's own words, and no shell
                self._argv,
                input=self._mail(email, account, code).encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=self._timeout_s,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            _log.error("a code was not sent", error=str(error))
            return Delivery.NOT_NOW
        if done.returncode == 0:
            return Delivery.SENT
        text = done.stderr.decode(errors="replace").strip()
        _log.warning("a code was not sent", exit_code=done.returncode, error=text)
        is_refused = done.returncode in NO_SUCH_ADDRESS
        return Delivery.NO_SUCH_ADDRESS if is_refused else Delivery.NOT_NOW

    def _mail(self, email: str, account: str, code: str) -> str:
        return (
            f"To: {email}\n"
            f"Subject: {self._network}: your code\n"
            "Auto-Submitted: auto-generated\n"
            "MIME-Version: 1.0\n"
            "Content-Type: text/plain; charset=utf-8\n"
            "\n"
            f"Somebody, probably you, is registering the name {account} on {self._network}.\n"
            "If it was you, complete it there with:\n"
            "\n"
            f"    VERIFY {account} {code}\n"
            "\n"
            "If not, do nothing: the name will be free again soon.\n"
        )
