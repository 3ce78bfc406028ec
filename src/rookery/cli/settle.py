"""`rookery config show` and `rookery config check`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from rookery.cli.flags import load_from, setting_options
from rookery.config import Loaded, settings, shown, value_of
from rookery.named_file import read_text
from rookery.settings import Config


@click.group
def config() -> None:
    """Show or check the server's settings, with the flags of "rookery serve"."""


@config.command
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object.")
@setting_options
def show(config: Path | None, *, is_json: bool, **values: object) -> None:
    """Print each setting, its value, and where that comes from."""
    loaded = load_from(config, values)
    print(_as_json(loaded) if is_json else _as_table(loaded))


@config.command
@setting_options
def check(config: Path | None, **values: object) -> None:
    """Read the settings, and the files that they name, without starting anything."""
    _check_files(load_from(config, values).config)
    print("Config is fine.")


def _as_table(loaded: Loaded) -> str:
    rows = [
        (setting.name, shown(value_of(loaded.config, setting.name)), loaded.origins[setting.name])
        for setting in settings()
    ]
    name_width = max(len(name) for name, _, _ in rows)
    value_width = max(len(value) for _, value, _ in rows)
    return "\n".join(
        f"{name:<{name_width}}  {value:<{value_width}}  {origin}" for name, value, origin in rows
    )


def _as_json(loaded: Loaded) -> str:
    rows = {
        setting.name: {
            "value": _plain(value_of(loaded.config, setting.name)),
            "origin": loaded.origins[setting.name],
        }
        for setting in settings()
    }
    return json.dumps(rows, indent=2, default=str)


def _plain(value: object) -> object:
    return json.loads(shown(value)) if isinstance(value, dict | tuple) else value


def _check_files(config: Config) -> None:
    """Raise `ConfigError` for the first file that the server could not use."""
    if config.server.motd_file:
        read_text("server.motd_file", config.server.motd_file)
    if config.server.password_file:
        read_text("server.password_file", config.server.password_file)
    if config.push.ca_file:
        read_text("push.ca_file", config.push.ca_file)
    if config.tls.enabled and config.tls.cert and config.tls.key:
        from rookery.net.tls import server_context

        server_context(config.tls.cert, config.tls.key, config.tls.client_ca)
