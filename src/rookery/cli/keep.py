"""`rookery backup` and `rookery restore`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import click

from rookery.config import load
from rookery.errors import StoreError

_Command = TypeVar("_Command", bound=Callable[..., object])
_PATH: Final = click.Path(path_type=Path)
_MIB: Final = 1 << 20


def _folder_options(command: _Command) -> _Command:
    data = click.option("--data", type=_PATH, help="The server's data folder.")
    config = click.option(
        "--config",
        envvar="ROOKERY_CONFIG",
        type=_PATH,
        help="Config file (TOML) that names the data folder, instead of the one in the usual"
        " places.",
    )
    return config(data(command))


def _folder(data: Path | None, config: Path | None) -> Path:
    return load({"server.data": data}, os.environ, config).config.server.data


@click.command
@_folder_options
@click.option("--replace", is_flag=True, help="Write over FILE where it is there already.")
@click.argument("file", type=_PATH)
def backup(file: Path, data: Path | None, config: Path | None, *, replace: bool) -> None:
    """Write all that the server keeps into FILE, one moment of it, also while the server runs.

    FILE is readable by you alone, and verified: what is not whole is not left there.
    """
    from rookery.store.backup import back_up

    if file.exists() and not replace:
        raise StoreError(f"{file} is there already. Name another file, or say --replace.")
    size = back_up(_folder(data, config), file)
    print(f"Backed up to {file}: {size / _MIB:.1f} MiB, verified.")


@click.command
@_folder_options
@click.option("--replace", is_flag=True, help="Put aside what the folder holds, beside the new.")
@click.argument("file", type=_PATH)
def restore(file: Path, data: Path | None, config: Path | None, *, replace: bool) -> None:
    """Make the server's data folder from the backup FILE, while no server uses it."""
    from rookery.store.backup import restore as make

    folder = _folder(data, config)
    make(file, folder, may_replace=replace)
    print(f"Restored {folder} from {file}. Start with: rookery serve --data {folder}")
