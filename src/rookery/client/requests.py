"""What I asked the server and is not answered yet.

With IRCv3 labeled-response an answer carries its question's label. With any other server a PING
behind the question does: its PONG says that all before it has been answered.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rookery.wire.casefold import fold
from rookery.wire.message import Message
from rookery.wire.standard import TAG_LABEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rookery.client.happened import Item, Toward
    from rookery.client.outbox import Waiting
    from rookery.client.shown import Kept

BARRIER_PREFIX: Final = "rookery-after-"


class Kind(enum.Enum):
    """What a request is about; the value is the word for `Refused.command`."""

    MESSAGE = "message"
    JOIN = "join"
    LEAVE = "leave"
    WHO = "who"
    ROOMS = "rooms"
    NAMES = "names"
    HISTORY = "history"
    PASSWORD = "password"
    PAGE = "page"
    TARGETS = "targets"
    SEARCH = "search"
    ACT = "act"
    COUNT = "count"


UNSHOWN: Final = {Kind.MESSAGE, Kind.HISTORY, Kind.PAGE, Kind.TARGETS, Kind.COUNT}
"""What the person has not asked for, or is told of otherwise than by `Done`."""


@dataclass(slots=True, eq=False)
class Request:
    """One question; `label` names it in `Done.request`."""

    kind: Kind
    subject: str
    label: str
    entry: Waiting | None = None
    errors: list[tuple[str, str]] = field(default_factory=list)
    """Code and the server's words."""
    names: dict[str, bool] = field(default_factory=dict)
    """WHO: nick to whether away."""
    counted: Request | None = None
    """WHO: the COUNT that was asked ahead of it."""
    count: int = 0
    """COUNT: how many people there are, listed or not; 0 where the server did not say."""
    rooms: dict[str, int] = field(default_factory=dict)
    """ROOMS: room to how many people are in it."""
    is_stored: bool = False
    """MESSAGE: the server showed its echo, or said that it was stored before."""
    is_echoed: bool = False
    """MESSAGE: the echo was shown, or history will show it."""
    kept: Kept | None = None
    """MESSAGE: the addressee is away."""
    is_quiet: bool = False
    """The answer is for completion alone."""
    secret: str = ""
    is_first: bool = False
    """PASSWORD: the one before was made by a client."""
    page: int = 0
    """HISTORY: how many messages were asked for; 0 when no page may follow.

    PAGE: how many lines came.
    """
    toward: Toward | None = None
    """PAGE: which part of history."""
    items: tuple[Item, ...] = ()
    """PAGE, SEARCH: what came."""
    words: str = ""
    """SEARCH: what was searched for."""


class Requests:
    """The open requests of one connection, oldest first."""

    def __init__(self) -> None:
        self.is_labelled = False
        self._open: dict[str, Request] = {}
        self._count = 0

    def __len__(self) -> int:
        return len(self._open)

    def ask(
        self, request_of: tuple[Kind, str], message: Message, tags: Mapping[str, str] | None = None
    ) -> tuple[Request, list[Message]]:
        """Open a request; return it and the lines that ask it."""
        self._count += 1
        kind, subject = request_of
        request = Request(kind, subject, f"r{self._count:x}")
        self._open[request.label] = request
        more = dict(tags or {})
        if self.is_labelled:
            more[TAG_LABEL] = request.label
        lines = [message._replace(tags=more)]
        if not self.is_labelled:
            lines.append(Message("PING", [BARRIER_PREFIX + request.label]))
        return request, lines

    def labelled(self, label: str) -> Request | None:
        """Return the request with this label."""
        return self._open.get(label)

    def behind(self, token: str) -> Request | None:
        """Return the request whose barrier is this PONG."""
        if not token.startswith(BARRIER_PREFIX):
            return None
        return self._open.get(token.removeprefix(BARRIER_PREFIX))

    def oldest(self) -> Request | None:
        """Return the request that an answer without a label belongs to."""
        return next(iter(self._open.values()), None)

    def echoed(self, target: str, text: str) -> Request | None:
        """Return the first message that this echo without a label can be of."""
        for request in self._open.values():
            entry = request.entry
            if entry is None or request.is_stored:
                continue
            if fold(entry.target) == fold(target) and entry.text == text:
                return request
        return None

    def close(self, request: Request) -> None:
        """Forget an answered request."""
        self._open.pop(request.label, None)

    def lost(self) -> list[Request]:
        """Forget and return all: the connection is gone."""
        lost = list(self._open.values())
        self._open.clear()
        return lost

    def has(self, kind: Kind) -> bool:
        """Return whether a request of this kind is open."""
        return any(request.kind is kind for request in self._open.values())
