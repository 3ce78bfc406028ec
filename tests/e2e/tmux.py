"""A program in tmux, with a server and socket of its own, looked at through a terminal."""

import itertools
import subprocess

from tests.e2e.program import environment
from tests.e2e.terminal import COLUMNS, ROWS, Terminal
from tests.e2e.waits import END_S, SEEN_S

_numbers = itertools.count(1)


class Tmux:
    """One tmux window with one program in it; the person presses its keys and reads its screen."""

    def __init__(self, tmux, home, command, columns=COLUMNS, rows=ROWS):
        env = environment(home)
        config = home / "tmux.conf"
        config.write_text("set -g status off\nset -s escape-time 0\n", encoding="utf-8")
        # Never the socket of a server before it, which may still be ending.
        self._end = [tmux, "-S", str(home / f"tmux-{next(_numbers)}"), "kill-server"]
        start = [*self._end[:-1], "-f", str(config), "new-session", *command]
        self.terminal = Terminal(start, env, columns, rows)

    def type(self, line):
        """Type a line and press Enter."""
        self.terminal.keys(f"{line}\r")

    def expect(self, pattern, within_s=SEEN_S):
        """Wait until the compiled expression is found in a line of the screen; return its match."""

        def first_match(lines, _):
            return next(filter(None, map(pattern.search, lines)), None)

        return self.terminal.wait_until(first_match, within_s, f"in tmux: {pattern.pattern}")

    def expect_that(self, is_so, what, within_s=SEEN_S):
        """Wait until `is_so` of the lines of the screen; `what` is for the report."""
        self.terminal.wait_until(lambda lines, _: is_so(lines), within_s, f"in tmux: {what}")

    def lines(self):
        """Return the lines of the screen."""
        return self.terminal.lines()

    def expect_end(self):
        """Wait until the program has ended, and its tmux with it."""
        self.terminal.wait_exit()

    def close(self):
        """End the program, its tmux and the terminal."""
        subprocess.run(self._end, check=False, capture_output=True, timeout=END_S)
        self.terminal.end()
        print(f"tmux:\n{self.terminal.picture()}")  # noqa: T201 - pytest keeps it for failures
