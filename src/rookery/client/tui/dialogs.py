"""The dialogs of the chat screen, and what comes of them.

Each is imported when it is first shown: the first frame waits for none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client.conversation.conversation import key_of
from rookery.client.tui import wishes
from rookery.client.tui.fuzzy import ranked
from rookery.client.tui.keys import ANYWHERE, GOING, NUMBERED, READING, groups, keys_shown
from rookery.client.tui.legible import legible
from rookery.client.tui.option import Option
from rookery.client.tui.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.client.happened import Found
    from rookery.client.said import Said
    from rookery.client.tui.chat_screen import ChatScreen

_JOIN: Final = "/join "


def show_help(screen: ChatScreen) -> None:
    """Show keys and commands."""
    from rookery.client.tui.help_screen import HelpScreen

    screen.app.push_screen(HelpScreen(screen.table))


def jump(screen: ChatScreen) -> None:
    """Have the person pick a conversation, or a room to enter."""

    def options(words: str) -> list[Option]:
        every = list(screen.desk.conversations)
        recent = sorted(every, key=lambda one: (not one.mentions, not one.unread))
        found = [
            Option(one.key, f"{legible(one.name)}{f'  {one.unread}' if one.unread else ''}")
            for one in ranked(words, recent, lambda one: one.name)
        ]
        known = {one.key for one in every}
        others = [
            name for name in (*screen.desk.rooms, *screen.desk.names) if key_of(name) not in known
        ]
        found += [Option(f"{_JOIN}{name}", legible(name)) for name in ranked(words, others, str)]
        typed = words.strip()
        if typed and " " not in typed and not found:
            found.append(
                Option(f"{_JOIN}#{typed.removeprefix('#')}", f"enter or make the room {typed}")
            )
        return found

    def picked(value: str) -> None:
        if value.startswith(_JOIN):
            name = value.removeprefix(_JOIN)
            order = "join" if name.startswith("#") else "msg"
            screen.post_message(wishes.Command(screen.key, order, name))
        elif value:
            screen.open(value)

    from rookery.client.tui.picker import Picker

    screen.post_message(wishes.LookAround())
    screen.app.push_screen(Picker("Jump to", options, picked))


def _is_left_out(action: str) -> bool:
    """Return whether the palette goes without it: the jump has all conversations by name."""
    return action == "palette" or action.startswith(NUMBERED)


def palette(screen: ChatScreen) -> None:
    """Have the person pick something to do."""
    actions = {
        key.action: f"{key.description[0].upper()}{key.description[1:]}  {keys_shown(key)}"
        for group, keys in groups(screen.table).items()
        for key in keys
        if group in {ANYWHERE, GOING, READING} and not _is_left_out(key.action)
    }
    themes = {f"theme {name}": f"Theme: {name}" for name in THEMES}

    def options(words: str) -> list[Option]:
        every = [Option(value, label) for value, label in (actions | themes).items()]
        return ranked(words, every, lambda one: one.label)

    def picked(value: str) -> None:
        if value in themes:
            set_theme(screen, value.removeprefix("theme "))
        elif value:
            screen.do(value)

    from rookery.client.tui.picker import Picker

    screen.app.push_screen(Picker("What to do", options, picked))


def search(screen: ChatScreen, words: str = "") -> None:
    """Search on the server, and jump to what is picked."""
    from rookery.client.tui.search_screen import SearchScreen

    def picked(said: Said | None) -> None:
        if said is not None:
            place = said.target if said.is_room or said.is_own else said.sender
            screen.seeking.seek(key_of(place), said.msgid)

    conversation = screen.conversation
    place = legible(conversation.name) if conversation is not None else ""
    screen.app.push_screen(SearchScreen(screen.key, place, words, picked))


def show_found(screen: ChatScreen, found: Found) -> None:
    """Give the open search what was found."""
    from rookery.client.tui.search_screen import SearchScreen

    if isinstance(screen.app.screen, SearchScreen):
        screen.app.screen.show(found)


def set_theme(screen: ChatScreen, name: str) -> None:
    """Use another theme, now and on the next start."""
    if name in THEMES:
        screen.app.theme = name
        screen.post_message(wishes.ThemeChosen(name))
    else:
        screen.tell(f'"{legible(name)}" is no theme. There are: {", ".join(THEMES)}.')


def toggle_mouse(screen: ChatScreen) -> None:
    """Give the mouse to the terminal, or take it back, and say which."""
    screen.is_mouse_ours = not screen.is_mouse_ours
    driver = screen.app._driver  # noqa: SLF001 - Textual has no public way while it runs
    name = "_enable_mouse_support" if screen.is_mouse_ours else "_disable_mouse_support"
    change: Callable[[], None] | None = getattr(driver, name, None)
    if change is not None:
        change()
    screen.refresh_status()
    screen.tell(
        "The mouse scrolls and clicks here again."
        if screen.is_mouse_ours
        else "The mouse is your terminal's now: mark and copy with it. F9 takes it back."
    )


def redraw(screen: ChatScreen) -> None:
    """Draw all anew, over whatever another program has written there."""
    screen.app.refresh(repaint=True, layout=True)


def _mark_read(screen: ChatScreen, _: str) -> None:
    screen.post_message(wishes.ReadAll(screen.key, is_asked=True))


ORDERS: Final[dict[str, Callable[[ChatScreen, str], None]]] = {
    "help": lambda screen, _: show_help(screen),
    "search": search,
    "jump": lambda screen, _: jump(screen),
    "theme": set_theme,
    "read": _mark_read,
}
"""What the slash commands do that the screen does by itself, by `slash.IN_SCREEN`."""
