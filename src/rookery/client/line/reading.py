"""How far the person has read, told to their other devices: what is printed when they press Enter.

A client that waits says nothing, and one that was left open does not tell the person's telephone
that all is read: for a while the server would not wake it (`docs/howto/notifications.md`).
A marker says that all before it is read. It never goes over a line that was not printed here: in
a room all is printed from the marker on, and with a person that is asked before the first is told.
Source: IRCv3 draft/read-marker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rookery.client import acts, history
from rookery.client.happened import ReadTo, Unshown
from rookery.client.news import Lost
from rookery.client.rooms import is_room
from rookery.client.shown import Said
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.client.model import Model
    from rookery.client.news import News

READ_MARKER = "draft/read-marker"


class _Newest(NamedTuple):
    """The newest message that was printed of a room or a talk."""

    target: str
    at_ms: int


class Reading:
    """What was printed and the server does not know yet; `tell` when the person is there."""

    def __init__(self) -> None:
        self._printed: dict[str, _Newest] = {}
        self._looked_ms: dict[str, int] = {}
        """Up to where the person has seen what is printed."""
        self._markers: dict[str, int] = {}
        """What the server has, or was told on this connection."""
        self._asked: set[str] = set()
        """The talks of which the marker was asked for on this connection."""
        self._whole: set[str] = set()
        """The talks of which all is printed that is not read."""

    def hear(self, model: Model, news: News) -> None:
        """Take one thing that was printed, or that the server tells of its markers."""
        match news:
            case Said(at_ms=int(at_ms)) if READ_MARKER in model.caps:
                self._said(model, news, at_ms)
            case ReadTo(target, at_ms):
                self._read_to(model, target, at_ms)
            case Unshown(target, is_any=False):
                self._whole.add(fold(target))
                self._mark(model, fold(target))
            case Lost():
                # What was under way may be lost, and what comes meanwhile goes to other devices.
                self._markers.clear()
                self._asked.clear()
                self._whole.clear()
            case _:
                pass

    def tell(self, model: Model) -> None:
        """Tell the server what is read, once for each room and person: somebody is looking."""
        if not model.is_online:
            return
        for key, newest in self._printed.items():
            self._looked_ms[key] = newest.at_ms
            if is_room(newest.target):
                self._whole.add(key)
            self._ask(model, newest.target)
            self._mark(model, key)

    def _mark(self, model: Model, key: str) -> None:
        newest, looked_ms = self._printed.get(key), self._looked_ms.get(key, 0)
        if newest and key in self._whole and looked_ms > self._markers.get(key, 0):
            self._markers[key] = looked_ms
            acts.mark_read(model, newest.target, looked_ms)

    def _said(self, model: Model, said: Said, at_ms: int) -> None:
        target = said.target if said.is_room or said.is_own else said.sender
        before = self._printed.get(fold(target))
        self._printed[fold(target)] = _Newest(target, max(at_ms, before.at_ms if before else 0))
        if said.is_missed:
            # The client does not wait yet, and who only reads this and goes has read it too.
            self._ask(model, target)

    def _ask(self, model: Model, target: str) -> None:
        key = fold(target)
        if not is_room(target) and key not in self._whole and key not in self._asked:
            self._asked.add(key)
            acts.ask_read(model, target)

    def _read_to(self, model: Model, target: str, at_ms: int) -> None:
        key = fold(target)
        self._markers[key] = max(at_ms, self._markers.get(key, 0))
        newest = self._printed.get(key)
        if newest is None:
            return
        if newest.at_ms <= at_ms:
            del self._printed[key]
        elif key in self._asked and key not in self._whole:
            history.look_for_unread(model, target, at_ms)
