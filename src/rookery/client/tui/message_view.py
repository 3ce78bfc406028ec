"""The conversation in front, line by line: what was said, and where one is in it.

It asks for nothing: it tells by messages that its top or its end is seen, and what is clicked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from rookery.client.tui.folding import is_foldable
from rookery.client.tui.keys import ANYWHERE, GOING, MESSAGE, READING
from rookery.client.tui.layout import run_start
from rookery.client.tui.look import MIN_WIDTH
from rookery.client.tui.own_keys import is_passed_on
from rookery.client.tui.painter import MESSAGE_CLASSES, Painter
from rookery.client.tui.pieces import Line, Piece, Role
from rookery.client.tui.pressed import Pressed
from rookery.client.tui.reading import Reading
from rookery.client.tui.wrap import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events

    from rookery.client.conversation.entry import Entry
    from rookery.client.tui.keys import Key
    from rookery.client.tui.pieces import Block

WHEEL_LINES: Final = 3
GUTTER: Final = 1
"""Cells before each line, for the marks of selected messages and of those that name me."""


WELCOME: Final = (
    "Nothing is open yet.",
    "",
    "/join teamchat  enters a room, or makes it",
    "/msg bob        talks to somebody",
    "Ctrl-K          finds rooms and people",
    "F1              shows all keys and commands",
)
"""What stands where the messages will, until a conversation is open."""


class MessageView(Widget, can_focus=True):
    """The messages; focused only while one of them is selected."""

    COMPONENT_CLASSES: ClassVar = MESSAGE_CLASSES

    @dataclass
    class TopSeen(Message):
        """The oldest entry is in view."""

    @dataclass
    class Moved(Message):
        """Other lines are in view than before."""

    @dataclass
    class LinkClicked(Message):
        """A link was clicked."""

        address: str

    def __init__(
        self, do: Callable[[str], None], act: Callable[[str], None], table: Sequence[Key]
    ) -> None:
        """`act` does something with the selected message, `do` with the screen."""
        super().__init__(id="messages")
        self._do = do
        self._act = act
        self._acts = {key.action for key in table if key.group == MESSAGE}
        self._pressed = Pressed(table, {ANYWHERE, GOING, READING, MESSAGE})
        self._painter = Painter(self)
        self._painted: dict[str, tuple[Block, list[list[Segment]]]] = {}
        self._rows: list[tuple[int, int]] = []
        self.reading: Reading | None = None
        """The conversation that is shown."""
        self._seen: list[tuple[object, ...]] = []

    # What the screen does with it.

    def open(self, reading: Reading) -> None:
        """Show another conversation, at the place where it was left."""
        self.reading = reading
        self._painted.clear()
        self._seen = []
        self._fit()
        self.refresh()
        self.refresh_rows()

    def refresh_rows(self) -> None:
        """Show what is in view now: after any change of the reading."""
        reading = self.reading
        self._rows = list(reading.blocks.scroll.rows()) if reading is not None else []
        seen = self._seen_now()
        if len(seen) != len(self._seen):
            self.refresh()
        elif changed := [row for row, one in enumerate(seen) if one != self._seen[row]]:
            at = self._blank_rows()
            self.refresh(*(Region(0, at + row, self.size.width, 1) for row in changed))
        self._seen = seen
        self.post_message(self.Moved())
        if self._rows and self._rows[0] == (0, 0):
            self.post_message(self.TopSeen())

    def _seen_now(self) -> list[tuple[object, ...]]:
        """Return for each row what it shows: equal only where it looks the same."""
        reading = self.reading
        if reading is None:
            return []
        blocks = reading.blocks
        entries = [(line, blocks.block(at), blocks.entries[at]) for at, line in self._rows]
        return [
            (line, id(block), block, entry.key == reading.selected_key, entry.is_mention)
            for line, block, entry in entries
        ]

    def by(self, lines: int) -> None:
        """Scroll by lines."""
        if self.reading is not None:
            self.reading.by(lines)
            self.refresh_rows()

    def by_pages(self, pages: int) -> None:
        """Scroll by screens, two lines of the last one staying in view."""
        self.by(pages * max(self.size.height - 2, 1))

    def unfold(self) -> None:
        """Show one by one who came and went in view, or merge it again."""
        reading = self.reading
        if reading is None:
            return
        blocks = reading.blocks
        starts = {
            blocks.entries[run_start(blocks.entries, at, blocks.look)].key
            for at, _ in self._rows
            if is_foldable(blocks.entries[at])
        }
        unfolded = blocks.look.unfolded
        changed = unfolded - starts if starts <= unfolded else unfolded | starts
        blocks.relook(replace(blocks.look, unfolded=frozenset(changed)))
        self.refresh_rows()

    def entry_at(self, row: int) -> Entry | None:
        """Return the entry on a row of the view."""
        at = row - self._blank_rows()
        if self.reading is None or not 0 <= at < len(self._rows):
            return None
        return self.reading.blocks.entries[self._rows[at][0]]

    # What its keys do.

    def on_key(self, event: events.Key) -> None:
        """Do what a key means for a selected message, or for the screen."""
        if is_passed_on(self, event):
            return
        action = self._pressed.action(event.key)
        if action:
            event.stop()
            event.prevent_default()
            (self._act if action in self._acts else self._do)(action)

    # What Textual asks.

    def render_line(self, y: int) -> Strip:
        """Return a row of the view; what there is stands at its bottom."""
        width, at = self.size.width, y - self._blank_rows()
        reading = self.reading
        if reading is None:
            return self._painter.strip(_welcome(y, width), width)
        if not 0 <= at < len(self._rows):
            return Strip.blank(width, self.rich_style)
        index, line = self._rows[at]
        entry = reading.blocks.entries[index]
        block = reading.blocks.block(index)
        segments = self._segments(entry.key, block)[line]
        return self._painter.fitted([self._gutter(entry, line - block.head), *segments], width)

    def _gutter(self, entry: Entry, line: int) -> Segment:
        """Return the mark before a line of what an entry says; negative above that."""
        assert self.reading is not None
        if entry.key == self.reading.selected_key and line >= 0:
            return Segment("▌", self._painter.style(Role.SELECTED))
        if entry.is_mention and line == 0:
            return Segment("@", self._painter.style(Role.MENTION))
        return Segment(" ", self.rich_style)

    def _segments(self, key: str, block: Block) -> list[list[Segment]]:
        painted = self._painted.get(key)
        if painted is None or painted[0] is not block:
            if len(self._painted) > 4 * max(self.size.height, 1):
                self._painted.clear()
            painted = self._painted[key] = (block, self._painter.segments(block.lines))
        return painted[1]

    def _blank_rows(self) -> int:
        return max(self.size.height - len(self._rows), 0)

    def _fit(self) -> None:
        if self.reading is not None and self.size.height:
            width = max(self.size.width - GUTTER, MIN_WIDTH)
            self.reading.blocks.resize(width, self.size.height)

    def on_resize(self) -> None:
        """Lay out anew for another width; the place stays."""
        self._fit()
        self.refresh()
        self.refresh_rows()

    def notify_style_update(self) -> None:
        """Paint anew after a change of theme."""
        super().notify_style_update()
        self._painter.forget()
        self._painted.clear()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        self.by(-WHEEL_LINES)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        self.by(WHEEL_LINES)

    def on_click(self, event: events.Click) -> None:
        """Open a link, or unfold who came and went."""
        link = event.style.link
        entry = self.entry_at(event.y)
        if link:
            self.post_message(self.LinkClicked(link))
        elif entry is not None and is_foldable(entry):
            self.unfold()


def _welcome(row: int, width: int) -> Line:
    at = row - 1
    return (Piece(cut(f" {WELCOME[at]}", width), Role.WORD),) if 0 <= at < len(WELCOME) else ()
