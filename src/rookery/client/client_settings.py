"""What a person sets for the full-screen client: a file of TOML, read once at the start.

Each setting is one row of `SETTINGS` or `SERVER_SETTINGS`; what is not in a table is refused with
the nearest name.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rookery.client.notify import Way
from rookery.client.safe_text import safe
from rookery.errors import ConfigError

MAX_PORT: Final = 65_535
THEMES: Final = ("dark", "light", "high-contrast")
VARIABLE: Final = "ROOKERY_CLIENT_CONFIG"


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: what it may be, in words and as a check; `default` as people write it."""

    expected: str
    is_right: Callable[[object], bool]
    default: str
    description: str
    """A sentence or two, for the reference."""


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_switch(value: object) -> bool:
    return isinstance(value, bool)


def _is_port(value: object) -> bool:
    return type(value) is int and 0 < value <= MAX_PORT


def _are_ways(value: object) -> bool:
    return isinstance(value, list) and all(item in {way.value for way in Way} for item in value)


SETTINGS: Final[dict[str, Row]] = {
    "theme": Row(
        f"one of {', '.join(THEMES)}",
        lambda value: value in THEMES,
        '"dark"',
        "Colours of the screen, until you choose others with `/theme`.",
    ),
    "notifications": Row(
        f"a list of {', '.join(way.value for way in Way)}",
        _are_ways,
        '["bell", "terminal", "desktop"]',
        "How you are told of private messages and of your name, while you look elsewhere.",
    ),
    "mouse": Row(
        "true or false", _is_switch, "true", "Whether clicks and the wheel are for the client."
    ),
    "server": Row(
        "a name below [servers]",
        _is_text,
        "none",
        "The server that `rookery tui` connects to where none is named.",
    ),
}
SERVER_SETTINGS: Final[dict[str, Row]] = {
    "host": Row("a name or an address", _is_text, '"127.0.0.1"', "Where the server is."),
    "port": Row(f"a number from 1 to {MAX_PORT}", _is_port, "8080", "Its port."),
    "user": Row("a name", _is_text, "the last one", "Your name there."),
    "tls": Row(
        "true or false",
        _is_switch,
        "where it is there",
        "Insist on encryption, or do without.",
    ),
    "fingerprint": Row(
        "a SHA-256", _is_text, "none", "Trust the server's certificate by this fingerprint."
    ),
    "password_file": Row(
        "a path", _is_text, "none", "File whose first line is your password there."
    ),
    "server_password_file": Row(
        "a path", _is_text, "none", "The same for the password that the server asks of everyone."
    ),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the file says."""

    theme: str = THEMES[0]
    notifications: frozenset[Way] = frozenset(Way)
    mouse: bool = True
    server: str = ""
    servers: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Name to its options: what is not there is not set."""
    keys: Mapping[str, list[str]] = field(default_factory=dict)
    """Action to its keys; see `tui.keys`."""


def usual_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the file is looked for. Source: XDG Base Directory Specification."""
    named = environ.get(VARIABLE)
    if named:
        return Path(named)
    folder = environ.get("XDG_CONFIG_HOME", "")
    root = Path(folder) if Path(folder).is_absolute() else Path.home() / ".config"
    return root / "rookery" / "client.toml"


def read(path: Path) -> Settings:
    """Return what the file says; the defaults where there is none. Raises `ConfigError`."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(
            f"Cannot read the config file {path}: {error}. Mend it or move it away."
        ) from error
    return checked(document, path)


def checked(document: Mapping[str, object], path: Path) -> Settings:
    """Return the settings of a document; raises `ConfigError` naming what is wrong."""
    plain = {name: value for name, value in document.items() if name not in {"servers", "keys"}}
    _check(plain, SETTINGS, "", path, (*SETTINGS, "servers", "keys"))
    servers = _table(document, "servers", path)
    for name, server in servers.items():
        if not isinstance(server, dict):
            raise ConfigError(
                f"{path}: [servers] {safe(name)} is no table. Write [servers.{safe(name)}]."
            )
        _check(server, SERVER_SETTINGS, f"servers.{name}.", path, tuple(SERVER_SETTINGS))
    wanted = str(plain.get("server", ""))
    if wanted and wanted not in servers:
        raise ConfigError(f'{path}: server = "{safe(wanted)}", but no [servers.{safe(wanted)}]')
    ways = plain.get("notifications", [way.value for way in Way])
    assert isinstance(ways, list)
    return Settings(
        str(plain.get("theme", THEMES[0])),
        frozenset(map(Way, ways)),
        bool(plain.get("mouse", True)),
        wanted,
        {name: dict(server) for name, server in servers.items() if isinstance(server, dict)},
        _keys(_table(document, "keys", path), path),
    )


def server_of(settings: Settings, name: str) -> dict[str, object]:
    """Return the options of a server; raises `ConfigError` where there is none."""
    if name not in settings.servers:
        there = ", ".join(map(safe, settings.servers)) or "none"
        raise ConfigError(
            f"The config file has no [servers.{safe(name)}]. Known: {there}. "
            "Or give --host and --port."
        )
    paths = {"password_file", "server_password_file"}
    return {
        option: Path(str(value)).expanduser() if option in paths else value
        for option, value in settings.servers[name].items()
    }


def _check(
    values: Mapping[str, object],
    rows: Mapping[str, Row],
    before: str,
    path: Path,
    names: tuple[str, ...],
) -> None:
    for name, value in values.items():
        row = rows.get(name)
        if row is None:
            near = difflib.get_close_matches(name, names, 1)
            meant = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(names)}."
            raise ConfigError(f"{path}: {safe(before + name)} is no setting.{meant}")
        if not row.is_right(value):
            raise ConfigError(f"{path}: {safe(before + name)} must be {row.expected}.")


def _table(document: Mapping[str, object], name: str, path: Path) -> dict[str, object]:
    table = document.get(name, {})
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: {name} is no table. Write [{name}].")
    return table


def _keys(table: Mapping[str, object], path: Path) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for action, value in table.items():
        many = [value] if isinstance(value, str) else value
        if not isinstance(many, list) or not all(isinstance(one, str) for one in many):
            raise ConfigError(
                f'{path}: keys.{safe(action)} must be a key or a list of keys, as in "Ctrl-K".'
            )
        keys[action] = many
    return keys
