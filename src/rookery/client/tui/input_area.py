"""The foot of the screen: what is told to the person, and the input with its prompt.

What is written is posted as wishes; orders that the screen does itself, as `Ordered`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static, TextArea

from rookery.client.tui import headlines, slash, wishes
from rookery.client.tui.composer import (
    Cancelled,
    Composer,
    EditLast,
    EditOutside,
    Offered,
    Sent,
    Told,
)
from rookery.client.tui.legible import legible, legible_lines
from rookery.client.tui.message_acts import last_of_mine
from rookery.client.tui.writing import Writing
from rookery.errors import ClientError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.timer import Timer

    from rookery.client.conversation.entry import Entry
    from rookery.client.tui.desk import Desk
    from rookery.client.tui.keys import Key

TOLD_PADDING: Final = 1
"""Cells beside what is told, as `chat.tcss` has it."""
TOLD_S: Final = 12.0
"""A sentence stays for so long, or until something is sent."""


class InputArea(Vertical):
    """Where one writes in the conversation that is in front."""

    @dataclass
    class Ordered(Message):
        """A command that the screen does itself."""

        name: str
        argument: str

    def __init__(
        self,
        desk: Desk,
        do: Callable[[str], None],
        is_list_over: Callable[[], bool],
        table: Sequence[Key],
        widget_id: str,
    ) -> None:
        super().__init__(id=widget_id)
        self._desk = desk
        self._do = do
        self._is_list_over = is_list_over
        self._table = table
        self._writing = Writing()
        self._told_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Make what is asked and told, the prompt and the input."""
        yield Static("", id="asked", markup=False)
        yield Static("", id="told", markup=False)
        with Horizontal(id="writing"):
            yield Static("", id="prompt", markup=False)
            yield Composer(self._desk, self._do, self._hear, self._is_list_over, self._table)

    @property
    def composer(self) -> Composer:
        """Return the input."""
        return self.query_one("#composer", Composer)

    @property
    def draft(self) -> tuple[str, str]:
        """Return the key of the conversation that is written in, and its draft as it stands."""
        return self._writing.key, self._writing.draft_of(self.composer.text)

    @property
    def told_cells(self) -> int:
        """Return how many cells a line of what is told may take."""
        return self.size.width - 2 * TOLD_PADDING

    # What the screen does with it.

    def enter(self, key: str) -> None:
        """Write in another conversation; the draft of each stays its own.

        What was typed while none was open goes along: the first may come by itself.
        """
        self.leave()
        conversation = self._desk.get(key)
        typed = "" if self._writing.key else self.composer.text
        self._writing = Writing(key)
        self.composer.put((conversation.draft if conversation is not None else "") + typed)
        self._show_note()

    def leave(self) -> None:
        """Keep the draft of this conversation."""
        if self._writing.key:
            draft = self._writing.draft_of(self.composer.text)
            self.post_message(wishes.DraftChanged(self._writing.key, draft))
            self._tell_typing("")

    def begin_edit(self, entry: Entry) -> None:
        """Edit a message."""
        self.composer.put(self._writing.edit(entry, self.composer.text))
        self._show_note()

    def begin_answer(self, entry: Entry) -> None:
        """Answer a message."""
        self._writing.answer(entry)
        self._show_note()

    def ask(self, question: str) -> None:
        """Show what the person has to decide, until it is decided; nothing: there is nothing."""
        asked = self.query_one("#asked", Static)
        if asked.has_class("-shown") or question:
            asked.update(question)
            asked.set_class(bool(question), "-shown")

    def tell(self, sentence: str) -> None:
        """Tell the person something, above the input."""
        if self._told_timer is not None:
            self._told_timer.stop()
        self._told_timer = self.set_timer(TOLD_S, self._show_note) if sentence else None
        text = "\n".join(legible_lines(sentence or self._writing.note))
        told = self.query_one("#told", Static)
        told.update(text)
        told.set_class(bool(text), "-shown")

    def _show_note(self) -> None:
        self.tell("")
        conversation = self._desk.get(self._writing.key)
        is_editing = self._writing.edited is not None
        prompt = headlines.prompt(conversation, is_editing=is_editing)
        self.query_one("#prompt", Static).update(prompt)

    # What the input tells.

    @on(TextArea.Changed)
    def _changed(self) -> None:
        if self._writing.key:
            self._tell_typing(self.composer.text)

    def _tell_typing(self, text: str) -> None:
        wish = self._writing.typing(text, time.monotonic())
        if wish is not None:
            self.post_message(wish)

    def _hear(self, told: Told) -> None:
        """Do at once what a key of the input means: more keys may wait already."""
        match told:
            case Sent(text):
                self._sent(text)
            case EditLast():
                self._edit_last()
            case Cancelled():
                self._cancelled()
            case EditOutside(text):
                self._edit_outside(text)
            case Offered(words, at):
                self._offered(words, at)
            case _:
                assert_never(told)

    def _sent(self, text: str) -> None:
        meant = self._writing.sent(text)
        if isinstance(meant, slash.Mistaken):
            self._take_back(text, meant.sentence)
            return
        if isinstance(meant, wishes.Say) and (why_not := self._why_not()):
            self._take_back(text, why_not)
            return
        if draft := self._writing.cancel():
            self.composer.put(draft + self.composer.text)
        self._show_note()
        if isinstance(meant, slash.Ordered):
            self.post_message(self.Ordered(meant.name, meant.argument))
        else:
            self.post_message(meant)

    def _take_back(self, text: str, sentence: str) -> None:
        """Put back what cannot be sent, before what was typed since."""
        self.composer.put(text + self.composer.text)
        self.tell(sentence)

    def _why_not(self) -> str:
        """Return why nothing can be said here; the text stays in the input."""
        conversation = self._desk.get(self._writing.key)
        if conversation is None:
            return "No conversation is open. Enter a room: /join teamchat"
        if not conversation.is_joined:
            name = legible(conversation.name)
            return f"You are not in {name}. Enter it, then send this: /join {name}"
        return ""

    def _edit_last(self) -> None:
        conversation = self._desk.get(self._writing.key)
        entry = last_of_mine(conversation.entries) if conversation is not None else None
        if entry is not None:
            self.begin_edit(entry)

    def _cancelled(self) -> None:
        if not self.composer.text and not self._writing.note:
            self.tell("Ctrl-Q ends the client.")
            return
        self.composer.put(self._writing.cancel())
        self._show_note()

    def _edit_outside(self, before: str) -> None:
        from rookery.client.tui.outside import written_in_editor

        try:
            with self.app.suspend():
                text = written_in_editor(before)
        except SuspendNotSupported:
            self.tell("No editor can be opened in this terminal.")
        except ClientError as error:
            self.tell(str(error))
        else:
            self.composer.put(text)
        self.app.refresh()

    def _offered(self, offered: tuple[str, ...], taken: int) -> None:
        words = [word.strip() for word in offered]
        marked = [f"[{word}]" if at == taken else word for at, word in enumerate(words)]
        self.tell("  ".join(marked))
