"""`rookery send`: say something from a script, and know that it is stored."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Final

from rookery.client import asking, split, wording
from rookery.client.direct import Direct
from rookery.client.requests import Kind
from rookery.client.rooms import is_room
from rookery.client.safe_text import safe
from rookery.client.shown import Entered, Kept, NotSent, Refused, RoomList
from rookery.errors import ClientError, RefusedError
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rookery.client.model import Model
    from rookery.client.news import News
    from rookery.client.options import Options

EXIT_FAILED: Final = 1
EXIT_UNSENT: Final = 75
ACKNOWLEDGED_S: Final = 60.0
"""How long the last message may take to be stored, also across a lost connection."""
LISTED_S: Final = 5.0
"""How long the list of rooms may take, which is for a hint only."""
MAX_UNSENT: Final = 256
"""More is not read from the input than so many messages ahead of the server."""


def send(options: Options, target: str, text: str | None) -> int:
    """Send `text`, or each line of the input, to a person or a room (`#ci`).

    Return 0 when all is stored, 75 when the server did not say so, 1 when it refused any of it.
    May raise `ClientError`.
    """
    if text is not None and not split.text_lines(text):
        raise ClientError(
            "The text is empty: nothing sent. Without one the lines of the input are sent."
        )
    sender = _Sender(options, target)
    with sender.direct as direct:
        if is_room(target):
            sender.enter()
        for line in [text] if text is not None else _input_lines():
            with direct.session.using() as model:
                asking.say(model, target, line)
            direct.wait_for(lambda model: len(model.outbox) < MAX_UNSENT, ACKNOWLEDGED_S)
        is_all = direct.wait_for(lambda model: not len(model.outbox), ACKNOWLEDGED_S)
        with direct.session.using() as model:
            sender.leave(model)
        sender.name_room_meant()
    if not is_all:
        count = len(direct.session.model.outbox)
        print(f"Not acknowledged: {count} of the messages to {target}.", file=sys.stderr)
        return EXIT_UNSENT
    return EXIT_FAILED if sender.is_refused else 0


class _Sender:
    """One run: what the server says about what is sent."""

    def __init__(self, options: Options, target: str) -> None:
        self.direct = Direct(options, self._hear)
        self.is_refused = False
        self._target = target
        self._entered = threading.Event()
        self._not_entered = ""
        self._has_joined = False
        self._is_for_nobody = False
        self._rooms: set[str] | None = None

    def enter(self) -> None:
        """Join the room; raises `RefusedError` where the server does not let us in."""
        with self.direct.session.using() as model:
            self._has_joined = asking.join(model, self._target).kind is Kind.JOIN
        self.direct.wait_for(lambda _: self._entered.is_set(), ACKNOWLEDGED_S)
        if self._not_entered:
            msg = f"You cannot enter {self._target}: {self._not_entered}."
            raise RefusedError(msg)

    def leave(self, model: Model) -> None:
        """Leave the room that was entered for this: other sessions of the name were not in it."""
        if self._has_joined and model.is_online:
            asking.leave(model, self._target)

    def name_room_meant(self) -> None:
        """Tell who wrote to nobody of the room that has this name, where there is one."""
        if not self._is_for_nobody:
            return
        with self.direct.session.using() as model:
            if not model.is_online:
                return
            asking.list_rooms(model)
        self.direct.wait_for(lambda _: self._rooms is not None, LISTED_S)
        room = f"#{self._target}"
        if fold(room) in (self._rooms or ()):
            print(f"There is a room of that name: '{safe(room)}'", file=sys.stderr)

    def _hear(self, news: News) -> None:
        match news:
            case Entered():
                self._entered.set()
            case Refused("join", _, _, reason):
                self._not_entered = wording.refusal(reason) or "the server did not say why"
                self._entered.set()
            case NotSent() | Kept():
                self.is_refused = self.is_refused or isinstance(news, NotSent)
                for line in wording.tell(news, ""):
                    print(line, file=sys.stderr)
                if isinstance(news, Kept) and not news.is_known and not news.suggestion:
                    self._is_for_nobody = True
            case RoomList(rooms):
                self._rooms = {fold(room) for room, _ in rooms}


def _input_lines() -> Iterable[str]:
    for line in sys.stdin.buffer:
        text = line.decode(errors="replace").rstrip("\r\n")
        if text:
            yield text
