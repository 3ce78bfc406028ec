"""The config file: where it is looked for, and its values with the lines they stand on.

Reading says nothing about what a value may be; that is `config.load`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from rookery.errors import ConfigError
from rookery.named_file import read_text

SYSTEM_FILE: Final = Path("/etc/rookery/rookery.toml")
"""What a service of the whole computer reads, where its user has no file of their own."""
_HEADER: Final = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?")
_KEY: Final = re.compile(r"\s*([A-Za-z0-9_.\-\"' ]+?)\s*=")


class Entry(NamedTuple):
    """One value of the file; `line` is None where its line cannot be told."""

    name: str
    value: object
    line: int | None


def home(environ: Mapping[str, str]) -> Path:
    """Return the home folder that the environment names, else the one of the account."""
    return Path(environ["HOME"]) if environ.get("HOME") else Path("~").expanduser()


def find_file(environ: Mapping[str, str], system_file: Path = SYSTEM_FILE) -> Path | None:
    """Return the file that is read when nobody names one, or None where there is none."""
    folder = environ.get("XDG_CONFIG_HOME")
    own = (Path(folder) if folder else home(environ) / ".config") / "rookery" / "rookery.toml"
    return next((path for path in (own, system_file) if path.is_file()), None)


def read_file(path: Path) -> Iterator[Entry]:
    """Yield the values of all tables as `table.key`, in order; an empty table as itself.

    Raises `ConfigError` where the file cannot be read or is no TOML.
    """
    text = read_text("--config", path)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}.") from error
    lines = _lines(text)
    for key, value in document.items():
        if not isinstance(value, dict) or not value:
            yield Entry(key, value, lines.get(key))
            continue
        for subkey, subvalue in value.items():
            name = f"{key}.{subkey}"
            yield Entry(name, subvalue, lines.get(name))


def _lines(text: str) -> dict[str, int]:
    """Return the line on which each name is first set, as far as a look at each line can tell."""
    section, lines = "", dict[str, int]()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.fullmatch(line):
            section = _bare(header[1])
            lines.setdefault(section, number)
        elif key := _KEY.match(line):
            name = _bare(key[1])
            lines.setdefault(f"{section}.{name}" if section else name, number)
    return lines


def _bare(key: str) -> str:
    """Return a dotted key without quotes and the spaces around its dots."""
    return ".".join(part.strip(" \"'") for part in key.split("."))
