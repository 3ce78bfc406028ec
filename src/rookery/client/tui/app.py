"""The application: it puts screens and the run together, and decides nothing itself.

News wake it, at most once at a time; it settles them, and hands the screen what changed. Wishes
of the screen go to `grants`.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import gc
import os
import signal
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import App

from rookery.client import notify
from rookery.client.conversation import asks
from rookery.client.conversation.run import Run
from rookery.client.happened import Found
from rookery.client.news import GaveUp
from rookery.client.shown import NameRefused, NameTaken
from rookery.client.tui import grants, naming, notifying, password, terminal_keys, wishes
from rookery.client.tui.chat_screen import ChatScreen
from rookery.client.tui.run_desk import RunDesk
from rookery.client.tui.themes import THEMES

if TYPE_CHECKING:
    from rookery.client.client_settings import Settings
    from rookery.client.conversation.conversation import Conversation
    from rookery.client.conversation.entry import Entry
    from rookery.client.news import News
    from rookery.client.options import Options
    from rookery.client.tui.keys import Key

TICK_S: Final = 1.0
SETTLES_PER_S: Final = 20
"""News that come in a burst are taken together; what the person does is taken at once."""
NOTICE_EVERY_S: Final = 2.0
"""A burst of messages that name me is one notice, and then another."""
_EXIT_HUNG_UP: Final = 129
"""128 and the number of SIGHUP, as a shell reports it."""


class RookeryApp(App[int], inherit_bindings=False):
    """The full-screen client on one server; `run_` is None until there is a name."""

    ENABLE_COMMAND_PALETTE: ClassVar = False
    TITLE = "Rookery"

    def __init__(
        self, options: Options, server: str, settings: Settings, table: tuple[Key, ...]
    ) -> None:
        terminal_keys.teach()
        super().__init__()
        self.run_: Run | None = None
        self.unsent: list[str] = []
        """What the server does not have at the end."""
        self.are_unsent_kept = True
        self.error = ""
        self._options = options
        self._server = server
        self._settings = settings
        self._table = table
        self._chat: ChatScreen | None = None
        self._desk: RunDesk | None = None
        self._wanted_key = ""
        """The conversation to be opened when it is there."""
        self._is_woken = False
        self._settled_s = 0.0
        """When, by the loop's clock, news were taken last."""
        self._untold: list[tuple[Conversation, Entry]] = []
        """Messages that are worth a notice and have got none yet."""
        self._told_s = -NOTICE_EVERY_S
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = settings.theme

    def on_mount(self) -> None:
        """Sign in, or ask for a name."""
        # Signals reach the main thread alone, and not every system's loop: elsewhere none comes.
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.leave)
            signal.signal(signal.SIGHUP, self._hung_up)
        self.set_interval(TICK_S, self._tick)
        name = self._options.user or Run.last_name(self._options)
        if name:
            self.be(name, self._options.given_password() or "")
        else:
            naming.ask_name(self)
        self.call_after_refresh(_collect_garbage)

    def be(self, name: str, password_given: str = "") -> None:
        """Be `name` on the server: its last view is shown at once."""
        if self.run_ is not None:
            self.run_.be(name, password_given)
            self._wear(self.run_)
            self._settle()
            return
        self.run_ = Run(self._options, name, self._may_trust)
        self._desk = RunDesk(self.run_, self._server)
        self._chat = ChatScreen(self._desk, self._table)
        self._wanted_key = self.run_.conversations.open_key
        self._wear(self.run_)
        self.push_screen(self._chat)
        self.run_.start(self._wake, password_given)

    def _wear(self, run: Run) -> None:
        """Have the colours that the person chose last, or those of the config."""
        chosen = run.conversations.theme
        self.theme = chosen if chosen in THEMES else self._settings.theme

    def leave(self, code: int = 0) -> None:
        """End, with everything saved."""
        if self.run_ is not None:
            self._keep_draft(self.run_)
        self.end_run()
        self.exit(code)

    def end_run(self) -> None:
        """Say goodbye and save; also where the screen has ended by itself."""
        if self.run_ is not None:
            self.unsent = self.run_.stop()
            self.are_unsent_kept = self.run_.is_outbox_kept
            self.run_ = None

    def _hung_up(self, *_: object) -> None:
        """Save and end at once: the terminal is gone, and whoever paints on it may wait forever."""
        try:
            if self.run_ is not None:
                self._keep_draft(self.run_)
                self.run_.stop()
        finally:
            os._exit(_EXIT_HUNG_UP)

    def tell(self, sentence: str) -> None:
        """Tell the person something."""
        if self._chat is not None and self._chat.is_mounted:
            self._chat.tell(sentence)

    @on(wishes.Wish)
    def _wished(self, wish: wishes.Wish) -> None:
        """Do what the screen wants."""
        run = self.run_
        if run is None:
            return
        if isinstance(wish, wishes.Quit) or _is_command(wish, "quit"):
            self.leave()
        elif isinstance(wish, wishes.RetryConnection):
            run.session.try_now()
        elif _is_command(wish, "password"):
            password.ask_new(self)
        else:
            with run.using() as conversations:
                self._wanted_key = grants.grant(conversations, wish) or self._wanted_key
            if isinstance(wish, wishes.ReadAll):
                run.read(wish.key)
            self._settle()

    def _wake(self) -> None:
        """Have `_settle` called soon, but not too often; on any thread."""
        if not self._is_woken and self._loop is not None:
            self._is_woken = True
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._settle_soon)

    def _settle_soon(self) -> None:
        loop = asyncio.get_running_loop()
        wait_s = max(0.0, self._settled_s + 1 / SETTLES_PER_S - loop.time())
        loop.call_later(wait_s, self.call_later, self._settle)

    def _settle(self) -> None:
        """Take what is new, and show it."""
        self._is_woken = False
        self._settled_s = asyncio.get_running_loop().time()
        run, chat = self.run_, self._chat
        if run is None or chat is None:
            return
        heard, changes = run.settle()
        for news in heard:
            self._hear(news)
        if changes and chat.is_mounted:
            chat.apply(changes)
        for word in run.conversations.take_words():
            self.tell(word)
        self._notify(run)
        wanted = self._wanted_key
        if wanted and chat.is_mounted and run.conversations.get(wanted) is not None:
            self._wanted_key = ""
            chat.open(wanted)

    def _hear(self, news: News) -> None:
        """Take what concerns the whole client."""
        assert self._desk is not None
        assert self._chat is not None
        self._desk.hear(news)
        match news:
            case GaveUp(error):
                self.error = str(error)
                self.leave(error.exit_code)
            case NameTaken():
                naming.taken(self, news)
            case NameRefused():
                naming.unusable(self, news)
            case Found():
                self._chat.show_found(news)
            case _:
                self._chat.refresh_status()

    def _notify(self, run: Run) -> None:
        """Tell a person who looks elsewhere what came."""
        for key, entry in run.conversations.take_arrived():
            if self._is_worth_it(run, key, entry):
                held = run.conversations.get(key)
                assert held is not None
                self._untold.append((held.conversation, entry))
        if self._untold and self._settled_s >= self._told_s + NOTICE_EVERY_S:
            self._told_s = self._settled_s
            notifying.tell(self, notify.notice(self._untold), self._settings.notifications)
            self._untold.clear()

    def _is_worth_it(self, run: Run, key: str, entry: Entry) -> bool:
        held = run.conversations.get(key)
        if held is None:
            return False
        is_looked_at = self.app_focus and self.screen is self._chat
        is_looked_at = is_looked_at and run.conversations.open_key == key
        return notify.is_worth_it(held.conversation, entry, is_looked_at=is_looked_at)

    async def _tick(self) -> None:
        """Let typing notices end, and save the view now and then."""
        run = self.run_
        if run is None:
            return
        run.tick()
        self._keep_draft(run)
        self._settle()
        kept = run.to_save()
        if kept.view or kept.outbox:
            await asyncio.to_thread(run.save, kept)

    def _keep_draft(self, run: Run) -> None:
        """Keep what is typed, so that it outlives the program."""
        if self._chat is not None and self._chat.is_mounted:
            key, text = self._chat.input.draft
            with run.using() as conversations:
                asks.draft(conversations, key, text)

    def _may_trust(self, fingerprint: str) -> bool:
        """Ask about an unknown certificate; on the receiving thread, which waits."""
        from rookery.client.tui.confirm_screen import ConfirmScreen

        answer: concurrent.futures.Future[bool] = concurrent.futures.Future()
        question = (
            f"The certificate of {self._options.address} is not known. Its SHA-256 is\n"
            f"{fingerprint}\nIs that what the server printed at its start?"
        )
        self.call_from_thread(self.push_screen, ConfirmScreen(question, answer.set_result))
        return answer.result()


def _collect_garbage() -> None:
    """Begin to collect what is thrown away; what there is by now stays, so it is left alone.

    Nothing was collected until the first frame, which would only have been later for it.
    """
    gc.freeze()
    gc.enable()


def _is_command(wish: wishes.Wish, name: str) -> bool:
    return isinstance(wish, wishes.Command) and wish.name == name
