"""A program on a pty of its own, and when it wrote what: only its raw bytes are looked at.

No emulator stands between, since one would cost more than what is measured.
"""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager

import machine

ROWS, COLUMNS = 24, 80
SEEN_TIMEOUT_S = 30.0
END_TIMEOUT_S = 10.0
_READ_BYTES = 65_536


class NeverSeenError(Exception):
    """What should have been written was not, or the program has ended."""


class Screen:
    """One running program; `spawned_s` is when it was started, by `time.perf_counter`."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        with machine.pinned_to(machine.GENERATOR_CPU):
            self.spawned_s = time.perf_counter()
            self._process = subprocess.Popen(
                ["setsid", "--ctty", *command], stdin=slave, stdout=slave, stderr=slave, env=env
            )
        os.close(slave)
        self._written = bytearray()

    def press(self, keys: str) -> float:
        """Press keys; return when."""
        now_s = time.perf_counter()
        os.write(self._master, keys.encode())
        return now_s

    def seen(self, wanted: bytes, after: int = 0) -> float:
        """Wait until `wanted` is written behind the first `after` bytes; return when it was."""
        until_s = time.perf_counter() + SEEN_TIMEOUT_S
        while self._written.find(wanted, after) < 0:
            after = max(after, len(self._written) - len(wanted))
            self._read(until_s - time.perf_counter(), wanted)
        return time.perf_counter()

    def written_bytes(self) -> int:
        """Return how much was read so far."""
        return len(self._written)

    def drain(self, for_s: float) -> None:
        """Read what comes for so long, as a terminal does, or until the program ends."""
        until_s = time.perf_counter() + for_s
        while (left_s := until_s - time.perf_counter()) > 0:
            if select.select([self._master], [], [], left_s)[0]:
                try:
                    self._written += os.read(self._master, _READ_BYTES)
                except OSError:
                    return

    def cpu_s(self) -> float:
        """Return the processor time that the program has used so far."""
        with open(f"/proc/{self._process.pid}/stat", encoding="ascii") as stat:  # noqa: PTH123
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """End the program."""
        os.close(self._master)
        try:
            self._process.wait(END_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _read(self, timeout_s: float, wanted: bytes) -> None:
        ready = timeout_s > 0 and select.select([self._master], [], [], timeout_s)[0]
        try:
            data = os.read(self._master, _READ_BYTES) if ready else b""
        except OSError:
            data = b""
        if not data:
            end = bytes(self._written[-400:]).decode(errors="replace")
            raise NeverSeenError(f"{wanted!r} was never written. The last of it: {end!r}")
        self._written += data


@contextmanager
def shown(command: list[str], env: dict[str, str]) -> Iterator[Screen]:
    """Yield the program on its pty, and end it afterwards."""
    screen = Screen(command, env)
    try:
        yield screen
    finally:
        screen.close()
