"""Somebody types while the room is flooded: every key counts. How fast it is: bench/tui.py."""

import contextlib
import itertools
import threading

import pytest
from tests.e2e.irc import Irc
from tests.e2e.waits import END_S, SEEN_S

MESSAGES_PER_S = 200
SENTENCES = tuple(
    f"sentence {number}: the quick brown fox jumps over the lazy dog, ünïcödé"
    for number in range(6)
)


class Flood:
    """Says `MESSAGES_PER_S` messages a second in the room until it is closed."""

    def __init__(self, port, room):
        self._irc = Irc(port).sign_in("flood").join(room)
        self._room = room
        self._is_over = threading.Event()
        self._changed = threading.Condition()
        self._said = 0
        self._thread = threading.Thread(target=self._say, daemon=True)
        self._thread.start()

    def more(self):
        """Wait until it has said one thing more."""
        with self._changed:
            before = self._said
            assert self._changed.wait_for(lambda: self._said > before, SEEN_S)

    def close(self):
        """Stop, and hang up."""
        self._is_over.set()
        self._thread.join(END_S)
        self._irc.close()

    def _say(self):
        for number in itertools.count():
            if self._is_over.wait(1 / MESSAGES_PER_S):
                return
            self._irc.send(f"PRIVMSG {self._room} :{number} of very many words that nobody reads")
            with self._changed:
                self._said = number
                self._changed.notify_all()


@pytest.fixture
def flooded(server):
    """Return a function that floods a room until the test is over."""
    with contextlib.ExitStack() as floods:
        yield lambda room: floods.enter_context(contextlib.closing(Flood(server.port, room)))


def test_typing_in_a_flood(server, full_screen, irc, flooded):
    """No key is lost: what is typed, corrected and sent arrives as it was typed, in order."""
    server.start("--no-limits")
    alice = full_screen("alice").come()
    alice.join("general")
    reader = irc().sign_in("reader").join("#general")
    flood = flooded("#general")
    alice.expect("of very many words")
    for sentence in SENTENCES:
        for key in f"{sentence}?!":
            alice.keys(key)
        flood.more()
        alice.keys("\x7f\x7f")
        alice.type("")
        reader.expect(rf":alice!\S+ PRIVMSG #general :{sentence}$")
    alice.type("/quit")
    assert alice.exit_code() == 0
