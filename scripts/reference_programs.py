"""The reference of the programs: the command line, the line client, the full-screen client."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import click
import reference_tui
from reference_page import code, page, table

from rookery.cli.entry import rookery
from rookery.client.line.commands import ALIASES
from rookery.client.line.commands import COMMANDS as LINE_COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator


def command_line() -> str:
    """Commands of the program `rookery`."""
    parts = [
        part for command, path in _leaves(rookery, "rookery") for part in _usage(command, path)
    ]
    return page("The command line", ("src/rookery/cli",), *parts)


def _leaves(command: click.Command, path: str) -> Iterator[tuple[click.Command, str]]:
    if not isinstance(command, click.Group):
        yield command, path
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        assert below is not None, "the group lists its own commands"
        yield from _leaves(below, f"{path} {name}")


def _usage(command: click.Command, path: str) -> Iterator[str]:
    context = click.Context(command, info_name=path)
    words = " ".join(command.collect_usage_pieces(context))
    yield f"## `{path}`\n\n`{path} {words}`\n\n{inspect.cleandoc(command.help or '')}"
    records = (param.get_help_record(context) for param in command.params)
    rows = [(code(record[0]), record[1]) for record in records if record and record[1]]
    yield table(("Option", "What it does"), rows)


def line_client() -> str:
    """Commands of the line client, `rookery chat`."""
    rows = ((code(row.usage), row.help) for row in LINE_COMMANDS.values())
    aliases = ((code(word), code(meant)) for word, meant in ALIASES.items())
    return page(
        "The line client",
        ("src/rookery/client/line/commands.py",),
        "These work in the lobby.\nIn a room, every line but `leave` is said to the room.",
        table(("Command", "What it does"), rows),
        "Words from other chats are understood too, also with a slash in front:",
        table(("Word", "Means"), aliases),
    )


def full_screen_client() -> str:
    """Keys, commands and config file of the full-screen client, `rookery tui`."""
    sources = (
        "src/rookery/client/tui/keys.py",
        "src/rookery/client/tui/slash.py",
        "src/rookery/client/client_settings.py",
    )
    parts = reference_tui.parts(table)
    return page("The full-screen client", sources, *parts)
