"""Slash commands, one row each: what `/help` and the reference page show is what there is.

Only what a person types at the beginning of the input is read as one; `//` says a slash.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Final

from rookery.client.safe_text import safe


@dataclass(frozen=True, slots=True)
class Slash:
    """A command; `needs` is what to say where its argument is missing, empty where it may be."""

    usage: str
    help: str
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """The input is to be said."""

    text: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """The input is a command, and `name` one of `COMMANDS`."""

    name: str
    argument: str


@dataclass(frozen=True, slots=True)
class Mistaken:
    """The input is no command that there is; the sentence says what to do."""

    sentence: str


_WHOM: Final = "Name somebody: "
_WHICH: Final = "Name a room: "
COMMANDS: Final = {
    "join": Slash("/join ROOM", "enter a room, or make it", f"{_WHICH}/join teamchat"),
    "msg": Slash(
        "/msg NAME [TEXT]", "talk to somebody, or send them a message", f"{_WHOM}/msg bob hello"
    ),
    "leave": Slash("/leave [ROOM]", "leave this room, or another; close a talk"),
    "me": Slash("/me TEXT", "say what you do", "Say what you do: /me waves"),
    "topic": Slash("/topic [TEXT]", "show the room's topic, or set it"),
    "who": Slash("/who", "list who is here"),
    "rooms": Slash("/rooms", "list the rooms"),
    "invite": Slash("/invite NAME", "ask somebody into this room", f"{_WHOM}/invite bob"),
    "kick": Slash(
        "/kick NAME [REASON]", "remove somebody from this room", f"{_WHOM}/kick bob be kind"
    ),
    "nick": Slash("/nick NAME", "have another name", f"{_WHOM}/nick alice2"),
    "away": Slash("/away [TEXT]", "be away, or back without a text"),
    "search": Slash("/search WORDS", "search the messages", "Say for what: /search release"),
    "jump": Slash("/jump [NAME]", "go to a room or a person"),
    "read": Slash("/read", "mark everything here as read"),
    "theme": Slash("/theme NAME", "light, dark or high-contrast", "Name one: /theme light"),
    "password": Slash("/password", "set the password of your name"),
    "help": Slash("/help", "show keys and commands"),
    "quit": Slash("/quit", "end the client; what waits is sent on the next start"),
}
ALIASES: Final = {
    "message": "msg",
    "query": "msg",
    "m": "msg",
    "part": "leave",
    "close": "leave",
    "j": "join",
    "names": "who",
    "list": "rooms",
    "exit": "quit",
    "q": "quit",
    "?": "help",
    "back": "away",
    "remove": "kick",
    "find": "search",
}
"""Words that people bring along from other chats."""
IN_SCREEN: Final = frozenset({"help", "search", "jump", "read", "theme"})
"""Commands that the screen does by itself."""


def parsed(text: str) -> Said | Ordered | Mistaken:
    """Return what an input means. A paste of several lines is never a command."""
    if not text.startswith("/"):
        return Said(text)
    if text.startswith("//"):
        return Said(text[1:])
    word, _, argument = text[1:].partition(" ")
    name = ALIASES.get(word.lower(), word.lower())
    if "\n" in text and name not in {"me", "msg"}:
        return Mistaken('A command is one line. To say this, begin it with a second slash: "//".')
    command = COMMANDS.get(name)
    if command is None:
        return Mistaken(_unknown(word))
    argument = argument.strip()
    if command.needs and not argument:
        return Mistaken(command.needs)
    return Ordered(name, argument)


def _unknown(word: str) -> str:
    near = difflib.get_close_matches(word.lower(), [*COMMANDS, *ALIASES], 1)
    meant = f" Did you mean /{near[0]}?" if near else " Type /help for the list."
    return f'"/{safe(word)}" is no command.{meant} To say it, begin with "//".'
