"""`rookery serve`."""

from __future__ import annotations

from pathlib import Path

import click

from rookery.cli.flags import load_from, setting_options


@click.command
@setting_options
def serve(config: Path | None, **values: object) -> int:
    """Start the server; it runs until Ctrl-C or SIGTERM, and reads its settings again on SIGHUP.

    A flag wins over the environment (ROOKERY_SERVER_PORT), that over the config file, that over
    the default; "rookery config show" lists all settings.
    """
    loaded = load_from(config, values)
    from rookery.server import run

    return run(loaded)
