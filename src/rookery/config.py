"""The server's settings, from flags, environment and file, each with its origin.

A flag wins over a `ROOKERY_*` variable, that over the config file, that over the default.
Every value is checked, also one that another overrules: the first mistake is raised as one
`ConfigError` sentence that names the setting, where it was set, what was found and what would do.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple, get_type_hints

import msgspec

from rookery.config_file import Entry, find_file, home, read_file
from rookery.errors import ConfigError
from rookery.setting import Setting, settings_of
from rookery.settings import Config

_PREFIX: Final = "ROOKERY_"
_MAX_SHOWN_CHARS: Final = 60


@dataclass(frozen=True, slots=True)
class Loaded:
    """The configuration, and for each setting's name where its value comes from."""

    config: Config
    origins: Mapping[str, str]
    file: Path | None
    """The config file that was read."""
    flags: Mapping[str, object]
    environ: Mapping[str, str] = field(repr=False)
    asked_file: Path | None
    """The config file that was asked for by name."""

    def reload(self) -> Loaded:
        """Return what the same flags and environment give with the file as it is now."""
        return load(self.flags, self.environ, self.asked_file)


class _Given(NamedTuple):
    value: object
    origin: str


def sections() -> dict[str, type[msgspec.Struct]]:
    """Return the sections by name, in the order of the reference."""
    return get_type_hints(Config)


@cache
def settings() -> tuple[Setting, ...]:
    """Return every setting, section by section."""
    return tuple(
        setting for name, struct in sections().items() for setting in settings_of(name, struct)
    )


def load(flags: Mapping[str, object], environ: Mapping[str, str], file: Path | None) -> Loaded:
    """Return the configuration; `flags` maps setting names to values, None where not given.

    `file` must exist where it is given; otherwise the usual places are tried.
    Raises `ConfigError` at the first mistake.
    """
    table = {setting.name: setting for setting in settings()}
    path = file or find_file(environ)
    given = {name: _Given(setting.default, "default") for name, setting in table.items()}
    if data_home := environ.get("XDG_DATA_HOME"):
        given["server.data"] = _Given(Path(data_home) / "rookery", "XDG_DATA_HOME")
    if path:
        given |= _from_file(path, table)
    given |= _from_environment(environ, table)
    given |= _from_flags(flags, table)
    _settle_tls(given)
    own_home = home(environ)
    values = {name: _at_home(found.value, own_home) for name, found in given.items()}
    origins = {name: found.origin for name, found in given.items()}
    return Loaded(_build(values), origins, path, dict(flags), dict(environ), file)


def parse(setting: Setting, value: object, origin: str, *, is_text: bool) -> object:
    """Return `value` as the setting's type, or raise `ConfigError`.

    `is_text` values come from a command line or the environment, where a number is text too.
    """
    if setting.is_path:
        if value == "" and setting.default is None:
            return None
        if value and isinstance(value, str | Path):
            return Path(value)
        raise _unfit(setting, value, origin)
    try:
        if setting.is_table and isinstance(value, str):
            return msgspec.json.decode(value, type=setting.annotation)
        return msgspec.convert(value, setting.annotation, strict=not is_text)
    except msgspec.DecodeError as error:
        raise _unfit(setting, value, origin, str(error) if setting.is_table else "") from error


def shown(value: object) -> str:
    """Return a setting's value as it stands in a config file; a path that is not set is empty.

    Of a table only the names are shown: what they stand for may be secret.
    """
    if isinstance(value, dict):
        return json.dumps(dict.fromkeys(value, "…"), ensure_ascii=False)
    if isinstance(value, tuple):
        return msgspec.json.encode(value).decode()
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return json.dumps("" if value is None else str(value), ensure_ascii=False)


def value_of(config: Config, name: str) -> object:
    """Return the value of the setting `section.field`."""
    section, _, own_name = name.partition(".")
    value: object = getattr(getattr(config, section), own_name)
    return value


def needing_restart(old: Config, new: Config) -> list[str]:
    """Return the names of settings that differ and that a reload cannot change."""
    return [
        setting.name
        for setting in settings()
        if not setting.is_reloadable and value_of(old, setting.name) != value_of(new, setting.name)
    ]


def _from_file(path: Path, table: Mapping[str, Setting]) -> dict[str, _Given]:
    given = {}
    for entry in read_file(path):
        origin = str(path) if entry.line is None else f"{path} line {entry.line}"
        if entry.name in sections():
            _check_table(entry, origin)
            continue
        setting = _known(entry.name, origin, table)
        value = parse(setting, entry.value, origin, is_text=False)
        if isinstance(value, Path) and value.parts[:1] != ("~",):
            value = path.absolute().parent / value
        given[entry.name] = _Given(value, origin)
    return given


def _from_environment(
    environ: Mapping[str, str], table: Mapping[str, Setting]
) -> dict[str, _Given]:
    """Read `ROOKERY_SECTION_FIELD`; other `ROOKERY_` names belong to other programs."""
    by_variable = {setting.variable: setting for setting in table.values()}
    given = {}
    for variable, text in environ.items():
        section, _, rest = variable.removeprefix(_PREFIX).lower().partition("_")
        if not variable.startswith(_PREFIX) or section not in sections():
            continue
        setting = by_variable.get(variable) or _known(f"{section}.{rest}", variable, table)
        given[setting.name] = _Given(parse(setting, text, variable, is_text=True), variable)
    return given


def _from_flags(flags: Mapping[str, object], table: Mapping[str, Setting]) -> dict[str, _Given]:
    given = {}
    for name, value in flags.items():
        if value is not None:
            setting = table[name]
            parsed = parse(setting, value, setting.flag, is_text=isinstance(value, str))
            given[name] = _Given(parsed, setting.flag)
    return given


def _settle_tls(given: dict[str, _Given]) -> None:
    """Pair certificate and key, and let them turn TLS on unless someone turned it off."""
    cert, key = given["tls.cert"], given["tls.key"]
    for one, name, other, other_name in (
        (cert, "tls.cert", key, "tls.key"),
        (key, "tls.key", cert, "tls.cert"),
    ):
        if one.value is not None and other.value is None:
            raise ConfigError(f"{name} ({one.origin}) is set without {other_name}: give both.")
    if cert.value is not None and given["tls.enabled"].origin == "default":
        given["tls.enabled"] = _Given(True, "tls.cert")


def _build(values: Mapping[str, object]) -> Config:
    built = {}
    for section, struct in sections().items():
        fields = {name: values[f"{section}.{name}"] for name in struct.__struct_fields__}
        built[section] = struct(**fields)
    return Config(**built)  # type: ignore[arg-type]  # sections() pairs each name with its type


def _at_home(value: object, own_home: Path) -> object:
    if isinstance(value, Path) and value.parts[:1] == ("~",):
        return own_home.joinpath(*value.parts[1:])
    return value


def _known(name: str, origin: str, table: Mapping[str, Setting]) -> Setting:
    if name in table:
        return table[name]
    import difflib  # noqa: PLC0415 - for mistakes alone

    last = name.rpartition(".")[2]
    near = difflib.get_close_matches(name, table, n=1, cutoff=0.8)
    near += [known for known in table if known.endswith(f".{last}")]
    near += difflib.get_close_matches(name, table, n=1)
    hint = f"Did you mean {near[0]}?" if near else '"rookery config show" lists all settings.'
    raise ConfigError(f"Unknown setting {name} ({origin}). {hint}")


def _check_table(entry: Entry, origin: str) -> None:
    if not isinstance(entry.value, dict):
        raise ConfigError(
            f"{entry.name} ({origin}) is {_found(entry.value)}, but must be a table: "
            f"write [{entry.name}] on a line of its own and its settings below."
        )


def _unfit(setting: Setting, value: object, origin: str, mistake: str = "") -> ConfigError:
    if mistake:
        return ConfigError(
            f"{setting.name} ({origin}) cannot be used ({mistake}); it must be {setting.expected}."
        )
    unit = f" ({setting.unit})" if setting.unit else ""
    return ConfigError(
        f"{setting.name} ({origin}) is {_found(value)}, but must be {setting.expected}{unit}."
    )


def _found(value: object) -> str:
    is_plain = isinstance(value, bool | int | float | str)
    text = json.dumps(value, ensure_ascii=False) if is_plain else str(value)
    return text if len(text) <= _MAX_SHOWN_CHARS else f"{text[:_MAX_SHOWN_CHARS]}…"
