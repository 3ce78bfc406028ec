"""Keep a model connected: a receiving thread that dials, signs in, reads, and comes back.

Everything that touches the model happens under one lock, between `with session.using() as model`
and its end.
"""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING, Final

from rookery.client import asking
from rookery.client.backoff import Backoff
from rookery.client.belongings import Belongings
from rookery.client.dial import DistrustError, dial, not_irc
from rookery.client.link import Link, LinkLostError, is_irc
from rookery.client.model import Model
from rookery.client.news import GaveUp, Lost
from rookery.client.safe_text import safe
from rookery.client.shown import (
    NameTaken,
    SecretMade,
    SecretProved,
    SecretUseless,
    ShutOut,
    SignedIn,
)
from rookery.errors import ClientError, RefusedError, UnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rookery.client.news import News
    from rookery.client.options import Options
    from rookery.client.shown import Shown
    from rookery.wire.message import Message

GOODBYE_S: Final = 3.0
"""How long the server may take to close the connection after QUIT."""


class Session:
    """One person's connection to one server."""

    def __init__(
        self,
        options: Options,
        may_trust: Callable[[str], bool] = lambda _: False,
        *,
        is_read_kept: bool = False,
        is_full: bool = False,
    ) -> None:
        """Prepare; `is_read_kept`: a person reads this: how far, and as whom, is kept behind it.

        `is_full`: see `Model`.
        """
        self.options = options
        self.is_encrypted = False
        self.belongings = Belongings(options, is_read_kept=is_read_kept)
        self.model = Model(
            self.belongings.next_client_id,
            options.server_password(),
            self.belongings.mark_of,
            is_full=is_full,
        )
        self._sink: Callable[[News], None] = lambda _: None
        self._tell_changed: Callable[[], None] = lambda: None
        self._may_trust = may_trust
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._hurry = threading.Event()
        self._backoff = Backoff()
        self._link: Link | None = None
        self._was_in = False
        self._is_patient = False
        self._has_failed = False
        self._has_heard_irc = False
        self._is_stopping = False
        self._shut_out: ShutOut | None = None
        self._thread = threading.Thread(target=self._run, name="receiving", daemon=True)

    def open(self) -> None:
        """Connect for the first time; raises `UnreachableError`. Then `start`."""
        self._link = self._dial()

    def be_patient(self) -> None:
        """Try again also where the first try fails: this person was in before."""
        self._is_patient = True

    def start(
        self, sink: Callable[[News], None], changed: Callable[[], None] = lambda: None
    ) -> None:
        """Begin to receive; `sink` gets what is to be shown, in order, with the lock held.

        `changed` is called behind, when anything may be new. Neither may wait for a thread.
        """
        self._sink = sink
        self._tell_changed = changed
        self._thread.start()

    @contextlib.contextmanager
    def using(self) -> Iterator[Model]:
        """Yield the model for a moment; what it has to say is shown and sent behind."""
        with self._lock:
            self.model.now_s = time.monotonic()
            yield self.model
            self._settle()

    def sign_in(self, name: str, password: str = "") -> None:
        """Be `name`; `password` is one that the person gave now."""
        with self.using() as model:
            model.sign_in(self.belongings.be(name, password))
        self._hurry.set()

    def last_name(self) -> str | None:
        """Return the name that was last signed in with on this server."""
        return self.belongings.last_name()

    def saved_password(self) -> str:
        """Return the password that this account is known to have; empty without one."""
        return self.belongings.password_of(self.model.account)

    def try_now(self) -> None:
        """Do not wait for the next try to connect."""
        self._hurry.set()

    def wait_for(self, is_so: Callable[[Model], bool], timeout_s: float | None) -> bool:
        """Wait until `is_so`, at most `timeout_s`; return whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: is_so(self.model), timeout_s)

    def stop(
        self,
        reason: str = "",
        goodbye_s: float = GOODBYE_S,
        at_end: Callable[[], None] = lambda: None,
    ) -> None:
        """Say QUIT and wait a moment for the server to close; nothing is shown afterwards.

        `at_end` is called when nothing is sent any more, while the device is still ours.
        """
        with self._lock:
            self._is_stopping = True
            is_online = self.model.is_online
            if self._link is not None:
                asking.quit_(self.model, reason)
                self._settle()
                self._link.wake()
        self._hurry.set()
        # A thread that still connects may take long, and has nobody to say goodbye to.
        if is_online and self._thread.is_alive():
            self._thread.join(goodbye_s)
        with self._lock:
            self._link = None
            at_end()
            self.belongings.close()

    def _run(self) -> None:
        over: ClientError | None = ClientError("The client failed within: please report it.")
        try:
            while not self._is_stopping:
                self._connection()
            over = None
        except ClientError as error:
            over = error
        finally:
            with self._lock:
                if over is not None:
                    self._show(GaveUp(over))
                self._notify()

    def _connection(self) -> None:
        """Live through one connection, and the wait for the next."""
        link = self._link or self._redial()
        if link is None:
            return
        self._shut_out = None
        why = self._talk(link)
        with self._lock:
            self._link = None
            self._hurry.clear()  # Before anybody can see that there is a reason to hurry.
            self.model.disconnected(time.monotonic())
            self._settle()
        link.close()
        if self._is_stopping:
            return
        if not self.model.has_name:
            self._hurry.wait()
            return
        self._check_may_return(why)
        if self._was_in or self._is_patient:
            self._wait(is_first=True)

    def _check_may_return(self, why: str) -> None:
        """Raise where another try makes no sense: shut out, or never let in, twice."""
        shut_out = self._shut_out
        if shut_out is not None and (shut_out.is_for_good or not self._was_in):
            msg = f"The server did not let you in: {safe(shut_out.reason)}."
            raise RefusedError(msg)
        if self._was_in or self._is_patient:
            return
        if self._has_failed:
            msg = f"The connection to {self.options.address} broke: {why}. Try again later."
            raise UnreachableError(msg) if self._has_heard_irc else not_irc(self.options)
        self._has_failed = True

    def _talk(self, link: Link) -> str:
        """Receive until the connection is gone; return how it went."""
        try:
            with self._lock:
                self._link = link
                self.model.connected(time.monotonic())
                self._settle()
            while True:
                with self._lock:
                    is_waiting = self.model.is_waiting
                messages = link.pump(is_waiting=is_waiting)
                self._take(link, messages)
        except LinkLostError as error:
            return str(error)

    def _take(self, link: Link, messages: list[Message]) -> None:
        with self._lock:
            self._has_heard_irc = self._has_heard_irc or any(map(is_irc, messages))
            if messages and not self._has_heard_irc:
                raise not_irc(self.options)
            for message in messages:
                self.model.receive(message, time.monotonic())
                self._settle()
            if self.model.is_online:
                self._was_in = True
                self._backoff.reset()
            if self._shut_out is not None:
                raise LinkLostError(self._shut_out.reason)
        if self._is_stopping:
            link.flush()

    def _redial(self) -> Link | None:
        self._hurry.clear()  # Who asks for the next try while this one fails gets it.
        try:
            return self._dial()
        except UnreachableError as error:
            may_wait = self._was_in or self._is_patient
            if not may_wait or isinstance(error, DistrustError):
                raise
            self._wait(is_first=False)
            return None

    def _dial(self) -> Link:
        connected, self.is_encrypted = dial(self.options, self.belongings.state, self._may_trust)
        return Link(connected)

    def _wait(self, *, is_first: bool) -> None:
        wait_s = self._backoff.next_wait_s()
        with self._lock:
            if self._is_stopping:
                return
            self._show(Lost(wait_s, is_first))
        self._hurry.wait(wait_s)

    def _settle(self) -> None:
        """Show, then send: in this order, see `model`."""
        while shown := self.model.take_shown():
            for thing in shown:
                self._deal(thing)
        self.belongings.write_if_due()
        lines = self.model.take_lines()
        if self._link is not None:
            self._link.send(lines)
        self._notify()

    def _notify(self) -> None:
        self._changed.notify_all()
        self._tell_changed()

    def _deal(self, thing: Shown) -> None:
        match thing:
            case SecretMade() | SecretProved() | SecretUseless():
                self.belongings.keep(thing)
            case SignedIn(nick):
                self.belongings.signed_in(nick)
                self._show(thing)
            case ShutOut():
                self._shut_out = thing
            case NameTaken() if self._was_in and not self.model.account:
                self._shut_out = ShutOut("the name is still in use", is_for_good=False)
            case NameTaken():
                self.model.forget_name()
                self._show(thing)
            case _:
                self._show(thing)
                if not self.model.is_full and not self._is_stopping:
                    self.belongings.shown(thing, self.model.rooms)

    def _show(self, news: News) -> None:
        if not self._is_stopping:
            self._sink(news)
