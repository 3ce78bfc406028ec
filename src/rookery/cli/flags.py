"""The server's settings as flags, made from the settings themselves."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import click

from rookery.config import Loaded, load, parse, settings
from rookery.errors import ConfigError
from rookery.setting import Setting

_Command = TypeVar("_Command", bound=Callable[..., object])

_BY_PARAMETER: Final = {
    setting.name.replace(".", "__"): setting for setting in settings() if setting.flag
}
"""Click names a parameter by an identifier: `server__port`."""


def setting_options(command: _Command) -> _Command:
    """Give the command `--config` and a flag for each setting that has one."""
    for parameter, setting in reversed(_BY_PARAMETER.items()):
        command = _option(parameter, setting)(command)
    return click.option(
        "--config",
        envvar="ROOKERY_CONFIG",
        type=click.Path(path_type=Path),
        help="Config file (TOML), instead of the one in the usual places.",
    )(command)


def load_from(config: Path | None, values: dict[str, object]) -> Loaded:
    """Return the configuration from the parameters that `setting_options` made."""
    flags: dict[str, object] = {}
    for parameter, setting in _BY_PARAMETER.items():
        value = values[parameter]
        if setting.is_bool:
            flags[setting.name] = not setting.flag.startswith("--no-") if value else None
        else:
            flags[setting.name] = value
    return load(flags, os.environ, config)


def _option(parameter: str, setting: Setting) -> Callable[[_Command], _Command]:
    if setting.is_bool:
        lead = "Do not " if setting.flag.startswith("--no-") else ""
        return click.option(
            setting.flag, parameter, is_flag=True, help=_after(lead, setting.description)
        )

    def check(context: click.Context, option: click.Parameter, text: str | None) -> str | None:
        if text is not None:
            try:
                parse(setting, text, setting.flag, is_text=True)
            except ConfigError as error:
                raise click.BadParameter(f"must be {setting.expected}.", context, option) from error
        return text

    default = "" if setting.default is None else f"  [default: {setting.default}]"
    return click.option(
        setting.flag,
        parameter,
        callback=check,
        type=_type(setting),
        metavar="NUMBER" if "number" in setting.expected else None,
        help=setting.description + default,
    )


def _type(setting: Setting) -> click.Choice[str] | click.Path | type[str]:
    """Return a type that the shell can complete; what it may be is for the setting to say."""
    if setting.choices:
        return click.Choice(setting.choices)
    return click.Path() if setting.is_path else str


def _after(lead: str, sentence: str) -> str:
    """Return `sentence` behind `lead`, as one sentence."""
    return lead + sentence[:1].lower() + sentence[1:] if lead else sentence
