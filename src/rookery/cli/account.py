"""`rookery account export`."""

from __future__ import annotations

from pathlib import Path

import click

from rookery.cli.flags import load_from, setting_options


@click.group
def account() -> None:
    """Look after accounts while the server is stopped."""


@account.command
@click.argument("name")
@setting_options
def export(config: Path | None, name: str, **values: object) -> None:
    """Print all that is kept of an account, one JSON object a line.

    First itself, then its messages, its files and its devices.

    While the server runs, NS EXPORT shows people what is theirs.
    """
    loaded = load_from(config, values)
    from rookery.offline import exported_account

    for line in exported_account(loaded.config, name):
        print(line)
