"""The one-line texts around the conversation: who, where, who types, and how the line stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client.happened import Presence
from rookery.client.tui.keys import keys_shown
from rookery.client.tui.legible import legible
from rookery.client.tui.wrap import cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rookery.client.conversation.conversation import Conversation
    from rookery.client.tui.desk import Connection, Desk
    from rookery.client.tui.keys import Key
    from rookery.client.tui.reading import Reading

MAX_PROMPT_CELLS: Final = 18
MAX_TYPING: Final = 3
_HINTS: Final = (
    ("help", "help"),
    ("jump", "jump"),
    ("next_unread", "next unread"),
    ("select_message", "select a message"),
    ("search", "search"),
)
_WHERE: Final = {
    Presence.HERE: "● here",
    Presence.AWAY: "◐ away",
    Presence.GONE: "○ not here: messages wait for them",
    Presence.UNKNOWN: "",
}


def who(desk: Desk) -> str:
    """Return the heading of the list of rooms."""
    sign = "●" if desk.connection.is_online else "○"
    return f" {legible(desk.server)} {sign} {legible(desk.nick)}"


def place(conversation: Conversation | None) -> str:
    """Return the heading of the conversation."""
    if conversation is None:
        return " Rookery"
    name = legible(conversation.name)
    if not conversation.is_joined:
        return f" {name} · you are not in it: /join {name.removeprefix('#')}"
    if not conversation.is_room:
        where = _WHERE[conversation.presence]
        return f" {name} {where}"
    topic = " ".join(legible(conversation.topic).split())
    return f" {name} · {topic}" if topic else f" {name}"


def people_count(conversation: Conversation | None) -> str:
    """Return the heading of the people's list."""
    count = len(conversation.members) if conversation is not None else 0
    return f" {count} {'person' if count == 1 else 'people'}"


def typing(conversation: Conversation | None) -> str:
    """Return who is typing."""
    names = [legible(name) for name in conversation.typing] if conversation is not None else []
    if not names:
        return ""
    if len(names) > MAX_TYPING:
        return f" {len(names)} people are typing…"
    *others, last = names
    return f" {', '.join(others)} and {last} are typing…" if others else f" {last} is typing…"


def below(reading: Reading | None) -> str:
    """Return what is out of view below."""
    if reading is None or reading.is_at_end:
        return ""
    if reading.missed:
        return f"{reading.missed} new ↓ "
    return "older messages, newest ↓ "


def prompt(conversation: Conversation | None, *, is_editing: bool) -> str:
    """Return what stands before the input."""
    if is_editing:
        return "edit> "
    name = legible(conversation.name) if conversation is not None else ""
    return f"{cut(name, MAX_PROMPT_CELLS)}> "


def state(connection: Connection) -> str:
    """Return how the connection stands."""
    waiting = f", {connection.waiting} waiting" if connection.waiting else ""
    if connection.is_online:
        return f"● online{waiting} "
    if connection.next_try_s is None:
        return f"○ connecting…{waiting} "
    return f"○ offline, next try in {max(round(connection.next_try_s), 0)} s{waiting} "


def asked(connection: Connection, table: Iterable[Key]) -> str:
    """Return what the person has to decide before more is sent; empty for nothing."""
    if not connection.asked:
        return ""
    keys = {key.action: keys_shown(key).partition(",")[0] for key in table}
    lines = "1 line waits" if connection.asked == 1 else f"{connection.asked} lines wait"
    why = "may have arrived already" if connection.may_have_arrived else "waited over 10 minutes"
    ways = [
        f"{keys[action]} {words}"
        for action, words in (("send_waiting", "send"), ("drop_waiting", "drop"))
        if keys.get(action)
    ]
    return f"? {lines} for your word: {why}.  {'  '.join(ways)}"


def hints(table: Iterable[Key], cells: int) -> str:
    """Return the most useful keys, as many as fit."""
    keys = {key.action: keys_shown(key).partition(",")[0] for key in table}
    line = ""
    for action, words in _HINTS:
        longer = f"{line} {keys.get(action, '')} {words} "
        if not keys.get(action) or len(longer) > cells:
            break
        line = longer
    return line
