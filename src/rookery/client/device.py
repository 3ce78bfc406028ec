"""The ids of what this client sends: `<device>.<counter>` of `rookery.chat/id`.

The counter never goes back: not after kill -9, not when the clock is set back. Two clients that
run at the same time are two devices, since a server keeps one counter for each.
Source: docs/ext/resend.md.
"""

from __future__ import annotations

import fcntl
import json
import secrets
import time
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import quote

from rookery.client.state import StateFolder, open_lock, write_whole
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RESERVE: Final = 60_000
"""Numbers taken on disk ahead of use: one write a minute, since the counter follows the clock."""
MAX_CLIENTS: Final = 64
"""Clients of one person on one server at the same time on this computer."""


def _clock_ms() -> int:
    return time.time_ns() // 1_000_000


class Device:
    """A device that this process has for itself until `close`."""

    def __init__(self, path: Path, lock: IO[str], clock_ms: Callable[[], int]) -> None:
        self.path = path
        """Its file; what else belongs to the device lies beside it."""
        self._lock = lock
        self._clock_ms = clock_ms
        self.name, self._counter = _read(path)
        self._ceiling = self._counter

    def next_id(self) -> str:
        """Return a fresh id, greater than all before; raises OSError where it cannot be kept."""
        self._counter = max(self._counter + 1, self._clock_ms())
        if self._counter >= self._ceiling:
            self._ceiling = self._counter + RESERVE
            write_whole(self.path, json.dumps({"device": self.name, "counter": self._ceiling}))
        return f"{self.name}.{self._counter}"

    def close(self) -> None:
        """Let another process have it."""
        self._lock.close()


def open_device(
    state: StateFolder, server: str, name: str, clock_ms: Callable[[], int] = _clock_ms
) -> Device:
    """Return a device of `name` on `server` that no running client has."""
    folder = state.folder("devices", quote(f"{fold(name)}@{server}", safe="@"))
    for number in range(MAX_CLIENTS):
        lock = open_lock(folder / f"{number}.lock")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            continue
        return Device(folder / f"{number}.json", lock, clock_ms)
    return Device(
        folder / f"{secrets.token_hex(8)}.json", open_lock(folder / "spare.lock"), clock_ms
    )


def _read(path: Path) -> tuple[str, int]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return str(kept["device"]), int(kept["counter"])
    except (OSError, ValueError, KeyError, TypeError):
        return secrets.token_hex(8), 0
