"""A terminal with a program in it: a pty, and an emulator that reads it on a thread of its own.

As in a real terminal what the program writes is taken at once, and its questions (where is the
cursor?) are answered. The program is the session's leader, so that closing the terminal hangs up.
"""

import fcntl
import os
import pty
import selectors
import socket
import struct
import subprocess
import termios
import threading
import time

import pyte
from tests.e2e.waits import END_S

COLUMNS = 120
ROWS = 30
SCROLLBACK_LINES = 20_000
READ_BYTES = 65_536


class _Screen(pyte.HistoryScreen):
    def __init__(self, answer, columns, rows):
        super().__init__(columns, rows, history=2 * SCROLLBACK_LINES)
        self._answer = answer

    def write_process_input(self, data):
        self._answer(data.encode())


class Terminal:
    """Runs `command` in a terminal window; `close` closes the window."""

    def __init__(self, command, env, columns=COLUMNS, rows=ROWS):
        self._master, slave = pty.openpty()
        _set_size(slave, columns, rows)
        self._screen = _Screen(self._write, columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._written = bytearray()
        self._changed = threading.Condition()
        self._alarm, self._alarm_end = socket.socketpair()
        # setsid makes the slave the controlling terminal, and becomes the program itself.
        self.process = subprocess.Popen(
            ["setsid", "--ctty", *command], stdin=slave, stdout=slave, stderr=slave, env=env
        )
        os.close(slave)
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def keys(self, text):
        """Press keys."""
        self._write(text.encode())

    def resize(self, columns, rows):
        """Drag the window to another size; the program is told."""
        with self._changed:
            self._screen.resize(rows, columns)
            _set_size(self._master, columns, rows)

    def written(self):
        """Return every byte that the program has written."""
        with self._changed:
            return bytes(self._written)

    def screen(self):
        """Return the lines of the screen, without blanks at their ends."""
        with self._changed:
            return self._lines()[-self._screen.lines :]

    def lines(self):
        """Return every line above and on the screen, without blanks at its end."""
        with self._changed:
            return self._lines()

    def wait_until(self, is_so, within_s, what):
        """Wait until `is_so` of the lines, and return what it returned; `what` is for the report.

        `is_so` gets the lines and the line of the cursor.
        """
        until_s = time.monotonic() + within_s
        with self._changed:
            while True:
                lines = self._lines()
                cursor = self._screen.cursor
                row = min(cursor.y, self._screen.lines - 1)  # pyte leaves it where it was
                answer = is_so(lines, self._screen.display[row][: cursor.x])
                if answer:
                    return answer
                left_s = until_s - time.monotonic()
                if left_s <= 0:
                    raise AssertionError(
                        f"{what}: not within {within_s} s. Seen:\n{self.picture()}"
                    )
                self._changed.wait(left_s)

    def picture(self):
        """Return all lines in a frame, for a report."""
        return "\n".join(f"  | {line}" for line in self.lines())

    def wait_exit(self, within_s=END_S):
        """Wait until the program has ended and all that it wrote is read; return its exit code."""
        try:
            exit_code = self.process.wait(within_s)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"It does not end. Seen:\n{self.picture()}") from None
        self._thread.join(within_s)  # The last to close the terminal ends the reading.
        assert not self._thread.is_alive(), "somebody else has the terminal open"
        return exit_code

    def close(self):
        """Close the window: the program gets SIGHUP and has no terminal any more."""
        self._alarm_end.close()
        self._thread.join(END_S)

    def end(self):
        """Close the window, and end the program where that did not."""
        self.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(END_S)

    def _lines(self):
        screen = self._screen
        above = ["".join(row[x].data for x in range(screen.columns)) for row in screen.history.top]
        return [line.rstrip() for line in (*above, *screen.display)]

    def _write(self, data):
        os.write(self._master, data)

    def _read(self):
        with self._alarm, selectors.DefaultSelector() as selector:
            selector.register(self._master, selectors.EVENT_READ)
            selector.register(self._alarm, selectors.EVENT_READ)
            while not any(key.fileobj is self._alarm for key, _ in selector.select()):
                try:
                    data = os.read(self._master, READ_BYTES)
                except OSError:  # The program has closed its side.
                    break
                with self._changed:
                    self._written += data
                    self._stream.feed(data)
                    self._changed.notify_all()
        master, self._master = self._master, -1
        os.close(master)


def _set_size(descriptor, columns, rows):
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
