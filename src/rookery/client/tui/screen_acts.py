"""What the keys of the screen do, by the names of their actions in the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client.tui import dialogs, wishes
from rookery.client.tui.keys import NUMBERED
from rookery.client.tui.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.client.tui.chat_screen import ChatScreen


PAGE_ROWS: Final = 8
"""Rows that PgUp and PgDn go in a list."""


def beside(screen: ChatScreen, step: int) -> None:
    """Open the next conversation in the list, in a direction; behind the last comes the first."""
    keys = [one.key for one in screen.desk.conversations]
    if keys:
        at = keys.index(screen.key) + step if screen.key in keys else 0
        screen.open(keys[at % len(keys)])


def next_unread(screen: ChatScreen) -> None:
    """Open the next conversation with something unread, those that name me first."""
    every = list(screen.desk.conversations)
    at = next((at for at, one in enumerate(every) if one.key == screen.key), -1)
    around = [*every[at + 1 :], *every[: max(at, 0)]]
    unread = [one for one in around if one.unread]
    wanted = next((one for one in unread if one.mentions), next(iter(unread), None))
    if wanted is not None:
        screen.open(wanted.key)
    else:
        screen.tell("Nothing is unread.")


def toggle(screen: ChatScreen, column: str) -> None:
    """Show or hide rooms or people; no message stays selected behind them."""
    is_room = screen.conversation is not None and screen.conversation.is_room
    if column == "people" and not is_room:
        screen.tell("This is a talk between two: there is no list of people.")
        return
    if screen.columns.toggle(column):
        screen.end_selection()
    screen.refresh_around()


def mark_read(screen: ChatScreen) -> None:
    """Say that all is read, and go to the end."""
    screen.to_end()
    if screen.key:
        screen.post_message(wishes.ReadAll(screen.key, is_asked=True))


def choose(screen: ChatScreen, rows: int) -> None:
    """Choose another row of the list that lies over the messages; first from the one in front."""
    columns, panel = screen.columns, screen.columns.list_over
    if panel is not None:
        columns.chosen = panel.beside(columns.chosen or screen.key, rows)
        panel.refresh_rows()
        panel.show(columns.chosen)


def open_chosen(screen: ChatScreen) -> None:
    """Open what is chosen in the list that lies over the messages, if it is still there."""
    panel, key = screen.columns.list_over, screen.columns.chosen
    if panel is not None and key and panel.beside(key, 0) == key:
        screen.on_panel_chosen(Panel.Chosen(panel, key))
    else:
        close_list(screen)


def close_list(screen: ChatScreen) -> None:
    """Take away the list that lies over the messages."""
    screen.columns.put_away()


def _to_start(screen: ChatScreen) -> None:
    if screen.reading is not None:
        screen.reading.to_start()
        screen.view.refresh_rows()


def _numbered(number: int) -> Callable[[ChatScreen], None]:
    def open_it(screen: ChatScreen) -> None:
        every = list(screen.desk.conversations)
        if number <= len(every):
            screen.open(every[number - 1].key)

    return open_it


def _close(screen: ChatScreen) -> None:
    if screen.key:
        screen.post_message(wishes.Closed(screen.key))


def _send_waiting(screen: ChatScreen) -> None:
    if screen.desk.connection.asked:
        screen.post_message(wishes.AnswerAsked(is_yes=True))
    else:
        screen.tell("No line waits for your word.")


def _drop_waiting(screen: ChatScreen) -> None:
    count = screen.desk.connection.asked
    if not count:
        screen.tell("No line waits for your word.")
        return

    from rookery.client.tui.confirm_screen import ConfirmScreen

    def answered(is_sure: bool) -> None:
        if is_sure:
            screen.post_message(wishes.AnswerAsked(is_yes=False))

    lines = "the line that waits" if count == 1 else f"the {count} lines that wait"
    screen.app.push_screen(ConfirmScreen(f"Drop {lines} for your word?", answered))


DOINGS: Final[dict[str, Callable[[ChatScreen], None]]] = {
    "help": dialogs.show_help,
    "palette": dialogs.palette,
    "toggle_rooms": lambda screen: toggle(screen, "rooms"),
    "toggle_people": lambda screen: toggle(screen, "people"),
    "toggle_mouse": dialogs.toggle_mouse,
    "redraw": dialogs.redraw,
    "retry_connection": lambda screen: _post(screen, wishes.RetryConnection()),
    "send_waiting": _send_waiting,
    "drop_waiting": _drop_waiting,
    "leave_client": lambda screen: _post(screen, wishes.Quit()),
    "jump": dialogs.jump,
    "next_unread": next_unread,
    "next_conversation": lambda screen: beside(screen, 1),
    "previous_conversation": lambda screen: beside(screen, -1),
    **{f"{NUMBERED}{number}": _numbered(number) for number in range(1, 10)},
    "close_conversation": _close,
    "page_up": lambda screen: screen.view.by_pages(-1),
    "page_down": lambda screen: screen.view.by_pages(1),
    "line_up": lambda screen: screen.view.by(-1),
    "line_down": lambda screen: screen.view.by(1),
    "oldest": _to_start,
    "newest": lambda screen: screen.to_end(),
    "mark_read": mark_read,
    "search": dialogs.search,
    "unfold": lambda screen: screen.view.unfold(),
    "select_message": lambda screen: screen.select(),
    "list_up": lambda screen: choose(screen, -1),
    "list_down": lambda screen: choose(screen, 1),
    "list_page_up": lambda screen: choose(screen, -PAGE_ROWS),
    "list_page_down": lambda screen: choose(screen, PAGE_ROWS),
    "list_open": open_chosen,
    "list_close": close_list,
}


def _post(screen: ChatScreen, wish: wishes.Wish) -> None:
    screen.post_message(wish)
