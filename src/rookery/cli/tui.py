"""`rookery tui`."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from rookery.cli.talk import connection_options, options_of


@click.command
@connection_options
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The client's config file, instead of $XDG_CONFIG_HOME/rookery/client.toml.",
)
@click.argument("name", required=False)
@click.pass_context
def tui(
    context: click.Context, /, name: str | None, config: Path | None, **connection: object
) -> int:
    """Chat in the whole terminal: rooms, people and messages beside each other; F1 for help.

    NAME is a server of the config file ([servers.NAME]); flags count before what stands there.
    """
    gc.disable()  # Until the first frame, which is a tenth earlier for it; see the application.
    from rookery.client.client_settings import read, server_of, usual_path

    settings = read(config or usual_path())
    given = {
        flag: value
        for flag, value in connection.items()
        if context.get_parameter_source(flag) is not click.core.ParameterSource.DEFAULT
    }
    is_elsewhere = bool({"host", "port"} & set(given))
    server = name if name or is_elsewhere else settings.server
    kept = server_of(settings, server) if server else {}
    options = options_of({**connection, **kept, **given})
    from rookery.client.tui.start import tui as run

    return run(options, server or options.host, settings)
