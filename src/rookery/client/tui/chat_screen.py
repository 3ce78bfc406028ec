"""The screen of the chat: its columns, which conversation is in front, and what has changed.

It reads the desk and posts wishes; the application answers by `apply`. Changes that come in a
burst are painted together, at most `PAINTS_PER_S` times a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from rookery.client.tui import headlines, wishes
from rookery.client.tui.columns import Columns
from rookery.client.tui.dialogs import ORDERS, show_found
from rookery.client.tui.gathered import Gathered
from rookery.client.tui.input_area import InputArea
from rookery.client.tui.keys import KEYS, keys_shown
from rookery.client.tui.line_label import LineLabel
from rookery.client.tui.message_acts import ACTS, opened, told_keys
from rookery.client.tui.message_view import MessageView
from rookery.client.tui.panel import Panel
from rookery.client.tui.readings import Readings
from rookery.client.tui.rows import Row, people, sidebar
from rookery.client.tui.screen_acts import DOINGS
from rookery.client.tui.seeking import Seeking

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.timer import Timer

    from rookery.client.conversation.changes import Change
    from rookery.client.conversation.conversation import Conversation
    from rookery.client.conversation.entry import Entry
    from rookery.client.happened import Found
    from rookery.client.tui.desk import Desk
    from rookery.client.tui.keys import Key
    from rookery.client.tui.reading import Reading

PAINTS_PER_S: Final = 20
SECOND_S: Final = 1.0


class ChatScreen(Screen[None]):
    """The chat; `table` are the keys as the person has them."""

    CSS_PATH: ClassVar = "styles/chat.tcss"
    AUTO_FOCUS: ClassVar = "#composer"

    def __init__(self, desk: Desk, table: Iterable[Key] = KEYS) -> None:
        super().__init__()
        self.desk = desk
        self.table = tuple(table)
        self.key = ""
        """The conversation in front."""
        self.is_mouse_ours = True
        self.seeking = Seeking(self)
        self.columns = Columns(self)
        self._gathered = Gathered()
        self._readings = Readings(desk)
        self._paint_timer: Timer | None = None
        self._told_read = ("", 0, 0)
        self._people: tuple[object, tuple[int, str], list[Row]] = ((), (0, ""), [])

    def compose(self) -> ComposeResult:
        """Make the columns and the input."""
        with Horizontal(id="columns"):
            with Vertical(id="rooms"):
                yield LineLabel(id="who")
                yield Panel(self._sidebar_rows, id="sidebar")
            with Vertical(id="middle"):
                yield LineLabel(id="topic")
                yield MessageView(self.do, self.act, self.table)
                yield LineLabel(id="notice")
            with Vertical(id="people"):
                yield LineLabel(id="people-count")
                yield Panel(self._people_rows, id="people-list")
        yield InputArea(self.desk, self.do, lambda: self.columns.is_over, self.table, "input")
        yield LineLabel(id="status")

    def on_mount(self) -> None:
        """Show the first conversation."""
        self.set_interval(SECOND_S, self.refresh_status)
        first = next(iter(self.desk.conversations), None)
        self.open(first.key if first is not None else "")

    def on_resize(self) -> None:
        """Show the columns for which there is room."""
        self.refresh_around()

    def on_screen_suspend(self) -> None:
        """Give a dialog the messages as its background, with nothing over them."""
        self.columns.put_away()

    # What the parts of the screen are.

    @property
    def view(self) -> MessageView:
        """Return the messages."""
        return self.query_one("#messages", MessageView)

    @property
    def input(self) -> InputArea:
        """Return the foot of the screen."""
        return self.query_one("#input", InputArea)

    @property
    def conversation(self) -> Conversation | None:
        """Return the conversation in front."""
        return self.desk.get(self.key)

    @property
    def reading(self) -> Reading | None:
        """Return where one is in it."""
        return self._readings.get(self.key)

    @property
    def _is_looked_at(self) -> bool:
        return self.app.app_focus and self.app.screen is self

    # What the application does with it.

    def open(self, key: str) -> None:
        """Bring a conversation to the front; an empty key brings none."""
        conversation = self.desk.get(key)
        self.columns.put_away()
        self.end_selection()
        self.key = key if conversation is not None else ""
        if conversation is not None:
            self.view.open(self._readings.take(conversation, self.view.size))
            self.post_message(wishes.Opened(self.key))
        self.input.enter(self.key)
        self.refresh_around()

    def apply(self, changes: Iterable[Change]) -> None:
        """Take over what has changed; it is painted soon."""
        self._gathered.add(changes)
        if self._paint_timer is None and self.is_mounted:
            self._paint()

    def tell(self, sentence: str) -> None:
        """Tell the person something above the input; nothing: take back what was told."""
        self.input.tell(sentence)

    def show_found(self, found: Found) -> None:
        """Give the open search what was found."""
        show_found(self, found)

    def refresh_status(self) -> None:
        """Show how the connection stands now."""
        self.input.ask(headlines.asked(self.desk.connection, self.table))
        mouse = "" if self.is_mouse_ours else "mouse off  "
        state = f"{mouse}{headlines.state(self.desk.connection)}"
        hints = headlines.hints(self.table, self.size.width - len(state) - 1)
        self.query_one("#status", LineLabel).show(hints, state)
        self.query_one("#who", LineLabel).show(headlines.who(self.desk))

    def refresh_around(self) -> None:
        """Show all that stands around the messages."""
        conversation = self.conversation
        self.columns.arrange(has_people=conversation is not None and conversation.is_room)
        for panel in ("#sidebar", "#people-list"):
            self.query_one(panel, Panel).refresh_rows()
        self.query_one("#topic", LineLabel).show(headlines.place(conversation))
        self.query_one("#people-count", LineLabel).show(headlines.people_count(conversation))
        self._refresh_notice()
        self.refresh_status()

    # What its own modules do with it.

    def select(self, entry_key: str = "") -> None:
        """Select a message; without a key, the newest. The keys are for it from now on."""
        reading = self.reading
        if reading is None or not reading.select_or_newest(entry_key):
            self.tell("There is no message to select.")
            return
        self.columns.put_away()
        self.set_focus(self.view)
        self.view.refresh_rows()
        self.tell(told_keys(self))

    def end_selection(self) -> None:
        """Go back to writing."""
        if self.reading is not None and self.reading.selected_key:
            self.reading.select("")
            self.view.refresh_rows()
            self.tell("")
        self.set_focus(self.input.composer)

    def begin_edit(self, entry: Entry) -> None:
        """Edit a message."""
        self.end_selection()
        self.input.begin_edit(entry)

    def begin_answer(self, entry: Entry) -> None:
        """Answer a message."""
        self.end_selection()
        self.input.begin_answer(entry)

    def to_end(self) -> None:
        """Go to the newest message."""
        if self.reading is not None:
            self.reading.to_end()
            self.view.refresh_rows()

    def act(self, action: str) -> None:
        """Do something with the selected message, as a key of the table means it."""
        selected = self.reading.selected if self.reading is not None else None
        if selected is None:
            self.end_selection()
        elif sentence := ACTS[action](self, selected):
            self.tell(sentence)

    # What its parts tell.

    def on_message_view_moved(self) -> None:
        """Tell what is read, and what is not in view."""
        self._refresh_notice()
        reading, conversation = self.reading, self.conversation
        if (
            reading is None
            or conversation is None
            or not (self._is_looked_at and reading.is_at_end)
        ):
            return
        seen = (self.key, conversation.unread, len(conversation.entries))
        if conversation.unread and seen != self._told_read:
            self._told_read = seen
            self.post_message(wishes.ReadAll(self.key))

    def on_message_view_top_seen(self) -> None:
        """Ask for what is older, once for each oldest entry and each PgUp."""
        reading, conversation = self.reading, self.conversation
        if reading is None or conversation is None or conversation.is_loading:
            return
        oldest = next((entry.key for entry in reading.blocks.entries), "")
        if conversation.has_older and self.desk.connection.is_online and oldest != reading.asked_at:
            reading.asked_at = oldest
            self.post_message(wishes.FetchOlder(self.key))

    def on_message_view_link_clicked(self, event: MessageView.LinkClicked) -> None:
        """Open the link."""
        self.tell(opened(self, event.address))

    def on_panel_chosen(self, event: Panel.Chosen) -> None:
        """Open what was chosen: a conversation, or a talk with somebody."""
        self.columns.put_away()
        if event.panel.id == "sidebar":
            self.open(event.key)
        else:
            self.post_message(wishes.Command(self.key, "msg", event.key))

    def on_input_area_ordered(self, event: InputArea.Ordered) -> None:
        """Do what was ordered."""
        ORDERS[event.name](self, event.argument)

    def do(self, action: str) -> None:
        """Do what a key of the table means."""
        DOINGS[action](self)

    # How it is painted.

    def _paint(self) -> None:
        """Show what was gathered; what comes meanwhile waits for the next time."""
        self._paint_timer = None
        if not self._gathered.is_new:
            return
        self._readings.follow(self._gathered, self.key if self._is_looked_at else "")
        self._paint_timer = self.set_timer(1 / PAINTS_PER_S, self._paint)
        first = next(iter(self.desk.conversations), None)
        if self.reading is None and (first is not None or self.key):
            self.open(first.key if first is not None else "")
        else:
            self.view.refresh_rows()
            self.refresh_around()
        self.seeking.step()

    def _refresh_notice(self) -> None:
        notice = self.query_one("#notice", LineLabel)
        is_loading = self.conversation is not None and self.conversation.is_loading
        left = " fetching older messages…" if is_loading else headlines.typing(self.conversation)
        notice.show(left, headlines.below(self.reading))

    def _sidebar_rows(self, width: int) -> list[Row]:
        jump = next((keys_shown(key) for key in self.table if key.action == "jump"), "")
        return sidebar(self.desk.conversations, self.columns.chosen or self.key, jump, width)

    def _people_rows(self, width: int) -> list[Row]:
        members = self.conversation.members if self.conversation is not None else ()
        asked = width, self.columns.chosen
        if self._people[0] is not members or self._people[1] != asked:
            self._people = (members, asked, people(members, *asked))
        return self._people[2]
