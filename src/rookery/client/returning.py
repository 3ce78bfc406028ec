"""Back after a lost connection: enter the rooms again, send what waited, then show what came.

What arrives meanwhile is held back, so that "back online" stands in front of it; so is PONG,
since it says that messages have been shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client import asking
from rookery.client.requests import Kind
from rookery.client.shown import AskResend, BackOnline, Shown, WaitingSent
from rookery.wire.message import Message

if TYPE_CHECKING:
    from rookery.client.model import Model
    from rookery.client.outbox import Waiting
    from rookery.client.requests import Request

_NEEDED_TO_RESEND: Final = {
    "rookery.chat/resend",
    "message-tags",
    "echo-message",
    "labeled-response",
    "batch",
}


class Returning:
    """Where a model is on its way back; `held` is None when it is not on the way."""

    def __init__(self, model: Model) -> None:
        self.held: list[Shown] | None = None
        self._model = model
        self._held_pongs: list[Message] = []
        self._lost_at_s: float | None = None
        self._is_entering = False
        self._late: set[Waiting] = set()
        self._late_count = 0
        self._approved: set[Waiting] = set()
        self._approved_count = 0

    @property
    def is_entering(self) -> bool:
        """Return whether nothing may be sent yet, since the rooms are being entered again."""
        return self._is_entering

    @property
    def may_resend(self) -> bool:
        """Return whether this server stores a message once, however often it is sent."""
        return self._model.caps >= _NEEDED_TO_RESEND

    def lost(self, *, was_online: bool) -> None:
        """The connection is gone, perhaps once more."""
        if was_online and self._lost_at_s is None:
            self._lost_at_s = self._model.now_s
        held, self.held = self.held, None
        self._model.show_held(held or [])
        self._held_pongs.clear()
        self._is_entering = False

    def begin(self) -> bool:
        """Start on the way back, if this sign-in is one; return whether."""
        if self._lost_at_s is None:
            return False
        self.held = []
        self._enter()
        return True

    def first(self) -> None:
        """Enter the rooms of an earlier run, then send what it has left, or ask about it.

        Call on the first sign-in.
        """
        self._enter()

    def step(self) -> None:
        """Go on where something was waited for: call after each finished request."""
        model = self._model
        if self._is_entering and not model.requests.has(Kind.JOIN):
            self._is_entering = False
            self._resend()
        if self.held is not None and not self._is_entering and not self._late:
            self._back()

    def pong(self, message: Message) -> None:
        """Answer PING, when all that came before it is shown."""
        if self.held is None:
            self._model.send(message)
        else:
            self._held_pongs.append(message)

    def answered(self, request: Request) -> None:
        """Note that a message was answered; `request.is_stored` tells how."""
        entry = request.entry
        if entry is None:
            return
        if entry in self._late:
            self._late.discard(entry)
            self._late_count += request.is_stored
        elif entry in self._approved:
            self._approved.discard(entry)
            self._approved_count += request.is_stored
            if not self._approved:
                self._model.show(WaitingSent(self._approved_count))

    def approve(self) -> None:
        """The person wants the old lines sent."""
        model = self._model
        self._approved = {entry for entry in model.outbox if entry.is_asked_about}
        self._approved_count = 0
        model.outbox.approve(model.now_s)
        asking.flush(model)

    def _enter(self) -> None:
        """Enter the rooms; only members may say there what waits."""
        self._is_entering = True
        for room in self._model.rooms:
            if room.is_wanted:
                self._model.ask(Kind.JOIN, room.name, Message("JOIN", [room.name]))
        self.step()

    def _resend(self) -> None:
        asked = self._asked()
        self._late_count = 0
        self._late = set()
        for entry in self._model.outbox:
            if entry.is_asked_about:
                break
            self._late.add(entry)
        self._ask(asked)
        asking.flush(self._model)

    def _asked(self) -> list[Waiting]:
        model = self._model
        return model.outbox.ask_about(model.now_s, is_resend_safe=self.may_resend)

    def _ask(self, asked: list[Waiting]) -> None:
        if asked:
            lines = tuple((entry.target, entry.text) for entry in asked)
            is_doubtful = any(entry.is_doubtful for entry in asked)
            was_written = any(entry.was_written for entry in asked) and not self.may_resend
            self._model.show(AskResend(lines, is_doubtful or was_written))

    def _back(self) -> None:
        model = self._model
        assert self._lost_at_s is not None
        held, self.held = self.held or [], None
        model.show_held([BackOnline(model.now_s - self._lost_at_s, self._late_count), *held])
        self._lost_at_s = None
        for message in self._held_pongs:
            model.send(message)
        self._held_pongs.clear()
