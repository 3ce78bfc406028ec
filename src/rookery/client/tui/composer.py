"""Where one writes: lines that stay until Enter sends them, completed with Tab.

A paste lands here and nothing more: it sends nothing, and no line of it is a command.
All keys of the screen come through here in the order in which they were pressed: what is typed
before a key changes the conversation belongs to the one before, however fast it is.
What a key means is therefore told by a call: a posted message comes behind the keys that wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from textual.widgets import TextArea

from rookery.client.tui import wishes
from rookery.client.tui.completion import Choices, choices
from rookery.client.tui.emoji import replaced
from rookery.client.tui.keys import ANYWHERE, GOING, LIST, READING, WRITING
from rookery.client.tui.legible import writable
from rookery.client.tui.own_keys import do_own, is_passed_on, own_keys
from rookery.client.tui.pressed import Pressed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual import events

    from rookery.client.tui.desk import Desk
    from rookery.client.tui.keys import Key

MAX_LINES: Final = 8
"""Lines of the input seen at once."""
_OWN_KEYS: Final = own_keys(TextArea.BINDINGS)


@dataclass(frozen=True, slots=True)
class Sent:
    """Enter was pressed."""

    text: str


@dataclass(frozen=True, slots=True)
class EditLast:
    """↑ was pressed on an empty line."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What was being written is given up."""


@dataclass(frozen=True, slots=True)
class EditOutside:
    """The text is to be written in an editor."""

    text: str


@dataclass(frozen=True, slots=True)
class Offered:
    """These words may be meant; none: nothing is offered any more."""

    words: tuple[str, ...]
    at: int = 0


Told: TypeAlias = Sent | EditLast | Cancelled | EditOutside | Offered


class Composer(TextArea):
    """The input; it calls `hear` with what it tells and `do` with the screen's own actions."""

    def __init__(
        self,
        desk: Desk,
        do: Callable[[str], None],
        hear: Callable[[Told], None],
        is_list_over: Callable[[], bool],
        table: Iterable[Key],
    ) -> None:
        super().__init__(
            id="composer", compact=True, highlight_cursor_line=False, max_checkpoints=100
        )
        self._desk = desk
        self._do = do
        self._hear = hear
        self._is_list_over = is_list_over
        self._pressed = Pressed(table, {WRITING, ANYWHERE, GOING, READING})
        self._pressed_in_list = Pressed(table, {LIST})
        self._own: dict[str, Callable[[], object]] = {
            "send": self._send,
            "newline": lambda: self.insert("\n"),
            "complete": self._complete,
            "edit_last": lambda: self._hear(EditLast()),
            "external_editor": lambda: self._hear(EditOutside(self.text)),
            "cancel_writing": lambda: self._hear(Cancelled()),
        }
        self._choices: Choices | None = None
        self._at = 0
        self._shown = ""
        """The text as Tab left it: with another one, Tab begins anew."""

    def put(self, text: str) -> None:
        """Have another text, the cursor behind it."""
        self.text = writable(text)
        self.move_cursor(self.document.end)

    def _send(self) -> None:
        """Send what is written: it is taken out at once, for what is typed next is another."""
        text = self.text
        if text.strip():
            self.text = ""
            self._hear(Sent(replaced(text)))

    def _complete(self) -> None:
        """Complete the word before the cursor; once more takes the next that fits."""
        if self._choices is None or self.text != self._shown:
            before = self._before()
            self.post_message(wishes.LookAround())
            self._choices, self._at = choices(before, self._desk.names, self._desk.rooms), 0
            self._choices = self._choices if self._choices.words else None
        else:
            self._at = (self._at + 1) % len(self._choices.words)
        if self._choices is None:
            return
        row, column = self.cursor_location
        start = self._choices.start - (len(self._before()) - column)
        self.replace(self._choices.words[self._at], (row, start), (row, column))
        self._shown = self.text
        words = self._choices.words if len(self._choices.words) > 1 else ()
        self._hear(Offered(words, self._at))
        if not words:
            self._choices = None

    def _before(self) -> str:
        """Return the text up to the cursor."""
        return self.get_text_range((0, 0), self.cursor_location)

    def _action(self, key: str) -> str | None:
        """Return what a key means: first to a list over the messages, which writing closes."""
        if self._pressed.is_begun or not self._is_list_over():
            return self._pressed.action(key)
        in_list = self._pressed_in_list.action(key)
        if in_list is not None:
            return in_list
        action = self._pressed.action(key)
        if action is None or action in self._own:
            self._do("list_close")
        return action

    async def _on_key(self, event: events.Key) -> None:
        if is_passed_on(self, event):
            return
        action = self._action(event.key)
        if action == "complete":
            pass
        elif self._choices is not None:
            self._choices = None
            self._hear(Offered(()))
        if action is None or (action == "edit_last" and self.text):
            if not await do_own(self, _OWN_KEYS, event):
                await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        if action in self._own:
            self._own[action]()
        elif action:
            self._do(action)

    async def _on_paste(self, event: events.Paste) -> None:
        """Take a paste in; a slash at its beginning gets another, so that it is said."""
        if self._is_list_over():
            self._do("list_close")
        text = writable(event.text)
        if text.startswith("/") and not self._before():
            text = f"/{text}"
        event.prevent_default()
        event.stop()
        if result := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(result.end_location)
