"""The front without a terminal: one line in is one command, no prompt, no colours.

It ends when the input has ended and everything is acknowledged. Standard library alone.
With `is_prompting` it serves a terminal that cannot move its cursor.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import termios
import threading
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.client.line.talk import Talk

READ_BYTES: Final = 65_536
END_S: Final = 30.0
"""How long the end of the input waits for acknowledgements, also across a lost connection."""
MAX_UNSENT: Final = 256
"""More is not read from the input than so many messages ahead of the server."""
BACKPRESSURE_S: Final = 1.0
EXIT_FAILURE: Final = 1
EXIT_USAGE: Final = 2
EXIT_UNSENT: Final = 75
EXIT_REFUSED: Final = 77
_SIGNAL_BASE: Final = 128
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Pipe:
    """Standard input and output as they are."""

    is_interactive = False

    def __init__(self, *, is_prompting: bool = False) -> None:
        self.is_interactive = is_prompting
        self._exit_code: int | None = None
        self._is_interrupted = False
        self._is_ending = False
        self._lock = threading.Lock()
        self._alarm, self._alarm_end = _wake_up_pipe()
        self._change, self._change_end = _wake_up_pipe()
        self._rest = b""
        self._shown_prompt = ""
        """What stands at the left of the line that is being typed; empty on a pipe."""

    def show(self, line: str) -> None:
        """Print a line."""
        with self._lock:
            prompt, self._shown_prompt = self._shown_prompt, ""
            over_prompt = "\r" + line.ljust(len(prompt)) if prompt else line
            try:
                sys.stdout.write(over_prompt + "\n")
                sys.stdout.flush()
            except OSError:
                self._reader_is_gone()
        if prompt:
            _wake(self._alarm_end)

    def asked(self, prompt: str) -> None:
        """Print a question, since there is no prompt to show it."""
        if not self.is_interactive:
            self.show(prompt.rstrip())

    def changed(self) -> None:
        """Look again at what is waited for."""
        _wake(self._change_end)

    def complete(self) -> None:
        """Pass it over: there is no Tab."""

    def finish(self, exit_code: int) -> None:
        """End `run`; the first call counts."""
        if self._exit_code is None:
            self._exit_code = exit_code
            _wake(self._alarm_end)
            _wake(self._change_end)

    def may_trust(self, fingerprint: str) -> bool:
        """Trust nobody new: there is no one to ask."""
        if not self.is_interactive:
            return False
        sys.stdout.write(f"Unknown certificate, SHA-256 {fingerprint}. Trust it? (yes/no): ")
        sys.stdout.flush()
        return sys.stdin.readline().strip().lower() in {"y", "yes"}

    def has_goodbye(self, exit_code: int) -> bool:
        """Return whether "Bye." is in place."""
        return self.is_interactive and exit_code in {0, 130}

    def run(self, talk: Talk) -> int:
        """Do what the input says, to its end; return the exit code."""
        before = {number: signal.signal(number, self._signalled) for number in _SIGNALS}
        try:
            return self._run(talk)
        finally:
            if self.is_interactive:
                _set_echo(is_on=True)
            for number, handler in before.items():
                signal.signal(number, handler)

    def _signalled(self, number: int, _: object) -> None:
        if self.is_interactive and number == signal.SIGINT and not self._is_ending:
            self._is_interrupted = True
            _wake(self._alarm_end)
        else:
            self.finish(_SIGNAL_BASE + number)

    def _interrupt(self, talk: Talk) -> None:
        """Drop the question on Ctrl-C, or end; what was half typed the terminal has dropped."""
        self._is_interrupted = False
        self._shown_prompt = ""
        self.show("")
        if not talk.drop_question():
            self.finish(_SIGNAL_BASE + signal.SIGINT)

    def _run(self, talk: Talk) -> int:
        while self._exit_code is None:
            self._prompt(talk)
            lines = self._read()
            if self._is_interrupted:
                self._interrupt(talk)
            if lines is None:
                break
            self._type(talk, lines)
        return self._at_end(talk) if self._exit_code is None else self._exit_code

    def _type(self, talk: Talk, lines: list[str]) -> None:
        for line in lines:
            if self._exit_code is not None:
                return
            self._shown_prompt = ""
            talk.typed(line)
            self._wait_for(talk, lambda: len(talk.model.outbox) < MAX_UNSENT, BACKPRESSURE_S)

    def _wait_for(self, talk: Talk, is_so: Callable[[], bool], timeout_s: float) -> None:
        """Wait until `is_so`, at most `timeout_s`; a signal ends it at once."""
        until_s = time.monotonic() + timeout_s
        left_s = timeout_s
        while self._exit_code is None and left_s > 0:
            if talk.session.wait_for(lambda _: is_so(), 0.0):
                return
            select.select([self._change], [], [], left_s)
            _drain(self._change)
            left_s = until_s - time.monotonic()

    def _at_end(self, talk: Talk) -> int:
        self._is_ending = True
        self._wait_for(talk, lambda: talk.is_settled or talk.has_question, END_S)
        if self._exit_code is not None:
            return self._exit_code
        if talk.has_question and not talk.model.is_online and not talk.is_offline:
            if talk.taken:
                return EXIT_REFUSED
            self.show("No username. Put it on the first line, or try: rookery chat --user NAME")
            return EXIT_USAGE
        if not talk.is_settled:
            return EXIT_UNSENT
        return EXIT_FAILURE if talk.has_failed else 0

    def _prompt(self, talk: Talk) -> None:
        if not self.is_interactive:
            return
        _set_echo(is_on=not talk.is_secret)
        with self._lock:
            if self._shown_prompt != talk.prompt:
                self._shown_prompt = talk.prompt
                sys.stdout.write(self._shown_prompt)
                sys.stdout.flush()

    def _read(self) -> list[str] | None:
        """Return the next lines; none when woken, None at the end of the input."""
        descriptor = sys.stdin.fileno()
        ready, _, _ = select.select([descriptor, self._alarm], [], [])
        if descriptor not in ready:
            _drain(self._alarm)
            return []
        data = b""
        with contextlib.suppress(OSError):
            data = os.read(descriptor, READ_BYTES)
        *lines, self._rest = (self._rest + data).split(b"\n")
        if not data:
            lines, self._rest = ([self._rest] if self._rest else []), b""
            if not lines:
                return None
        return [line.rstrip(b"\r").decode(errors="replace") for line in lines]

    def _reader_is_gone(self) -> None:
        """Whoever read our output has gone: say nothing more, to nobody."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        self.finish(1)


def _wake_up_pipe() -> tuple[int, int]:
    """Return the two ends of a pipe on which nobody waits to write."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    return reading, writing


def _wake(descriptor: int) -> None:
    with contextlib.suppress(BlockingIOError):  # It is full: that wakes as well.
        os.write(descriptor, b"!")


def _drain(descriptor: int) -> None:
    with contextlib.suppress(BlockingIOError):
        os.read(descriptor, READ_BYTES)


def _set_echo(*, is_on: bool) -> None:
    """Let the terminal show what is typed, or only that a line has ended."""
    with contextlib.suppress(termios.error):
        mode = termios.tcgetattr(sys.stdin.fileno())
        shown = mode[3] & ~(termios.ECHO | termios.ECHONL)
        mode[3] = shown | (termios.ECHO if is_on else termios.ECHONL)
        termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, mode)
