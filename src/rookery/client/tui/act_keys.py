"""The keys of a selected message, as they are told below it: those alone that it answers to.

What is not offered here still says why when its key is pressed: see `message_acts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from rookery.client.conversation.entry import State
from rookery.client.tui.keys import MESSAGE, keys_shown
from rookery.client.tui.legible import legible
from rookery.client.tui.links import links
from rookery.client.tui.writing import is_editable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rookery.client.conversation.entry import Entry
    from rookery.client.tui.keys import Key

UNSETTLED: Final = {State.FAILED, State.ASKED_ABOUT}
_WORDS: Final = {"deselect": "back", "open_link": "open link"}
_BETWEEN: Final = "  "


def is_deletable(entry: Entry) -> bool:
    """Return whether it is there to be deleted; whether I may, the server knows."""
    return bool(entry.msgid) and not entry.is_redacted


def addresses(entry: Entry) -> list[str]:
    """Return the links in what is shown of an entry."""
    text = legible(entry.text)
    return [text[start:stop] for start, stop in links(text)]


_OFFERED: Final[dict[str, Callable[[Entry], bool]]] = {
    "reply": lambda entry: bool(entry.msgid) or entry.state in UNSETTLED,
    "edit": is_editable,
    "react": is_deletable,
    "delete": lambda entry: is_deletable(entry) or entry.state in UNSETTLED,
    "open_link": lambda entry: bool(addresses(entry)),
}
"""By the action, whether it can be done with an entry; what is not here always can."""


def act_keys(table: Iterable[Key], entry: Entry, cells: int) -> str:
    """Return what can be done with an entry, in lines of so many cells: no key leaves its word."""
    lines = [""]
    for key in table:
        is_step = key.action.startswith("select")
        if key.group != MESSAGE or is_step or not _OFFERED.get(key.action, bool)(entry):
            continue
        act = f"{keys_shown(key)} {_word(key.action, entry)}"
        longer = f"{lines[-1]}{_BETWEEN if lines[-1] else ''}{act}"
        if lines[-1] and cell_len(longer) > cells:
            lines.append(act)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def _word(action: str, entry: Entry) -> str:
    if action == "reply" and entry.state in UNSETTLED:
        return "send again"
    return _WORDS.get(action, action)
