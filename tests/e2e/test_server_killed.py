"""kill -9 of the server in mid-conversation: what was echoed is kept, once, in order."""

import itertools
import re
import threading

import pytest
from tests.e2e.arrivals import arrived
from tests.e2e.irc import ConnectionEndedError, Irc
from tests.e2e.waits import AWAY_S, END_S, SEEN_S

WRITERS = 4
IN_FLIGHT = 8
ECHOES_BEFORE_KILL = 2000
ROUNDS = 3
CAPS = "echo-message batch server-time message-tags"
SAID = re.compile(r"PRIVMSG (\S+) :(w\d+r\d+-\d+)$")
PAGE_MESSAGES = 10_000
PAGE = f"[limits]\nhistory_page = {PAGE_MESSAGES}\nmailbox_page = {PAGE_MESSAGES}\n"
MAX_SAID = PAGE_MESSAGES // (WRITERS * ROUNDS)
"""Of one writer, while it waits for slower ones: more would not be read in one page."""


class Writer:
    """Says as much as is echoed, up to `MAX_SAID`, on a thread, until the connection ends."""

    def __init__(self, port, number, life, target):
        self._target = target
        self._texts = (f"w{number}r{life}-{count}" for count in itertools.count())
        self._own = re.compile(rf":w{number}!.*{SAID.pattern}")
        self._irc = Irc(port).sign_in(f"w{number}", CAPS).join("#yard")
        self.sent = []
        self.echoed = []
        self.is_warm = threading.Event()
        self._thread = threading.Thread(target=self._write, daemon=True)

    def start(self):
        """Begin to say things."""
        self._thread.start()

    def end(self):
        """Wait until the connection has ended; return what was seen in the room, in order."""
        self._thread.join(END_S)
        assert not self._thread.is_alive(), "the writer does not notice that the server is gone"
        self._irc.close()
        said = filter(None, map(SAID.search, self._irc.lines))
        return [match[2] for match in said if match[1] == "#yard"]

    def _write(self):
        try:
            for _ in range(IN_FLIGHT):
                self._say()
            while True:
                echo = self._irc.expect(self._own)
                self.echoed.append(SAID.search(echo)[2])
                if len(self.echoed) * WRITERS >= ECHOES_BEFORE_KILL:
                    self.is_warm.set()
                if len(self.sent) < MAX_SAID:
                    self._say()
        except (ConnectionEndedError, ConnectionError):
            return

    def _say(self):
        self.sent.append(next(self._texts))
        self._irc.send(f"PRIVMSG {self._target} :{self.sent[-1]}")


@pytest.mark.parametrize("target", ("#yard", "zoe"))
def test_what_was_echoed_is_kept(server, irc, target):
    """After each kill -9 all that was echoed is there once, in the order in which it was seen."""
    server.start("--no-limits", config=PAGE)
    writers, seen = [], []
    for life in range(ROUNDS):
        fresh = [Writer(server.port, number, life, target) for number in range(WRITERS)]
        for writer in fresh:
            writer.start()
        for writer in fresh:
            assert writer.is_warm.wait(SEEN_S)
        server.kill()
        seen += [writer.end() for writer in fresh]
        writers += fresh
        server.start_again()
    kept = in_history(irc()) if target == "#yard" else in_mailbox(irc())
    assert len(kept) == len(set(kept))
    for writer in writers:
        assert [text for text in kept if text in set(writer.echoed)] == writer.echoed
    assert set(kept) <= {text for writer in writers for text in writer.sent}
    for observed in seen:
        assert [text for text in kept if text in set(observed)] == observed


def in_history(reader):
    """Return the texts of the room's history, oldest first."""
    reader.sign_in("reader", f"{CAPS} draft/chathistory").join("#yard")
    reader.send(f"CHATHISTORY LATEST #yard * {PAGE_MESSAGES}")
    reader.expect(r"BATCH -")
    return texts_of(reader)


def in_mailbox(reader):
    """Return the texts that waited for zoe, oldest first."""
    reader.sign_in("zoe", CAPS)
    reader.expect(r"BATCH -")
    return texts_of(reader)


def texts_of(reader):
    """Return the texts that a connection has received, in order."""
    return [match[2] for match in map(SAID.search, reader.catch_up()) if match]


def test_line_clients_lose_and_double_nothing(server, person, irc):
    """Lines typed before, while and after the server is killed arrive once, in order."""
    server.start("--no-limits", config=PAGE)
    alice, bob = arrived(person("Alice").set_out(), person("Bob").set_out())
    alice.join("yard")
    bob.join("yard", "Alice")
    lines = [f"line {number} of sixty" for number in range(60)]
    for line in lines[:20]:
        alice.type(line)
    alice.expect_line(f"Alice (in yard): {lines[5]}")
    server.kill()
    for line in lines[20:40]:
        alice.type(line)
    bob.expect("Connection lost.")
    bob.type("asked while it was gone")
    server.start_again()
    for one in (alice, bob):
        one.type("")
    for line in lines[40:]:
        alice.type(line)
    for one in (alice, bob):
        one.expect("Back online after", AWAY_S)
        one.expect(f"Alice (in yard): {lines[-1]}")
        one.expect("Bob (in yard): asked while it was gone")
        one.expect_prompt("yard> ")
        one.catch_up()
        shown = one.lines_with("of sixty")
        said = [line.rpartition("): ")[2] for line in shown if "Alice (in yard): " in line]
        assert said == lines
        assert len(one.lines_with("): asked while it was gone")) == 1
    reader = irc().sign_in("reader", f"{CAPS} draft/chathistory").join("#yard")
    reader.send("CHATHISTORY LATEST #yard * 1000")
    reader.expect(r"BATCH -")
    kept = [line.rpartition(":")[2] for line in reader.lines if "of sixty" in line]
    assert kept == lines


def test_private_messages_across_a_kill(server, person):
    """A private message that was told as sent is there after kill -9, for who was away."""
    server.start()
    alice, bob = arrived(person("Alice").set_out(), person("Bob").set_out())
    bob.type("exit")
    bob.exit_code()
    alice.type("message Bob before the crash")
    alice.expect("Bob is offline: delivered when Bob connects.")
    server.kill()
    alice.expect("Connection lost.")
    alice.type("message Bob after the crash")
    alice.expect_prompt("(offline, 1 waiting)> ")
    server.start_again()
    alice.type("")
    alice.expect("Back online after", AWAY_S)
    alice.catch_up_in_lobby()
    bob.start("--user", "Bob")
    bob.expect_line("2 messages while you were away:")
    bob.expect("Alice (private): after the crash")
    private = [line.rpartition(": ")[2] for line in bob.lines_with("(private)")]
    assert private == ["before the crash", "after the crash"]
