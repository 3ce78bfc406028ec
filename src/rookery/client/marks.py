"""How far a person has read each room, kept between runs: what came behind is asked for on return.

Written now and then, and at the end: after kill -9 the last seconds may be shown a second time.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import time
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from rookery.client.shown import Entered, Said
from rookery.client.state import open_lock, write_whole
from rookery.client.wire_time import to_wire
from rookery.errors import ClientError
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rookery.client.rooms import Rooms
    from rookery.client.shown import Shown
    from rookery.client.state import StateFolder

WRITE_EVERY_S: Final = 2.0
MAX_ROOMS: Final = 500
"""Rooms remembered for each name on a server; those read longest ago are forgotten."""


class Mark(NamedTuple):
    """The last message read in a room, or the time of entering it where none was."""

    msgid: str = ""
    time: str = ""
    """A server-time, as on the wire."""


class Marks:
    """The marks of one name on one server; other clients of the same person share the file."""

    def __init__(
        self,
        state: StateFolder,
        server: str,
        name: str,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._state = state
        self._file = f"{quote(f'{fold(name)}@{server}', safe='@')}.json"
        self._clock_s = clock_s
        self._unwritten: dict[str, Mark] = {}
        self._write_at_s = 0.0

    def mark(self, room: str) -> Mark | None:
        """Return how far `room` was read; None for a room that was never entered."""
        unwritten = self._unwritten.get(fold(room))
        return unwritten or self._read().get(fold(room))

    def shown(self, thing: Shown, rooms: Rooms) -> None:
        """Note how far a room is read, now that `thing` was shown."""
        match thing:
            case Said(is_room=True, msgid=msgid, target=room) if msgid:
                self.note(room, _mark_of(thing))
            case Entered(room) if self.mark(room) is None:
                entered = rooms.get(room)
                if entered is not None and entered.is_wanted and entered.newest_time:
                    self.note(room, Mark("", entered.newest_time))
            case _:
                pass

    def write_if_due(self) -> None:
        """Write what was noted, unless that was done a moment ago."""
        if self._unwritten and self._clock_s() >= self._write_at_s:
            self.write()

    def write(self) -> None:
        """Write what was noted; a folder that cannot be written only costs what is kept here."""
        if not self._unwritten:
            return
        self._write_at_s = self._clock_s() + WRITE_EVERY_S
        with contextlib.suppress(OSError, ClientError):
            folder = self._state.folder("marks")
            with open_lock(folder / "lock") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                marks = self._read()
                for room, mark in self._unwritten.items():
                    marks.pop(room, None)
                    marks[room] = mark
                newest = dict(list(marks.items())[-MAX_ROOMS:])
                write_whole(folder / self._file, json.dumps(newest))
            self._unwritten.clear()

    def note(self, room: str, mark: Mark) -> None:
        """Note how far `room` is read."""
        self._unwritten.pop(fold(room), None)
        self._unwritten[fold(room)] = mark

    @property
    def _path(self) -> Path:
        return self._state.path / "marks" / self._file

    def _read(self) -> dict[str, Mark]:
        """Return what is on disk; what is not ours counts for nothing."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(kept, dict):
            return {}
        return {
            room: Mark(*mark)
            for room, mark in kept.items()
            if isinstance(mark, list) and [type(part) for part in mark] == [str, str]
        }


def _mark_of(one: Said) -> Mark:
    """Return the mark of one who has read this message."""
    if one.at_ms is None:
        return Mark(one.msgid)
    return Mark(one.msgid, to_wire(one.at_ms))
