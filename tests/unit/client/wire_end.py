"""The server's end of a model, by hand: lines in as a server writes them, lines out as it reads."""

from __future__ import annotations

import itertools

from rookery.client.model import Model
from rookery.client.registration import Identity
from rookery.wire.message import format_message, parse

OFFERED = (
    "server-time message-tags account-tag echo-message batch labeled-response extended-join "
    "multi-prefix standard-replies sasl=PLAIN,SCRAM-SHA-256 "
    "draft/account-registration=before-connect draft/chathistory rookery.chat/resend"
)
FULL = (
    f"{OFFERED} away-notify draft/event-playback draft/message-redaction draft/read-marker "
    "draft/multiline=max-bytes=4096,max-lines=24 extended-monitor soju.im/search"
)
"""What a server offers that a client makes use of which shows conversations."""
ASKED = " ".join(word.partition("=")[0] for word in OFFERED.split())


class WireEnd:
    """A model, its clock, and what it said and showed since it was last asked."""

    def __init__(self, *, is_full: bool = False) -> None:
        numbers = itertools.count(1)
        self.model = Model(lambda: f"device01.{next(numbers)}", is_full=is_full)
        self.now_s = 100.0

    def feed(self, *lines: str) -> None:
        for line in lines:
            self.model.receive(parse(line), self.now_s)

    @property
    def lines(self) -> list[str]:
        return [format_message(message) for message in self.model.take_lines()]

    @property
    def shown(self) -> list[object]:
        return self.model.take_shown()

    def connect(self, name: str = "alice", *, offered: str = OFFERED) -> None:
        """Sign in with a saved secret, to the welcome; what was said and shown is forgotten."""
        if not self.model.has_name:
            self.model.sign_in(Identity(name, ("secret",)))
        self.model.connected(self.now_s)
        self.feed(f":s CAP * LS :{offered}")
        asked = " ".join(word.partition("=")[0] for word in offered.split())
        if asked:
            self.feed(f":s CAP * ACK :{asked}")
        if "sasl" in asked:
            self.feed("AUTHENTICATE +", f":s 900 * * {name} :in", ":s 903 * :ok")
        self.feed(f":s 001 {name} :Welcome")
        self.forget()

    def lose(self) -> None:
        self.model.disconnected(self.now_s)

    def forget(self) -> None:
        self.model.take_lines()
        self.model.take_shown()

    def label(self) -> str:
        """Return the label of the only line that was said."""
        (line,) = self.lines
        return parse(line).tags["label"]

    def enter(self, room: str, *members: str) -> None:
        """Answer the JOIN that was asked, or put us there unasked."""
        me = self.model.nick
        names = " ".join((me, *members))
        self.feed(
            f"@time=2026-11-22T10:00:00.000Z :{me}!u@h JOIN {room} {me} :{me}",
            f":s 353 {me} = {room} :{names}",
            f":s 366 {me} {room} :End",
        )
