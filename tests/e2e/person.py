"""A person with the line client in a terminal: types, and looks at what is shown."""

import itertools

from tests.e2e.program import ROOKERY, environment
from tests.e2e.terminal import COLUMNS, Terminal
from tests.e2e.waits import END_S, SEEN_S, START_S


class Person:
    """Somebody with a home folder of their own; their client may be started again and again."""

    def __init__(self, folder, name, port, columns=COLUMNS):
        self._columns = columns
        self.name = name
        self.home = folder / f"home-{name}"
        self.port = port
        self.terminal = None
        self._terminals = []
        self._marks = itertools.count(1)

    # The client's life.

    def start(self, *flags, **variables):
        """Start the client and do nothing else."""
        where = ("--host", "127.0.0.1", "--port", str(self.port))
        command = [*ROOKERY, "chat", *where, *flags]
        self.terminal = Terminal(command, environment(self.home, **variables), self._columns)
        self._terminals.append(self.terminal)
        return self

    def come(self, *flags):
        """Start the client, give the name, and wait until it is in the lobby."""
        return self.set_out(*flags).arrive()

    def set_out(self, *flags):
        """Begin to come: `arrive` is next, and others may set out meanwhile."""
        return self.start(*flags)

    def arrive(self):
        """Give the name, and wait until the client is in the lobby."""
        self.expect("Username:", START_S)
        self.type(self.name)
        self.expect(f"You are {self.name}.")
        return self

    def join(self, room, *others):
        """Enter a room and wait until it lists exactly `others` and me."""
        self.type(f"join {room}")
        members = set(others) | {self.name}

        def lists_them(lines):
            heads = [line for line in lines if line.startswith(f"Joined {room}: ")]
            if not heads:
                return False
            listed = heads[-1].removeprefix(f"Joined {room}: ").partition(". Type")[0]
            return set(listed.split(", ")) == members

        self._until(lists_them, SEEN_S, f"Joined {room}: {members}")
        self.expect_prompt(f"{room}> ")
        return self

    def kill(self):
        """End the client with kill -9."""
        self.terminal.process.kill()
        self.terminal.process.wait(END_S)

    def exit_code(self):
        """Wait until the client has ended, and return its exit code."""
        return self.terminal.wait_exit()

    def close(self):
        """End what still runs; print what was shown, which pytest shows where a test failed."""
        for terminal in self._terminals:
            terminal.end()
            print(f"{self.name}:\n{terminal.picture()}")  # noqa: T201 - pytest keeps it for failures

    # The keyboard.

    def type(self, line):
        """Type a line and press Enter."""
        self.keys(f"{line}\r")

    def keys(self, text):
        """Press keys."""
        self.terminal.keys(text)

    # The eyes.

    def expect(self, text, within_s=SEEN_S):
        """Wait until `text` is part of a line."""
        self._until(lambda lines: any(text in line for line in lines), within_s, text)

    def expect_line(self, line, times=1, within_s=SEEN_S):
        """Wait until exactly this line is shown, at least so many times."""
        self._until(lambda lines: lines.count(line) >= times, within_s, f"{times} x {line!r}")

    def expect_match(self, pattern, within_s=SEEN_S):
        """Wait until a line matches the compiled expression as a whole; return the match."""

        def first_match(lines):
            return next(filter(None, map(pattern.fullmatch, lines)), None)

        return self._until(first_match, within_s, pattern.pattern)

    def expect_prompt(self, prompt, typed="", within_s=SEEN_S):
        """Wait until the cursor stands behind this prompt and what is typed."""
        wanted = prompt + typed
        self.terminal.wait_until(
            lambda _, at_cursor: at_cursor == wanted, within_s, f"{self.name}: prompt {wanted!r}"
        )

    def lines_with(self, text):
        """Return the lines shown so far that contain `text`."""
        return [line for line in self.terminal.lines() if text in line]

    def catch_up(self):
        """Wait until everything that the server sent before now is shown; works in a room only."""
        mark = f"mark {next(self._marks)} of {self.name}"
        self.type(mark)
        self._until(lambda lines: any(line.endswith(f"): {mark}") for line in lines), SEEN_S, mark)

    def catch_up_in_lobby(self):
        """Wait until everything that the server sent before now is shown; works in the lobby."""
        before = len(self.lines_with("here: "))
        self.type("who")
        self._until(
            lambda lines: sum("here: " in line for line in lines) > before, SEEN_S, "who's answer"
        )

    def not_seen(self, text):
        """Fail if `text` is shown; catch up before."""
        seen = self.lines_with(text)
        assert not seen, f"{self.name} must not see {seen}:\n{self.terminal.picture()}"

    def _until(self, is_so, within_s, what):
        return self.terminal.wait_until(
            lambda lines, _: is_so(lines), within_s, f"{self.name}: {what}"
        )
