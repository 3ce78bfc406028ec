"""Where one writes: lines that stay until Enter sends them, completed with Tab.

A paste lands here and nothing more: it sends nothing, and no line of it is a command.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.message import Message
from textual.widgets import TextArea

from rookery.client.tui.bindings import BEGIN, bindings_of
from rookery.client.tui.completion import Choices, choices
from rookery.client.tui.emoji import replaced
from rookery.client.tui.keys import WRITING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events

MAX_LINES: Final = 8
"""Lines of the input seen at once."""


class Composer(TextArea):
    """The input."""

    BINDINGS: ClassVar = bindings_of(WRITING)

    @dataclass
    class Sent(Message):
        """Enter was pressed."""

        text: str

    @dataclass
    class EditLast(Message):
        """↑ was pressed on an empty line."""

    @dataclass
    class Cancelled(Message):
        """What was being written is given up."""

    @dataclass
    class EditOutside(Message):
        """The text is to be written in an editor."""

        text: str

    @dataclass
    class Offered(Message):
        """These words may be meant; none: nothing is offered any more."""

        words: tuple[str, ...]
        at: int = 0

    def __init__(
        self,
        names: Callable[[], Sequence[str]],
        rooms: Callable[[], Sequence[str]],
        *,
        id: str,  # noqa: A002 - Textual's name for it
    ) -> None:
        super().__init__(id=id, compact=True, highlight_cursor_line=False, max_checkpoints=100)
        self._names = names
        self._rooms = rooms
        self._choices: Choices | None = None
        self._at = 0
        self._shown = ""
        """The text as Tab left it: with another one, Tab begins anew."""
        self._has_begun = False
        """The first key of a sequence was pressed."""

    def put(self, text: str) -> None:
        """Have another text, the cursor behind it."""
        self.text = text
        self.move_cursor(self.document.end)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys to the text where their action means nothing."""
        if action == "edit_last":
            return not self.text
        if action == "external_editor" and self._is_sequence():
            return self._has_begun
        return super().check_action(action, parameters)

    def action_send(self) -> None:
        """Send what is written, with the keys that were pressed before and are still on their way.

        A key that does something comes before the text of those that were pressed with it.
        """
        self.call_later(self._send)

    def _send(self) -> None:
        text = replaced(self.text)
        if text.strip():
            # At once, so that what is typed next is not taken for a part of it.
            self.put("")
            self.post_message(self.Sent(text))

    def action_newline(self) -> None:
        """Begin a new line."""
        self.insert("\n")

    def action_edit_last(self) -> None:
        """Edit what was said last."""
        self.post_message(self.EditLast())

    def action_cancel_writing(self) -> None:
        """Give up what is written."""
        self.post_message(self.Cancelled())

    def action_begin_external_editor(self) -> None:
        """Wait for the second key."""
        self._has_begun = True

    def action_external_editor(self) -> None:
        """Write in an editor."""
        self._has_begun = False
        self.post_message(self.EditOutside(self.text))

    def action_complete(self) -> None:
        """Complete the word before the cursor; once more takes the next that fits."""
        if self._choices is None or self.text != self._shown:
            before = self._before()
            self._choices, self._at = choices(before, self._names(), self._rooms()), 0
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
        self.post_message(self.Offered(words, self._at))
        if not words:
            self._choices = None

    def _before(self) -> str:
        """Return the text up to the cursor."""
        return self.get_text_range((0, 0), self.cursor_location)

    def _is_sequence(self) -> bool:
        return bool(self._bindings.key_to_bindings) and any(
            binding.id == f"{BEGIN}external_editor"
            for bindings in self._bindings.key_to_bindings.values()
            for binding in bindings
        )

    async def _on_key(self, event: events.Key) -> None:
        if self._has_begun:
            self._has_begun = False
            event.prevent_default()
            event.stop()
            return
        if self._choices is not None:
            self._choices = None
            self.post_message(self.Offered(()))
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        """Take a paste in; a slash at its beginning gets another, so that it is said."""
        text = event.text.replace("\r\n", "\n").replace("\r", "\n")
        if text.startswith("/") and not self._before():
            text = f"/{text}"
        event.prevent_default()
        event.stop()
        if result := self._replace_via_keyboard(text, *self.selection):
            self.move_cursor(result.end_location)
