"""The commands of the lobby, one row each: what `help` shows is what there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rookery.client.line import lobby
from rookery.client.safe_text import safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.client.line.talk import Talk


@dataclass(frozen=True, slots=True)
class Command:
    """A command; `run` gets what stands behind its name, without blanks around it."""

    usage: str
    help: str
    more: str
    """What `help` with its name tells."""
    run: Callable[[Talk, str], None]


def _help(talk: Talk, rest: str) -> None:
    if not rest:
        for line in help_lines():
            talk.show(line)
        return
    command, word, _ = find(rest)
    if command is not None:
        talk.show(f"{command.usage}: {command.help}. {command.more}")
    else:
        talk.show(EXPLAINED.get(_plain(word), unknown(word)))


COMMANDS: Final = {
    "message": Command(
        "message NAME TEXT",
        "send a private message",
        "Whoever is offline gets it on connecting.",
        lobby.message,
    ),
    "who": Command(
        "who [ROOM]",
        "list who is here, or in a room",
        "Those who are away are marked; of those who are invisible, as irssi makes its people, "
        'only their number is told. "rooms" lists the rooms.',
        lobby.who,
    ),
    "rooms": Command(
        "rooms", "list the rooms", "With how many people are in each.", lobby.list_rooms
    ),
    "join": Command(
        "join ROOM",
        "enter a room, or make it",
        "Then every line that you type is said there, until you type only: leave",
        lobby.join,
    ),
    "leave": Command(
        "leave",
        "leave the room",
        "In a room it is the one line that is not said there.",
        lobby.leave,
    ),
    "password": Command(
        "password",
        "set a password",
        "With it you can use your name on other computers too.",
        lobby.password,
    ),
    "help": Command("help [COMMAND]", "show this list", "Or more about one command.", _help),
    "exit": Command("exit", "disconnect", "Ctrl-D does the same.", lobby.exit_),
}
ALIASES: Final = {
    "msg": "message",
    "quit": "exit",
    "part": "leave",
    "names": "who",
    "list": "rooms",
    "?": "help",
}
"""Words that people bring along from other chats."""
EXPLAINED: Final = {
    "nick": "A name is chosen when connecting and stays; for another one, exit and come back.",
    "clear": "There is no such command: Ctrl-L clears the screen.",
}
"""Words of other chats for what is different here."""
_DESTRUCTIVE: Final = {"leave", "exit", "password"}
"""Commands that nobody should be led to by a slip."""


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
    name = _plain(word)
    return COMMANDS.get(ALIASES.get(name, name)), word, rest.strip()


def unknown(word: str) -> str:
    """Return what to say of a word that is no command."""
    if _plain(word) in EXPLAINED:
        return EXPLAINED[_plain(word)]
    near = [name for name in COMMANDS if name not in _DESTRUCTIVE and _is_slip(_plain(word), name)]
    meant = f' Did you mean "{near[0]}"?' if near else ""
    return f'"{safe(word)}" is no command.{meant} Type "help" for the list.'


def _plain(word: str) -> str:
    return word.lower().removeprefix("/")


def _is_slip(typed: str, meant: str) -> bool:
    """Return whether one letter is wrong, missing, too many, or two are swapped."""
    at = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if at is None:
        return abs(len(typed) - len(meant)) == 1
    head, behind, wanted = typed[:at], typed[at:], meant[at:]
    swapped = head + behind[1:2] + behind[:1] + behind[2:]
    return meant == swapped or behind[1:] in {wanted, wanted[1:]} or behind == wanted[1:]
