"""What a process writes to a pipe, read at once on a thread so that the process never waits."""

import re
import threading
import time

from tests.e2e.waits import SEEN_S


class Output:
    """The text of one pipe; it grows until the process closes it."""

    def __init__(self, stream):
        self._stream = stream
        self._text = ""
        self._is_over = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def text(self):
        """Return all that was written so far."""
        with self._changed:
            return self._text

    def lines(self):
        """Return the whole lines that were written so far."""
        return self.text().split("\n")[:-1]

    def expect(self, pattern, within_s=SEEN_S):
        """Wait until the regular expression is found in the text, and return its match."""
        until_s = time.monotonic() + within_s
        with self._changed:
            while True:
                match = re.search(pattern, self._text, re.MULTILINE)
                if match:
                    return match
                left_s = until_s - time.monotonic()
                if self._is_over or left_s <= 0:
                    ended = "the output has ended" if self._is_over else f"{within_s} s passed"
                    raise AssertionError(f"{pattern!r} never came ({ended}):\n{self._text}")
                self._changed.wait(left_s)

    def rest(self, within_s=SEEN_S):
        """Wait until the pipe is closed and return its whole text."""
        self._thread.join(within_s)
        assert not self._thread.is_alive(), f"the output never ended:\n{self.text()}"
        return self.text()

    def _read(self):
        with self._stream:
            for line in self._stream:
                with self._changed:
                    self._text += line
                    self._changed.notify_all()
        with self._changed:
            self._is_over = True
            self._changed.notify_all()
