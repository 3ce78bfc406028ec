"""Every key of the client in one table: bindings, help and the reference page are made from it.

Nothing binds a key anywhere else. What a person writes in the config under `[keys]` replaces the
keys of an action: `bound` checks it.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rookery.client.safe_text import safe
from rookery.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Key:
    """An action, as the config spells it, and the keys that do it, as Textual calls them."""

    action: str
    keys: tuple[str, ...]
    description: str
    group: str


ANYWHERE: Final = "Anywhere"
GOING: Final = "Going about"
READING: Final = "Reading"
WRITING: Final = "Writing"
MESSAGE: Final = "On a selected message"
LIST: Final = "In a list over the messages"
OWN_GROUPS: Final = {MESSAGE, LIST}
"""Groups whose keys go before all others while there is such a thing."""

KEYS: Final = (
    Key("help", ("f1",), "show this help", ANYWHERE),
    Key("palette", ("ctrl+p",), "find anything that can be done", ANYWHERE),
    Key("toggle_rooms", ("f7",), "show or hide rooms and people", ANYWHERE),
    Key("toggle_people", ("f8",), "show or hide who is in the room", ANYWHERE),
    Key("toggle_mouse", ("f9",), "give the mouse to the terminal, to copy with it", ANYWHERE),
    Key("redraw", ("ctrl+l",), "draw the screen anew", ANYWHERE),
    Key("retry_connection", ("f5",), "try to connect now", ANYWHERE),
    Key("send_waiting", ("f3",), "send the lines that you are asked about", ANYWHERE),
    Key("drop_waiting", ("f4",), "drop the lines that you are asked about", ANYWHERE),
    Key("leave_client", ("ctrl+q",), "quit", ANYWHERE),
    Key("jump", ("ctrl+k",), "jump to a room or a person by name", GOING),
    Key("next_unread", ("alt+a",), "go to the next one with something unread", GOING),
    Key("next_conversation", ("alt+down",), "go to the next one in the list", GOING),
    Key("previous_conversation", ("alt+up",), "go to the one before in the list", GOING),
    *(
        Key(f"conversation_{at}", (f"alt+{at}",), f"go to number {at} in the list", GOING)
        for at in range(1, 10)
    ),
    Key("close_conversation", ("alt+w",), "leave the room, or close the conversation", GOING),
    Key("page_up", ("pageup",), "scroll up; at the top, fetch older messages", READING),
    Key("page_down", ("pagedown",), "scroll down", READING),
    Key("line_up", ("shift+up",), "scroll up by a line", READING),
    Key("line_down", ("shift+down",), "scroll down by a line", READING),
    Key("oldest", ("ctrl+home",), "go to the oldest message that is here", READING),
    Key("newest", ("ctrl+end",), "go to the newest message", READING),
    Key("mark_read", ("escape",), "mark everything here as read, and go to the end", READING),
    Key("search", ("ctrl+f",), "search the messages on the server", READING),
    Key("unfold", ("alt+j",), "show or hide who joined and left", READING),
    Key("select_message", ("alt+m",), "select a message", READING),
    Key("send", ("enter",), "send", WRITING),
    Key("newline", ("alt+enter", "ctrl+j"), "begin a new line", WRITING),
    Key("complete", ("tab",), "complete a name, a room, a /command or an :emoji:", WRITING),
    Key("edit_last", ("up",), "on an empty line: edit what you said last", WRITING),
    Key("external_editor", ("ctrl+x", "ctrl+e"), "write in $VISUAL or $EDITOR", WRITING),
    Key("cancel_writing", ("ctrl+c",), "empty the line, or end a reply or an edit", WRITING),
    Key("select_previous", ("up", "k"), "go to the message before", MESSAGE),
    Key("select_next", ("down", "j"), "go to the next message", MESSAGE),
    Key("reply", ("r",), "reply; send again where it was not sent", MESSAGE),
    Key("edit", ("e",), "edit it, if it is yours", MESSAGE),
    Key("react", ("plus",), "react with an emoji; once more takes it back", MESSAGE),
    Key("delete", ("d",), "delete it, after a question", MESSAGE),
    Key("copy", ("y",), "copy its text", MESSAGE),
    Key("open_link", ("o",), "open its link", MESSAGE),
    Key("deselect", ("escape",), "go back to writing", MESSAGE),
    Key("list_up", ("up",), "go up", LIST),
    Key("list_down", ("down",), "go down", LIST),
    Key("list_page_up", ("pageup",), "go up by several rows", LIST),
    Key("list_page_down", ("pagedown",), "go down by several rows", LIST),
    Key("list_open", ("enter",), "open what is chosen", LIST),
    Key("list_close", ("escape",), "close the list; writing does so too", LIST),
)
NUMBERED: Final = "conversation_"
"""Before the number of a conversation in the list."""
SEQUENCES: Final = {"external_editor"}
"""Actions whose keys are pressed one after the other; for all others each key does it."""
_MODIFIERS: Final = ("ctrl", "alt", "shift")
_NAMED: Final = {
    *("enter", "escape", "tab", "space", "backspace", "delete", "insert", "home", "end"),
    *("pageup", "pagedown", "up", "down", "left", "right", "plus", "minus", "slash"),
    *(f"f{at}" for at in range(1, 25)),
}
_SHOWN: Final = {
    "ctrl": "Ctrl",
    "alt": "Alt",
    "shift": "Shift",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "plus": "+",
    "escape": "Esc",
}
_SPELT: Final = {"pgup": "pageup", "pgdn": "pagedown", "esc": "escape", "return": "enter"}
_WORD: Final = re.compile("[a-z0-9]")


def bound(overrides: Mapping[str, Iterable[str] | str]) -> tuple[Key, ...]:
    """Return the table with a person's own keys in it; raises `ClientError` for what cannot be.

    An empty list takes the action's keys away.
    """
    names = {key.action: key for key in KEYS}
    chosen: dict[str, tuple[str, ...]] = {}
    for name, given in overrides.items():
        if name not in names:
            near = difflib.get_close_matches(name, names, 1)
            meant = f' Did you mean "{near[0]}"?' if near else ' See "rookery tui --help".'
            raise ClientError(f'[keys] has "{safe(name)}", which is no action.{meant}')
        many = (given,) if isinstance(given, str) else tuple(given)
        chosen[name] = tuple(_parsed(name, one) for one in many)
    table = tuple(
        Key(key.action, chosen.get(key.action, key.keys), key.description, key.group)
        for key in KEYS
    )
    _check_unique(table)
    return table


def _parsed(name: str, text: str) -> str:
    """Return a key as Textual calls it; people write Ctrl-K as well as ctrl+k."""
    parts = [_SPELT.get(part, part) for part in re.split(r"[+-]", text.strip().lower())]
    *modifiers, last = parts if text.strip() not in {"+", "-"} else ("plus",)
    is_known = last in _NAMED or (len(last) == 1 and _WORD.match(last))
    if not is_known or not set(modifiers) <= set(_MODIFIERS):
        msg = f'[keys] {name} = "{safe(text)}" is no key. Write it like "Ctrl-K", "Alt-1" or "F7".'
        raise ClientError(msg)
    return "+".join((*(one for one in _MODIFIERS if one in modifiers), last))


def _check_unique(table: tuple[Key, ...]) -> None:
    """One key does one thing, except that a selected message and a list have keys of their own."""
    taken: dict[tuple[str, str], Key] = {}
    for key in table:
        for one in key.keys[:1] if key.action in SEQUENCES else key.keys:
            group = key.group if key.group in OWN_GROUPS else ""
            before = taken.setdefault((one, group), key)
            if before is not key:
                msg = (
                    f"[keys] {shown(one)} is given to both {before.action} and {key.action}. "
                    "Give one of them another key."
                )
                raise ClientError(msg)


def shown(key: str) -> str:
    """Return a key as people read it: `ctrl+k` is `Ctrl-K`."""
    parts = [_SHOWN.get(part, part.upper() if _is_short(part) else part) for part in key.split("+")]
    parts[-1] = parts[-1] if parts[-1] in _SHOWN.values() else parts[-1][:1].upper() + parts[-1][1:]
    single = len(parts) == 1 and len(parts[0]) == 1
    return parts[0].lower() if single else "-".join(parts)


def _is_short(part: str) -> bool:
    return len(part) == 1 or bool(re.fullmatch(r"f\d+", part))


def keys_shown(key: Key) -> str:
    """Return all keys of an action as people read them."""
    joint = " " if key.action in SEQUENCES else ", "
    return joint.join(map(shown, key.keys))


def groups(table: Iterable[Key] = KEYS) -> dict[str, list[Key]]:
    """Return the table by its groups, in order; `Alt-1` to `Alt-9` are one row."""
    by_group: dict[str, list[Key]] = {}
    for key in table:
        rows = by_group.setdefault(key.group, [])
        if not key.action.startswith(NUMBERED):
            rows.append(key)
        elif key.action == f"{NUMBERED}1":
            rows.append(Key(key.action, key.keys, "to 9: go to that number in the list", key.group))
    return by_group
