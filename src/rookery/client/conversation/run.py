"""One run of a full-screen client: the session's thread on one side, the view's on the other.

The receiving thread only queues news and calls `wake`; conversations belong to the thread that
calls `settle` and `using`. The view is saved now and then, and at the end.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections import deque
from typing import TYPE_CHECKING, Final

from rookery.client import acts
from rookery.client.belongings import Belongings
from rookery.client.conversation import outgoing, snapshot, told
from rookery.client.conversation.conversations import Conversations
from rookery.client.conversation.view_file import ViewFile
from rookery.client.marks import Mark
from rookery.client.session import Session
from rookery.client.shown import SignedIn
from rookery.client.wire_time import to_wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rookery.client.conversation.changes import Change
    from rookery.client.news import News
    from rookery.client.options import Options

SAVE_EVERY_S: Final = 3.0
STOP_S: Final = 1.0
"""How long the server's goodbye may take."""


class Run:
    """Call `be` with a name, `start`, then `settle` whenever `wake` was called; at last `stop`."""

    def __init__(
        self, options: Options, name: str, may_trust: Callable[[str], bool] = lambda _: False
    ) -> None:
        """Prepare for `name`: its last view is there at once."""
        self.options = options
        self.name = name
        self._wake: Callable[[], None] = lambda: None
        self._news: deque[News] = deque()
        self._saved = ""
        self._save_at_s = 0.0
        self._kept: dict[str, object] = {}
        self.is_known = False
        """There is a view of an earlier run."""
        self.session = Session(options, may_trust, is_read_kept=True, is_full=True)
        self.conversations = Conversations(self.session.model)
        belongings = self.session.belongings
        self._file = ViewFile(belongings.state, belongings.server, name)
        self._restore()

    @staticmethod
    def last_name(options: Options) -> str:
        """Return the name that was last signed in with on the server; empty for none."""
        return Belongings(options).last_name() or ""

    def be(self, name: str) -> None:
        """Have another name than the one that the run began with."""
        self.name = name
        belongings = self.session.belongings
        self._file = ViewFile(belongings.state, belongings.server, name)

    def start(self, wake: Callable[[], None], password: str = "") -> None:
        """Begin to connect; `wake` is called on another thread when there is something new."""
        self._wake = wake
        if self.is_known:
            self.session.be_patient()
        self.session.sign_in(self.name, password)
        with self.session.using():
            if self._kept:
                with contextlib.suppress(ValueError, KeyError, TypeError):
                    snapshot.restore_outbox(self.conversations, self._kept)
            self._kept = {}
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
                    if isinstance(news, SignedIn):
                        self.name = news.nick
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
        talk = [one for one in held.conversation.entries if one.is_talk and one.msgid]
        if talk:
            mark = Mark(talk[-1].msgid, to_wire(talk[-1].at_ms))
            self.session.belongings.read(held.conversation.name, mark)

    def view_to_save(self) -> str:
        """Return the view as it is to be written now; empty where it is too early, or the same."""
        if time.monotonic() < self._save_at_s:
            return ""
        self._save_at_s = time.monotonic() + SAVE_EVERY_S
        with self.session.using():
            view = json.dumps(snapshot.taken(self.conversations), ensure_ascii=False)
        if view == self._saved:
            return ""
        self._saved = view
        return view

    def save(self, view: str) -> None:
        """Write a view; may be called on any thread, one at a time."""
        self._file.write(view)

    def close(self) -> None:
        """End, whatever the server has."""
        self.stop()

    def stop(self) -> list[str]:
        """Say goodbye and save; return a line for each message that the server does not have."""
        with self.session.using():
            view = json.dumps(snapshot.taken(self.conversations), ensure_ascii=False)
            unsent = outgoing.unsent(self.conversations)
            for held in self.conversations:
                if held.typing_told_s is not None and self.session.model.is_online:
                    acts.typing(self.session.model, held.conversation.name, "done")
        self.session.stop(goodbye_s=STOP_S)
        self.save(view)
        return unsent

    def _changed(self) -> None:
        # Also after what `settle` does itself: only news are a reason to call it again.
        if self._news:
            self._wake()

    def _restore(self) -> None:
        try:
            kept = self._file.read()
            if kept is not None:
                snapshot.restore(self.conversations, kept)
                self._kept = kept
                self.is_known = True
        except (OSError, ValueError, KeyError, TypeError) as error:
            self.conversations = Conversations(self.session.model)
            self.conversations.words.append(
                f"The last view could not be read ({error}), so the server is asked for all of it."
            )
