"""One command under way: who asked what, and the ways to answer.

A handler runs to its end without waiting. What needs a thread (a read, a password) is handed over
with `wait_for`; the session's next lines then stay where they are until the answer is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar, cast

from rookery.core.refusal import Refusal
from rookery.deliver.render import happened
from rookery.deliver.reply import REFUSALS
from rookery.wire.capabilities import BATCH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rookery.command.node import Node, Pool
    from rookery.core.events import Event
    from rookery.core.user import User
    from rookery.deliver.session import Session

T = TypeVar("T")
SERVICES_HOST: Final = "services"
"""Host name of the services in what they say."""


class Call:
    """One command of one session."""

    __slots__ = (
        "command",
        "is_answered",
        "is_aside",
        "is_durable",
        "is_waiting",
        "label",
        "node",
        "now_ms",
        "params",
        "service",
        "session",
        "tags",
    )

    def __init__(
        self,
        node: Node,
        session: Session,
        command: str,
        params: Sequence[str],
        tags: Mapping[str, str],
        now_ms: int,
    ) -> None:
        self.node = node
        self.session = session
        self.command = command
        self.params = params
        self.tags = tags
        self.label = ""
        self.service = ""
        """The service (NickServ) in whose name the answers are given; empty for the server's."""
        self.now_ms = now_ms
        self.is_waiting = False
        self.is_aside = False
        """Set where the session no longer waits for it: see `wait_until_drained`."""
        self.is_answered = False
        """Set where the label already stands on a line that went another way."""
        self.is_durable = False
        """Set where the answer counts only once the epoch is stored."""

    @property
    def user(self) -> User:
        """Who asks; for commands that need a person who has signed in."""
        user = self.session.user
        assert user is not None, "the table lets only those in who have signed in"
        return user

    def param(self, at: int, default: str = "") -> str:
        """Return a parameter that may be missing."""
        return self.params[at] if at < len(self.params) else default

    def send(self, line: bytes) -> None:
        """Answer with whole lines."""
        self.node.fanout.send(self.session, line)

    def send_once_stored(self, line: bytes) -> None:
        """Answer with whole lines that are shown only when this epoch is on disk."""
        self.node.fanout.send_once_stored(self.session, line)

    def reply(self, code: str, *params: str) -> None:
        """Answer with a numeric; the last of `params` may be any text."""
        self.send(self.node.replies.numeric(self.session.nick, code, *params))

    def refuse(self, refusal: Refusal) -> None:
        """Answer with the numeric of a refusal."""
        if self.service:
            self.send(self.served(REFUSALS[refusal.reason][1]))
            return
        self.send(self.node.replies.refusal(self.session.nick, refusal))

    def fail(self, code: str, *rest: str) -> None:
        """Answer FAIL; the last of `rest` is the sentence. IRCv3 standard-replies."""
        if self.service:
            self.send(self.served(rest[-1]))
            return
        self.send(self.node.replies.standard(self.session, "FAIL", self.command, code, *rest))

    def done(self, result: str, text: str) -> None:
        """Answer, once it is stored, that it is done: `COMMAND result :text`."""
        server = self.node.replies.server
        line = f":{server} {self.command} {result} :{text}\r\n".encode()
        self.send_once_stored(self.served(text) if self.service else line)

    def served(self, text: str) -> bytes:
        """Return a NOTICE of the service in whose name the answers are given."""
        source = f"{self.service}!{self.service}@{SERVICES_HOST}"
        line = f":{source} NOTICE {self.session.nick} :{text}"
        return happened(line, self.session.caps, self.now_ms)

    def note(self, code: str, *rest: str) -> bytes:
        """Return a NOTE for the caller to send, since it may hang on what is stored."""
        if self.service:
            return self.served(rest[-1])
        return self.node.replies.standard(self.session, "NOTE", self.command, code, *rest)

    def emit(self, event: Event) -> None:
        """Let something happen."""
        self.node.bus.publish(event)

    def on_store_failure(
        self, subject: str, undo: Callable[[], None] | None = None, times: int = 1
    ) -> None:
        """Answer FAIL STORE_UNAVAILABLE about `subject` if this epoch is not stored, after `undo`.

        That is answered `times` over: once for each message. Answers that hang on it go out with
        `send_once_stored`; labelled ones do by themselves.
        """
        self.is_durable = True
        self.node.epoch.waiting += ((self._tell_unstored, subject, undo),) * times

    def _tell_unstored(self, subject: str) -> None:
        node, session = self.node, self.session
        text = "The server cannot write to its disk: this was not stored. Try again later"
        context = (subject, text) if subject else (text,)
        line = node.replies.standard(session, "FAIL", self.command, "STORE_UNAVAILABLE", *context)
        if self.service:
            line = self.served(text)
        if self.label:
            (line,) = node.replies.labelled([line], self.label, "")
        node.fanout.send(session, line)

    def wait_for(
        self,
        pool: Pool,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        is_settled: bool = False,
    ) -> None:
        """Run `work` on a thread once all before it is stored, then go on with `then`.

        `then` may refuse and may wait again; neither is called when the session has gone.
        Where all that `work` reads `is_settled` (`Epoch.is_settled`), it waits for no commit, and
        the answer for none either, unless something before it still waits for the session.
        `then` must say nothing but what it has read.
        """
        self.is_waiting = True
        epoch = self.node.epoch
        captured, self.session.capture = self.session.capture, None
        work = self._while_here(work)

        def resume(step: Callable[[Call], None]) -> None:
            port = self.session.port
            if port is not None and self.session.id in self.node.sessions:
                port.resume(lambda: self._go_on(step, captured, may_overtake=is_settled))

        def start() -> None:
            pool.run(
                work,
                lambda result: resume(lambda _: then(result)),
                lambda error: resume(lambda _: failed(error)),
            )

        (epoch.soon if is_settled else epoch.after_commit)(start)

    def _go_on(
        self, step: Callable[[Call], None], captured: list[bytes] | None, *, may_overtake: bool
    ) -> bool:
        """Take `step`; return whether the session waits for this call no more."""
        epoch = self.node.epoch
        self.is_waiting = False
        self.now_ms = self.node.now_ms()
        self.session.capture = captured
        may_overtake = may_overtake and epoch.owes_nothing(self.session)
        self.run(step)
        if may_overtake:
            epoch.flush_aside(self.session)
        return not (self.is_waiting or self.is_aside)

    def wait_until_drained(self, then: Callable[[], None]) -> None:
        """Go on with `then` once what was sent has left; for what is sent in parts.

        Where the line is slow, the session's next lines are carried out meanwhile, and from then
        on beside this command. Call behind `finish`.
        """
        self.is_waiting = True
        is_drained = False

        def go_on() -> bool:
            self.is_waiting = False
            self.run(lambda _: then())
            return not (self.is_waiting or self.is_aside)

        def drained() -> None:
            nonlocal is_drained
            is_drained = True
            port = self.session.port
            if port is not None and self.session.id in self.node.sessions:
                port.resume(go_on)

        def start() -> None:
            port = self.session.port
            if port is None:
                return
            port.when_drained(drained)
            if not (is_drained or self.is_aside):
                self.is_aside = True
                port.resume(lambda: True)

        self.node.epoch.after_commit(start)

    def _while_here(self, work: Callable[[], T]) -> Callable[[], T]:
        """Return `work` that does nothing when the session is gone, and its result unwanted.

        Who has gone while the queue was long must not make it longer for those who wait.
        """
        sessions, session_id = self.node.sessions, self.session.id
        return lambda: work() if session_id in sessions else cast("T", None)

    def finish(self) -> None:
        """End the labelled response here: what is said meanwhile may not come before it.

        Call before a wait for what is no part of the answer.
        """
        if self.label:
            self._finish()
            self.label = ""

    def run(self, step: Callable[[Call], None]) -> None:
        """Run one step of the command and finish its labelled response after the last."""
        try:
            step(self)
        except Refusal as refusal:
            self.refuse(refusal)
        finally:
            if self.label and not self.is_waiting:
                self._finish()

    def _finish(self) -> None:
        lines, self.session.capture = self.session.capture, None
        if lines is None or (self.is_answered and not lines):
            return
        node = self.node
        send = self.send_once_stored if self.is_durable else self.send
        ref = node.batch_ref() if self.session.caps & BATCH else ""
        for line in node.replies.labelled(lines, self.label, ref):
            send(line)
