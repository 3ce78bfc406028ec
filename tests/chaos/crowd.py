"""People who talk all at once, each over a socket of their own, in one thread of the test.

Nothing happens between two calls of `run_until`: a fault strikes exactly there.
"""

import itertools
import random
import selectors
import socket
import time

from tests.chaos.book import Book
from tests.chaos.talker import Talker
from tests.e2e.waits import SEEN_S

READ_BYTES = 65_536
TURN_S = 0.05
AGAIN_S = 0.1
"""How soon somebody tries again who could not connect, or whose name is still taken."""


class Crowd:
    """Half of `people` are careful, half plain; `port` may change between two runs."""

    def __init__(self, port, seed, people=8, rooms=("#yard", "#attic"), patience_s=SEEN_S):
        self.port = port
        self.patience_s = patience_s
        """How long somebody who waits for an answer believes in a silent connection."""
        self.rng = random.Random(seed)
        self.book = Book()
        self.line_count = 0
        self.quiet_turns = 0
        """Turns of `TURN_S` since the last line came."""
        self.rooms = rooms
        names = [f"p{number}" for number in range(people)]
        self.talkers = [
            Talker(
                name,
                [other for other in names if other != name],
                rooms,
                random.Random(f"{seed}-{name}"),
                self.book,
                is_careful=number % 2 == 0,
            )
            for number, name in enumerate(names)
        ]
        self._sockets = {}
        self._heard_at_s = {}
        self._again_at_s = {}
        self._selector = selectors.DefaultSelector()
        self._connections = itertools.count(1)

    def run_until(self, is_so, within_s, what):
        """Let everybody talk until `is_so()`; fail when `what` has not come in time."""
        until_s = time.monotonic() + within_s
        while not is_so():
            assert time.monotonic() < until_s, f"{what}: not within {within_s} s. {self._state()}"
            self._turn()

    def run_lines(self, count, within_s=SEEN_S):
        """Let everybody talk until so many more lines have been heard by all together."""
        wanted = self.line_count + count
        self.run_until(lambda: self.line_count >= wanted, within_s, f"{count} lines")

    def echo_count(self):
        """Return how many messages have been echoed to their senders in all."""
        return sum(talker.echo_count for talker in self.talkers)

    def run_echoes(self, count, within_s=SEEN_S):
        """Let everybody talk until so many more messages have been echoed."""
        wanted = self.echo_count() + count
        self.run_until(lambda: self.echo_count() >= wanted, within_s, f"{count} echoes")

    def settle(self, within_s=2 * SEEN_S):
        """Say nothing new, and run until all is answered and everybody has what was for them."""
        for talker in self.talkers:
            talker.may_talk = False
        self.run_until(self._is_answered, within_s, "all answers")
        for step in ("sent", "received"):
            self.run_until(lambda step=step: self._has_pongs(step), within_s, f"all is {step}")

    def close(self):
        """End every connection."""
        for talker in list(self._sockets):
            self._hang_up(talker)
        self._selector.close()

    def _is_answered(self):
        return all(talker.is_in and not talker.unanswered for talker in self.talkers)

    def _has_pongs(self, step):
        """Return whether all connections are caught up; ask those that are not."""
        behind = [one for one in self.talkers if f"{step}-{one.connection}" not in one.pongs]
        for talker in behind:
            if talker.is_in:
                talker.ask_for_pong(f"{step}-{talker.connection}")
        return not behind and self._is_answered()

    def _turn(self):
        now_s = time.monotonic()
        for talker in self.talkers:
            if talker not in self._sockets and now_s >= self._again_at_s.get(talker, 0.0):
                self._connect(talker)
        for talker, connection in list(self._sockets.items()):
            wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if talker.out else 0)
            self._selector.modify(connection, wanted, talker)
        ready = self._selector.select(TURN_S)
        self.quiet_turns += not ready
        for key, events in ready:
            self._serve(key.data, events)
        now_s = time.monotonic()
        for talker in list(self._sockets):
            silent_s = now_s - self._heard_at_s[talker]
            if talker.wants_to_close or (talker.awaits_something() and silent_s > self.patience_s):
                self._hang_up(talker)

    def _serve(self, talker, events):
        connection = self._sockets[talker]
        try:
            if events & selectors.EVENT_READ:
                data = connection.recv(READ_BYTES)
                if not data:
                    self._hang_up(talker)
                    return
                self._heard_at_s[talker] = time.monotonic()
                self.line_count += talker.take(data)
                self.quiet_turns = 0
            if talker.out:
                del talker.out[: connection.send(talker.out)]
        except BlockingIOError:
            return
        except OSError:
            self._hang_up(talker)

    def _connect(self, talker):
        try:
            connection = socket.create_connection(("127.0.0.1", self.port), timeout=SEEN_S)
        except OSError:
            self._again_at_s[talker] = time.monotonic() + AGAIN_S
            return
        connection.setblocking(False)
        self._sockets[talker] = connection
        self._heard_at_s[talker] = time.monotonic()
        self._selector.register(connection, selectors.EVENT_READ, talker)
        talker.connected(next(self._connections))

    def _hang_up(self, talker):
        connection = self._sockets.pop(talker)
        self._selector.unregister(connection)
        connection.close()
        talker.is_in = False
        self._again_at_s[talker] = time.monotonic() + AGAIN_S

    def _state(self):
        return "\n".join(
            f"{one.name}: {'in' if one.is_in else 'out'}, {len(one.unanswered)} unanswered,"
            f" heard last: {[*one.last_lines]}"
            for one in self.talkers
        )
