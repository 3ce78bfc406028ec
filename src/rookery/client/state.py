"""What a client keeps between its runs: passwords, and servers that were trusted.

Everything below `$XDG_STATE_HOME/rookery/` is for the person alone (0700, 0600), is replaced
whole, and is on disk when a method returns.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from rookery.client.shown import SecretMade, SecretProved, SecretUseless
from rookery.errors import ClientError
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rookery.client.options import Options

VOUCHED: Final = "vouched"
"""Instead of a fingerprint: the system's authorities vouch for the server."""
_SECRETS: Final = "secrets.json"
_NAMES: Final = "names.json"
_TRUST: Final = "trust.json"
_LOCK: Final = "lock"


def state_path(options: Options) -> Path:
    """Return the folder. Source: XDG Base Directory Specification."""
    if options.state_dir is not None:
        return options.state_dir
    base = os.environ.get("XDG_STATE_HOME", "")
    root = Path(base) if os.path.isabs(base) else Path.home() / ".local" / "state"  # noqa: PTH117
    return root / "rookery"


def server_key(options: Options) -> str:
    """Return the server's name in the folder; all names of this computer are one."""
    host = "localhost" if options.is_loopback else options.host.lower().rstrip(".")
    return f"{host}:{options.port}"


class StateFolder:
    """The folder; made when first written to. Every method may raise `ClientError`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def secrets(self, server: str, name: str) -> tuple[str, ...]:
        """Return the passwords that may open `name`, likeliest first."""
        saved = self._read(_SECRETS).get(server, {})
        found = saved.get(fold(name), []) if isinstance(saved, dict) else []
        return tuple(item for item in found if isinstance(item, str))

    def keep(self, server: str, news: SecretMade | SecretProved | SecretUseless) -> None:
        """Keep what is new about a password."""
        match news:
            case SecretMade(name, secret):
                self.add_secret(server, name, secret)
            case SecretProved(name, secret):
                self.prove_secret(server, name, secret)
            case SecretUseless(name, secret):
                self.drop_secret(server, name, secret)

    def add_secret(self, server: str, name: str, secret: str) -> None:
        """Keep one more password that may open `name`."""
        kept = self.secrets(server, name)
        if secret not in kept:
            self._set_secrets(server, name, [*kept, secret])

    def prove_secret(self, server: str, name: str, secret: str) -> None:
        """Keep the password that does open `name`, and no other."""
        if self.secrets(server, name) != (secret,):
            self._set_secrets(server, name, [secret])

    def drop_secret(self, server: str, name: str, secret: str) -> None:
        """Forget a password that opens nothing."""
        kept = self.secrets(server, name)
        if secret in kept:
            self._set_secrets(server, name, [item for item in kept if item != secret])

    def last_name(self, server: str) -> str | None:
        """Return the name that was last signed in with on `server`."""
        found = self._read(_NAMES).get(server)
        return found if isinstance(found, str) else None

    def set_last_name(self, server: str, name: str) -> None:
        """Remember the name for commands that are given none."""
        if self.last_name(server) != name:
            with self._changing(_NAMES) as names:
                names[server] = name

    def trusted(self, server: str) -> str | None:
        """Return the fingerprint pinned for `server`, `VOUCHED`, or None where TLS is unknown."""
        found = self._read(_TRUST).get(server)
        return found if isinstance(found, str) else None

    def trust(self, server: str, fingerprint: str) -> None:
        """Pin a fingerprint, or `VOUCHED`."""
        if self.trusted(server) != fingerprint:
            with self._changing(_TRUST) as trust:
                trust[server] = fingerprint

    def folder(self, *parts: str) -> Path:
        """Return a folder below this one, made for the person alone."""
        path = self.path
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            for part in parts:
                path /= part
                path.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise self._unusable(error) from error
        return path

    def _set_secrets(self, server: str, name: str, secrets: list[str]) -> None:
        with self._changing(_SECRETS) as everything:
            names = everything.setdefault(server, {})
            assert isinstance(names, dict)
            if secrets:
                names[fold(name)] = secrets
            else:
                names.pop(fold(name), None)

    def _read(self, file: str) -> dict[str, object]:
        path = self.path / file
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise self._unusable(error) from error
        return found if isinstance(found, dict) else {}

    @contextmanager
    def _changing(self, file: str) -> Iterator[dict[str, object]]:
        """Yield a file's content; what is made of it is written, one process at a time."""
        self.folder()
        try:
            with open_lock(self.path / _LOCK) as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                content = self._read(file)
                yield content
                write_whole(self.path / file, json.dumps(content, indent=1))
        except OSError as error:
            raise self._unusable(error) from error

    def _unusable(self, error: Exception) -> ClientError:
        return ClientError(
            f"Cannot use the state folder {self.path}: {error}. "
            "Mend or remove what is named there, or set XDG_STATE_HOME to another folder."
        )


def open_lock(path: Path) -> IO[str]:
    """Return a file to lock, readable by its owner only."""
    return open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w")  # noqa: PTH123


def write_whole(path: Path, text: str) -> None:
    """Replace `path` by a file with `text`, readable by its owner only, all or nothing."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123 - a descriptor, no path
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
