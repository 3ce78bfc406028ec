"""A person with the full-screen client, in tmux or right in a terminal: types, and looks at it."""

import itertools
from typing import Final

from tests.e2e.program import ROOKERY, environment
from tests.e2e.terminal import Terminal
from tests.e2e.tmux import Tmux
from tests.e2e.waits import SEEN_S, START_S

USUAL: Final = (80, 24)
PHONE: Final = (40, 20)


class FullScreen:
    """Somebody with a home folder of their own; their client may be started again and again."""

    def __init__(self, folder, name, port, tmux=""):
        """`tmux` is the path of that program; without it the client has the terminal to itself."""
        self.name = name
        self.home = folder / f"home-{name}"
        self.port = port
        self.terminal = None
        self._tmux = tmux
        self._windows = []
        self._marks = itertools.count(1)

    # The client's life.

    def start(self, *flags, size=USUAL, **variables):
        """Start the client and do nothing else."""
        where = ("--host", "127.0.0.1", "--port", str(self.port))
        command = [*ROOKERY, "tui", *where, *flags]
        if self._tmux:
            window = Tmux(self._tmux, self.home, command, *size)
            self.terminal = window.terminal
        else:
            window = Terminal(command, environment(self.home, **variables), *size)
            self.terminal = window
        self._windows.append(window)
        return self

    def come(self, *, size=USUAL, **variables):
        """Start the client with the name, and wait until it is signed in."""
        return self.set_out(size=size, **variables).arrive()

    def set_out(self, *, size=USUAL, **variables):
        """Begin to come: `arrive` is next, and others may set out meanwhile."""
        return self.start("--user", self.name, size=size, **variables)

    def arrive(self):
        """Wait until it is signed in."""
        return self.expect("● online", START_S)

    def join(self, room):
        """Enter a room and wait until it is in front."""
        self.type(f"/join {room}")
        return self.expect_prompt(f"#{room}> ")

    def exit_code(self):
        """Wait until the client has ended, and return its exit code; not in tmux."""
        return self.terminal.wait_exit()

    def close(self):
        """End what still runs."""
        for window in self._windows:
            (window.close if isinstance(window, Tmux) else window.end)()
            if not isinstance(window, Tmux):
                print(f"{self.name}:\n{window.picture()}")  # noqa: T201 - for failures

    # The keyboard and the window.

    def type(self, line):
        """Type a line and press Enter."""
        self.keys(f"{line}\r")

    def keys(self, text):
        """Press keys."""
        self.terminal.keys(text)

    def resize(self, size):
        """Drag the window to another size."""
        self.terminal.resize(*size)

    # The eyes.

    def screen(self):
        """Return the lines of the screen."""
        return self.terminal.screen()

    def expect(self, text, within_s=SEEN_S):
        """Wait until `text` is part of a line of the screen."""
        return self.expect_that(lambda lines: any(text in line for line in lines), text, within_s)

    def expect_gone(self, text, within_s=SEEN_S):
        """Wait until no line of the screen holds `text`."""
        return self.expect_that(
            lambda lines: all(text not in line for line in lines), f"gone: {text}", within_s
        )

    def expect_prompt(self, prompt, typed="", within_s=SEEN_S):
        """Wait until this stands before the input, and this in it."""
        wanted = f"{prompt}{typed}".rstrip()
        return self.expect_that(lambda lines: wanted in lines, f"prompt {wanted!r}", within_s)

    def expect_message(self, sender, text, within_s=SEEN_S):
        """Wait until a row shows that `sender` said `text`, and that it is on its way no more."""
        ends = (f" {sender} ", f" {text}")

        def is_shown(lines):
            return any(ends[0] in row and row.endswith(ends[1]) for row in map(middle, lines))

        return self.expect_that(is_shown, f"{sender}: {text}", within_s)

    def expect_that(self, is_so, what, within_s=SEEN_S):
        """Wait until `is_so` of the lines of the screen; `what` is for the report."""
        rows = len(self.screen())
        self.terminal.wait_until(
            lambda lines, _: is_so(lines[-rows:]), within_s, f"{self.name}: {what}"
        )
        return self

    def catch_up(self, *others):
        """Wait until what was said before now, by me or shown to me, is shown to me and `others`.

        Works where a room is in front that all are in.
        """
        mark = f"mark {next(self._marks)} of {self.name}"
        self.type(mark)
        for one in (self, *others):
            one.expect_message(self.name, mark)
        return self


def middle(line):
    """Return what a line shows between the list of rooms and the list of people."""
    return line.rpartition("▕")[2].partition("▏")[0].rstrip()
