"""Passwords hashed in processes that take only spare turns at the processor.

A thread that hashes holds the interpreter's lock now and then, so it must not be made to wait; a
process of its own may. Each thread that asks has one, started by its first question
(`docs/adr/0024-hashing-processes.md`). Call from a pool alone: an answer takes its time.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from typing import Final, cast

from rookery import log
from rookery.passwords import Argon2Passwords

STOP_S: Final = 1.0
"""How long a process may take to end when its input has ended."""
_TRIES: Final = 2

_log: Final = log.get("accounts")


class SparePasswords:
    """`Passwords` whose work is done elsewhere, or here where no process can be started."""

    def __init__(self, time_cost: int, memory_kib: int) -> None:
        self._argv = [
            *(sys.executable, "-P", "-m", "rookery.hashing"),
            *(f"{time_cost}", f"{memory_kib}"),
        ]
        self._here = Argon2Passwords(time_cost, memory_kib)
        self._local = threading.local()
        self._lock = threading.Lock()
        self._all: set[subprocess.Popen[str]] = set()

    def hash(self, password: str) -> tuple[str, str]:
        """Return the argon2id hash and the SCRAM-SHA-256 verifier."""
        answer = self._ask("hash", password)
        if answer is None:
            return self._here.hash(password)
        hashed, verifier = cast("list[str]", answer[0])
        return hashed, verifier

    def is_right(self, password_hash: str, password: str) -> bool:
        """Return whether `password` is the one that was hashed."""
        answer = self._ask("is_right", password_hash, password)
        if answer is None:
            return self._here.is_right(password_hash, password)
        return answer[0] is True

    def waste(self, password: str) -> None:
        """Spend the time of a check, so that nobody learns which accounts exist."""
        if self._ask("waste", password) is None:
            self._here.waste(password)

    def close(self) -> None:
        """End the processes; what is being hashed is given up."""
        with self._lock:
            processes, self._all = self._all, set()
        for process in processes:
            _end(process)

    def _ask(self, *question: str) -> tuple[object] | None:
        """Return the answer, in a tuple; None where no process can give one."""
        line = f"{json.dumps(question)}\n"
        # The first may have ended since the last question, as it does when nobody signs in.
        for _ in range(_TRIES):
            process = self._mine()
            if process is None:
                return None
            answer = _answer_of(process, line)
            if answer:
                return (json.loads(answer),)
            self._give_up(process)
        _log.warning("a process to hash in ended at once; hashing in the server")
        return None

    def _mine(self) -> subprocess.Popen[str] | None:
        process: subprocess.Popen[str] | None = getattr(self._local, "process", None)
        if process is None:
            process = self._local.process = self._started()
        return process

    def _started(self) -> subprocess.Popen[str] | None:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own module, and no word of a stranger
                self._argv,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                process_group=0,  # Ctrl-C in a terminal is for the server alone.
            )
        except OSError as error:
            _log.warning("no process to hash in; hashing in the server", error=str(error))
            return None
        with self._lock:
            self._all.add(process)
        return process

    def _give_up(self, process: subprocess.Popen[str]) -> None:
        self._local.process = None
        with self._lock:
            self._all.discard(process)
        _end(process)


def _answer_of(process: subprocess.Popen[str], line: str) -> str:
    """Return a line of answer; empty where the process has ended."""
    assert process.stdin is not None, "both ends are pipes"
    assert process.stdout is not None, "both ends are pipes"
    try:
        process.stdin.write(line)
        process.stdin.flush()
        return process.stdout.readline()
    except (OSError, ValueError):
        return ""


def _end(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None, "both ends are pipes"
    assert process.stdout is not None, "both ends are pipes"
    with contextlib.suppress(OSError):
        process.stdin.close()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()
