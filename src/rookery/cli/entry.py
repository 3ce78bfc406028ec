"""The command `rookery`: its list of commands, and what its exit codes are.

A command's module is imported when that command is asked for, so `rookery --help` stays quick.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Final

import click

from rookery import __version__
from rookery.errors import RookeryError

_INTERRUPTED: Final = 130
"""128 and the number of SIGINT, as a shell reports it."""
_FAILED: Final = 1

_COMMANDS: Final = {
    "serve": ("rookery.cli.serve", "Start the server."),
    "chat": ("rookery.cli.talk", "Chat in this terminal, or line by line through a pipe."),
    "tui": ("rookery.cli.tui", "Chat in the whole terminal."),
    "send": ("rookery.cli.talk", "Send one message, or each line of the input."),
    "tail": ("rookery.cli.talk", "Print what is said, as it is said."),
    "doctor": ("rookery.cli.doctor", "Find what would keep the server from running well."),
    "backup": ("rookery.cli.keep", "Copy all that a server keeps, while it runs."),
    "restore": ("rookery.cli.keep", "Make a data folder from a backup."),
    "account": ("rookery.cli.account", "Export what is kept of an account."),
    "hash-password": ("rookery.cli.hash_password", "Make an operator's password hash."),
    "config": ("rookery.cli.settle", "Show or check the server's settings."),
}
"""Each command's module, which names it as it is called, and its line in the help."""

_EPILOG: Final = """\b
Completion by the Tab key, in ~/.bashrc or ~/.zshrc:
  eval "$(_ROOKERY_COMPLETE=bash_source rookery)"
  eval "$(_ROOKERY_COMPLETE=zsh_source rookery)"
In ~/.config/fish/completions/rookery.fish:
  _ROOKERY_COMPLETE=fish_source rookery | source

Exit codes: 0 done, 1 failed, 2 wrong usage, 69 cannot connect, 75 not confirmed,
77 refused, 78 unusable settings, 130 Ctrl-C.
"""


class _LazyGroup(click.Group):
    """Knows its commands by name and help line, and imports one to run it."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(_COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)


@click.group(
    cls=_LazyGroup,
    commands=[click.Command(name) for name in _COMMANDS],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EPILOG,
)
@click.version_option(__version__, message="Rookery %(version)s")
def rookery() -> None:
    """Chat on your own server: nothing said is ever lost."""


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line `args`, by default the process's own, and return the exit code."""
    try:
        code = rookery.main(args, prog_name="rookery", standalone_mode=False)
        code = code if isinstance(code, int) else 0
        return code if _is_output_taken() else code or _FAILED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except RookeryError as error:
        click.echo(str(error), err=True)
        return error.exit_code
    except BrokenPipeError:
        _is_output_taken()
        return _FAILED


def _is_output_taken() -> bool:
    """Return whether somebody takes our output: not so in a closed pipe or terminal."""
    try:
        sys.stdout.flush()
    except OSError:
        # The interpreter flushes at its end, and must not trip over it once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True
