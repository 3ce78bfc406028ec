"""What the keys do with the selected message; each returns a sentence where it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client.conversation.entry import Kind
from rookery.client.tui import wishes
from rookery.client.tui.act_keys import UNSETTLED, act_keys, addresses, is_deletable
from rookery.client.tui.emoji import EMOJI, QUICK, found
from rookery.client.tui.legible import legible
from rookery.client.tui.links import target
from rookery.client.tui.option import Option
from rookery.client.tui.wrap import cut
from rookery.client.tui.writing import is_editable

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.client.conversation.entry import Entry
    from rookery.client.tui.chat_screen import ChatScreen

MAX_QUOTED_CELLS: Final = 40
MAX_OFFERED: Final = 40


def _reply(screen: ChatScreen, entry: Entry) -> str:
    if entry.state in UNSETTLED:
        screen.post_message(wishes.Retry(screen.key, entry.key))
    elif not entry.msgid:
        return "The server does not keep this, so it cannot be answered. Say it anew."
    else:
        screen.begin_answer(entry)
        return ""
    screen.end_selection()
    return ""


def _edit(screen: ChatScreen, entry: Entry) -> str:
    if not is_editable(entry):
        return "Only what you said yourself can be edited, once it is sent."
    screen.begin_edit(entry)
    return ""


def _delete(screen: ChatScreen, entry: Entry) -> str:
    if entry.state in UNSETTLED:
        screen.post_message(wishes.Discard(screen.key, entry.key))
        screen.end_selection()
        return ""
    if not is_deletable(entry):
        return "There is nothing here that could be deleted."

    from rookery.client.tui.confirm_screen import ConfirmScreen

    def answered(is_sure: bool) -> None:
        if is_sure:
            screen.post_message(wishes.Delete(screen.key, entry.key))
        screen.end_selection()

    words = cut(" ".join(legible(entry.text).split()), MAX_QUOTED_CELLS)
    whose = "" if entry.is_own else f" by {legible(entry.sender)}"
    question = f'Delete "{words}"{whose} for everybody? It cannot be brought back.'
    screen.app.push_screen(ConfirmScreen(question, answered))
    return ""


def _react(screen: ChatScreen, entry: Entry) -> str:
    if not is_deletable(entry):
        return "One cannot react to this."

    from rookery.client.tui.picker import Picker

    def picked(emoji: str) -> None:
        if emoji:
            screen.post_message(wishes.React(screen.key, entry.key, emoji))
        screen.end_selection()

    screen.app.push_screen(Picker("React with", emoji_options, picked))
    return ""


def emoji_options(words: str) -> list[Option]:
    """Return the emoji that fit, the usual ones first; or what was typed, where it is one."""
    if not words:
        names = {emoji: name for name, emoji in reversed(EMOJI.items())}
        usual = [Option(emoji, f"{emoji}  {names[emoji]}") for emoji in QUICK]
        others = [one for one in _options("") if one.value not in QUICK]
        return [*usual, *others]
    own = [] if words.isascii() else [Option(words.strip(), legible(words.strip()))]
    return own + _options(words)


def _options(words: str) -> list[Option]:
    return [Option(emoji, f"{emoji}  {name}") for name, emoji in found(words, MAX_OFFERED)]


def _copy(screen: ChatScreen, entry: Entry) -> str:
    screen.app.copy_to_clipboard("\n".join(legible(line) for line in entry.text.split("\n")))
    screen.end_selection()
    return "Copied, if your terminal lets programs write its clipboard (OSC 52)."


def _open(screen: ChatScreen, entry: Entry) -> str:
    found = addresses(entry)
    if not found:
        return "There is no link in it."
    screen.end_selection()
    return opened(screen, target(found[0]))


def opened(screen: ChatScreen, address: str) -> str:
    """Open an address, or copy it where it cannot be opened here; return what to tell."""
    from rookery.client.tui.outside import open_link

    if open_link(address):
        return f"Opening {address}"
    screen.app.copy_to_clipboard(address)
    return f"No desktop to open it on; copied: {address}"


def _deselect(screen: ChatScreen, entry: Entry) -> str:  # noqa: ARG001 - all acts share a signature
    screen.end_selection()
    return ""


def _beside(screen: ChatScreen, step: int) -> str:
    reading = screen.reading
    if reading is None or (not reading.select_beside(step) and step > 0):
        screen.end_selection()
        return ""
    screen.view.refresh_rows()
    return told_keys(screen)


def told_keys(screen: ChatScreen) -> str:
    """Return what can be done with the selected message, as it is told above the input."""
    selected = screen.reading.selected if screen.reading is not None else None
    return act_keys(screen.table, selected, screen.input.told_cells) if selected is not None else ""


ACTS: Final[dict[str, Callable[[ChatScreen, Entry], str]]] = {
    "reply": _reply,
    "edit": _edit,
    "react": _react,
    "delete": _delete,
    "copy": _copy,
    "open_link": _open,
    "deselect": _deselect,
    "select_previous": lambda screen, _: _beside(screen, -1),
    "select_next": lambda screen, _: _beside(screen, 1),
}
"""By the action's name in the table of keys."""


def last_of_mine(entries: list[Entry]) -> Entry | None:
    """Return what I said last and may still edit."""
    return next(
        (one for one in reversed(entries) if one.kind is Kind.SAID and is_editable(one)), None
    )
