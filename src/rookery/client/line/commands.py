"""The commands of the lobby, one row each: what `help` shows is what there is."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rookery.client.line import lobby

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.client.line.talk import Talk


@dataclass(frozen=True, slots=True)
class Command:
    """A command; `run` gets what stands behind its name, without blanks around it."""

    usage: str
    help: str
    run: Callable[[Talk, str], None]


def _help(talk: Talk, _: str) -> None:
    for line in help_lines():
        talk.show(line)


COMMANDS: Final = {
    "message": Command("message NAME TEXT", "send a private message", lobby.message),
    "who": Command("who", "list everybody who is here", lobby.who),
    "join": Command("join ROOM", "enter a room, or make it", lobby.join),
    "leave": Command("leave", "leave the room", lobby.leave),
    "password": Command("password", "set a password, for other computers", lobby.password),
    "help": Command("help", "show this list", _help),
    "exit": Command("exit", "disconnect", lobby.exit_),
}
ALIASES: Final = {"msg": "message", "quit": "exit", "part": "leave", "names": "who", "?": "help"}
"""Words that people bring along from other chats."""


def help_lines() -> list[str]:
    """Return what `help` shows."""
    width = max(len(command.usage) for command in COMMANDS.values())
    rows = [f"  {command.usage:<{width}}  {command.help}" for command in COMMANDS.values()]
    return [
        *rows,
        "What you leave out is asked for; Ctrl-C takes back a line or a question.",
        'In a room, all that you type is said there; only "leave" is not.',
    ]


def find(line: str) -> tuple[Command | None, str, str]:
    """Return the command of a line, its word as typed, and what stands behind it.

    Case does not matter, nor a slash in front.
    """
    word, _, rest = line.strip().partition(" ")
    name = word.lower().removeprefix("/")
    return COMMANDS.get(ALIASES.get(name, name)), word, rest.strip()


def similar(word: str) -> str:
    """Return the command that was probably meant; empty for none."""
    near = difflib.get_close_matches(word.lower().removeprefix("/"), COMMANDS, 1)
    return near[0] if near else ""
