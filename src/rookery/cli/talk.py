"""`rookery chat`, `rookery send` and `rookery tail`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, TypeVar

import click

if TYPE_CHECKING:
    from rookery.client.options import Options

_Command = TypeVar("_Command", bound=Callable[..., object])

MAX_PORT: Final = 65_535


class _PlainUsageError(click.ClickException):
    """One sentence, without the lines that click puts around it."""

    exit_code = 2

    def show(self, file: IO[str] | None = None) -> None:
        """Print it."""
        click.echo(self.message, file, err=file is None)


def _port(_: click.Context, __: click.Parameter, text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text[:9]) <= MAX_PORT:
        return int(text)
    msg = f'"{text}" is no port. Give a number from 1 to {MAX_PORT}, as in --port 8080'
    raise _PlainUsageError(msg)


_CONNECTION: Final = (
    click.option(
        "--host",
        metavar="NAME",
        default="127.0.0.1",
        show_default=True,
        help="Server to connect to, by its name or address.",
    ),
    click.option(
        "--port",
        metavar="NUMBER",
        default="8080",
        show_default=True,
        callback=_port,
        help="Port of the server.",
    ),
    click.option(
        "--user", metavar="NAME", help="Your name; it is asked for where a terminal is there."
    ),
    click.option(
        "--tls/--no-tls",
        default=None,
        help="Insist on encryption, or do without. By default it is used where the server has it;"
        " to a server on this computer nothing is encrypted without --tls.",
    ),
    click.option(
        "--fingerprint",
        metavar="SHA256",
        help="Trust the server's certificate by this fingerprint, which the server prints.",
    ),
    click.option(
        "--password-file",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="File whose first line is your password; ROOKERY_PASSWORD may hold it instead.",
    ),
    click.option(
        "--server-password-file",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="The same for the password that the server asks of everyone;"
        " or ROOKERY_SERVER_PASSWORD.",
    ),
    click.option(
        "--state-dir",
        metavar="FOLDER",
        type=click.Path(path_type=Path),
        help="Folder for names and secrets, instead of $XDG_STATE_HOME/rookery.",
    ),
)


def connection_options(command: _Command) -> _Command:
    """Give the command the flags that say where to connect, as whom, and how."""
    for option in reversed(_CONNECTION):
        command = option(command)
    return command


@click.command
@connection_options
def chat(**connection: object) -> int:
    """Chat in this terminal: type "help" for the commands, "exit" to leave.

    Without a terminal each line of the input is a command, and it ends with the input.
    """
    from rookery.client.line import chat as run

    return run(options_of(connection))


@click.command
@connection_options
@click.argument("target")
@click.argument("words", metavar="[TEXT]...", nargs=-1)
def send(target: str, words: tuple[str, ...], **connection: object) -> int:
    """Send TEXT to TARGET, a person or a room ('#ci'); without TEXT, each line of the input.

    It ends with 0 once the server has confirmed everything, with 75 when it has not.
    """
    from rookery.client.send import send as run

    return run(options_of(connection), target, " ".join(words) if words else None)


@click.command
@connection_options
@click.option("--json", "is_json", is_flag=True, help="Print each message as a JSON object.")
@click.option(
    "--last",
    default=0,
    show_default=True,
    type=click.IntRange(min=0),
    help="Print this many earlier messages first.",
)
@click.argument("target")
def tail(target: str, last: int, *, is_json: bool, **connection: object) -> int:
    """Print what is said in the room TARGET ('#ops'), or between you and a person, until Ctrl-C."""
    from rookery.client.tail import tail as run

    return run(options_of(connection), target, is_json, last)


def options_of(connection: dict[str, object]) -> Options:
    """Return what a client is started with, from the parameters of `connection_options`."""
    from rookery.client.options import Options

    return Options(**connection)  # type: ignore[arg-type]  # click has checked each option's type
