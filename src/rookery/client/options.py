"""What a client is started with, and the password that may come with it."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rookery.errors import ClientError

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD_VARIABLE: Final = "ROOKERY_PASSWORD"
SERVER_PASSWORD_VARIABLE: Final = "ROOKERY_SERVER_PASSWORD"


@dataclass(frozen=True, slots=True)
class Options:
    """Where to connect, as whom, and how; `None` is "decide for me"."""

    host: str
    port: int
    user: str | None
    tls: bool | None
    fingerprint: str | None
    """SHA-256 of the server's certificate in hexadecimal; colons and case do not matter."""
    password_file: Path | None
    state_dir: Path | None
    """Instead of `$XDG_STATE_HOME/rookery`."""
    server_password_file: Path | None = None

    @property
    def address(self) -> str:
        """Return `host:port` as people write it, IPv6 in brackets."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Return whether the connection never leaves this computer."""
        if self.host.lower().rstrip(".") == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return False

    def given_password(self) -> str | None:
        """Return the person's password, where it was given; raises `ClientError`."""
        return _secret(self.password_file, PASSWORD_VARIABLE)

    def server_password(self) -> str:
        """Return the password that the server asks of everyone; raises `ClientError`."""
        return _secret(self.server_password_file, SERVER_PASSWORD_VARIABLE) or ""


def _secret(file: Path | None, variable: str) -> str | None:
    """Return the first line of the file, or else what the environment holds."""
    if file is None:
        return os.environ.get(variable) or None
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"Cannot read the password file {file}: {error}. Check its path."
        raise ClientError(msg) from error
    if not lines or not lines[0]:
        msg = f"The password file {file} is empty. Put the password on one line."
        raise ClientError(msg)
    return lines[0]
