"""`rookery doctor`."""

from __future__ import annotations

from pathlib import Path

import click

from rookery.cli.flags import load_from, setting_options
from rookery.errors import ConfigError


@click.command
@setting_options
def doctor(config: Path | None, **values: object) -> int:
    """Check what a server needs, with the flags of "rookery serve"; nothing is changed.

    Each check that fails names the command that mends it. Ends with 1 if any does.
    """
    try:
        loaded = load_from(config, values)
    except ConfigError as error:
        _tell(1, "settings", str(error), "rookery config check")
        return 1
    _tell(1, "settings", str(loaded.file or "no config file, using defaults"))
    from rookery.doctor import findings

    failed = 0
    for number, (subject, text, remedy) in enumerate(findings(loaded), 2):
        _tell(number, subject, text, remedy)
        failed += bool(remedy)
    print(f"{failed or 'No'} problem{'' if failed == 1 else 's'} found.")
    return 1 if failed else 0


def _tell(number: int, subject: str, text: str, remedy: str = "") -> None:
    print(f"{number:2} {'FAIL' if remedy else 'ok  '} {subject:<12} {text}")
    if remedy:
        print(f"{'':20} mend it: {remedy}")
