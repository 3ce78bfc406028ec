"""One run of a full-screen client: the session's thread on one side, the view's on the other.

The receiving thread only queues news and calls `wake`; conversations belong to the thread that
calls `settle` and `using`. View and outbox are saved now and then, and at the end.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.client import acts
from rookery.client.belongings import Belongings
from rookery.client.conversation import outbox_file, outgoing, snapshot, told
from rookery.client.conversation.conversations import Conversations
from rookery.client.conversation.view_file import ViewFile
from rookery.client.marks import Mark
from rookery.client.safe_text import safe
from rookery.client.session import Session
from rookery.client.state import write_whole
from rookery.client.wire_time import to_wire
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rookery.client.conversation.changes import Change
    from rookery.client.news import News
    from rookery.client.options import Options

SAVE_EVERY_S: Final = 3.0
STOP_S: Final = 1.0
"""How long the server's goodbye may take."""


class Kept(NamedTuple):
    """What is written for a name; empty where it is as it was."""

    name: str
    view: str = ""
    outbox: str = ""


class Run:
    """Call `start`, then `settle` whenever `wake` was called; at last `stop`."""

    def __init__(
        self, options: Options, name: str, may_trust: Callable[[str], bool] = lambda _: False
    ) -> None:
        """Prepare for `name`: its last view is there at once."""
        self.options = options
        self._wake: Callable[[], None] = lambda: None
        self._news: deque[News] = deque()
        self._saving = threading.Lock()
        self._is_over = False
        self.is_outbox_kept = True
        """What waits could be written when that was tried last."""
        self.session = Session(options, may_trust, is_read_kept=True, is_full=True)
        self.conversations = Conversations(self.session.model)
        self.is_known = False
        """There is a view of an earlier run."""
        self._saved = Kept(name)
        self._save_at_s = 0.0
        self._look_back(name)

    @staticmethod
    def last_name(options: Options) -> str:
        """Return the name that was last signed in with on the server; empty for none."""
        return Belongings(options).last_name() or ""

    def be(self, name: str, password: str = "") -> None:
        """Sign in with another name, whose view is another too, or with a password."""
        with self._saving, self.session.using():
            is_another = fold(name) != fold(self.name)
            if is_another:
                self._keep_outbox(is_final=True)
                self.session.model.outbox.clear()
                self.session.model.nick = ""
                self._look_back(name)
                self.conversations.relist()
            self.session.sign_in(name, password)
            if is_another:
                self._take_over_rooms()
                self._take_over_outbox()

    def start(self, wake: Callable[[], None], password: str = "") -> None:
        """Begin to connect; `wake` is called on another thread when there is something new."""
        self._wake = wake
        if self.is_known:
            self.session.be_patient()
        self.session.sign_in(self.name, password)
        with self.session.using():
            self._take_over_rooms()
            self._take_over_outbox()
        self.session.start(self._news.append, self._changed)

    @contextlib.contextmanager
    def using(self) -> Iterator[Conversations]:
        """Yield the conversations for a moment; call `settle` next."""
        with self.session.using():
            yield self.conversations

    def settle(self) -> tuple[list[News], list[Change]]:
        """Take all news; return them, and what changed in the conversations."""
        heard: list[News] = []
        while self._news:
            with self.session.using():
                for _ in range(len(self._news)):
                    news = self._news.popleft()
                    heard.append(news)
                    told.hear(self.conversations, news)
        with self.session.using():
            return heard, self.conversations.take_changes()

    def tick(self) -> None:
        """Let typing notices end; call about once a second, then `settle`."""
        with self.session.using():
            told.tick(self.conversations, time.monotonic())

    def read(self, key: str) -> None:
        """Keep for the line client how far a room is read."""
        held = self.conversations.get(key)
        if held is None or not held.conversation.is_room:
            return
        entries = reversed(held.conversation.entries)
        last = next((one for one in entries if one.is_talk and one.msgid), None)
        if last is not None:
            mark = Mark(last.msgid, to_wire(last.at_ms))
            # The receiving thread writes the marks.
            with self.session.using():
                self.session.belongings.read(held.conversation.name, mark)

    def to_save(self) -> Kept:
        """Return what is to be written now: see `save`."""
        with self.session.using():
            outbox = outbox_file.text_of(self.conversations, is_final=False)
            is_due = time.monotonic() >= self._save_at_s
            view = snapshot.text_of(self.conversations) if is_due else ""
        if is_due:
            self._save_at_s = time.monotonic() + SAVE_EVERY_S
        saved, self._saved = self._saved, Kept(self.name, view or self._saved.view, outbox)
        return Kept(
            self.name,
            view if view != saved.view else "",
            outbox if outbox != saved.outbox else "",
        )

    def save(self, kept: Kept) -> None:
        """Write what has changed; on any thread. After `stop` nothing is written any more."""
        with self._saving:
            if self._is_over or kept.name != self.name:
                return
            if kept.view:
                self._file.write(kept.view)
            if kept.outbox:
                self._write_outbox(kept.outbox)

    def stop(self) -> list[str]:
        """Say goodbye and save; return a line for each message that the server does not have."""
        with self._saving:
            self._is_over = True
        with self.session.using():
            self._file.write(snapshot.text_of(self.conversations))
            for held in self.conversations:
                if held.typing_told_s is not None and self.session.model.is_online:
                    acts.typing(self.session.model, held.conversation.name, "done")
        self.session.stop(goodbye_s=STOP_S, at_end=lambda: self._keep_outbox(is_final=True))
        return outgoing.unsent(self.conversations)

    def _changed(self) -> None:
        # Also after what `settle` does itself: only news are a reason to call it again.
        if self._news:
            self._wake()

    def _look_back(self, name: str) -> None:
        """Have the last view of `name`, with nothing of any other name."""
        self.name = name
        belongings = self.session.belongings
        self._file = ViewFile(belongings.state, belongings.server, name)
        self._saved = Kept(name)
        self._save_at_s = 0.0
        self.is_known = False
        self.conversations = Conversations(self.session.model)
        try:
            kept = self._file.read()
            if kept is not None:
                snapshot.restore(self.conversations, kept)
                self.is_known = True
        except (OSError, ValueError, KeyError, TypeError) as error:
            self.conversations = Conversations(self.session.model)
            self.conversations.words.append(
                f"The last view could not be read ({safe(str(error))}), "
                "so the server is asked for all of it."
            )

    def _take_over_rooms(self) -> None:
        """Have the rooms of the last view entered before anything is sent that waits."""
        rooms = self.session.model.rooms
        for room in rooms:
            room.is_wanted = False
        for held in self.conversations:
            if held.conversation.is_room and held.conversation.is_joined:
                room = rooms.take(held.conversation.name)
                room.is_wanted = room.was_lost = True

    def _take_over_outbox(self) -> None:
        path = self.session.belongings.outbox_path
        try:
            outbox_file.take_over(self.conversations, path)
        except (OSError, ValueError, KeyError, TypeError) as error:
            self.conversations.words.append(
                f"What waited in {safe(str(path))} could not be read ({safe(str(error))})."
            )

    def _keep_outbox(self, *, is_final: bool) -> None:
        """Write what waits; whoever has the device next takes it over."""
        if self.session.belongings.has_device:
            self._write_outbox(outbox_file.text_of(self.conversations, is_final=is_final))

    def _write_outbox(self, text: str) -> None:
        try:
            write_whole(self.session.belongings.outbox_path, text)
            self.is_outbox_kept = True
        except OSError:
            self.is_outbox_kept = False
