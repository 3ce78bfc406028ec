"""kill -9 of the server under two full-screen clients: nothing is lost, nothing is doubled."""

import re

from tests.e2e.arrivals import arrived
from tests.e2e.full_screen import middle
from tests.e2e.waits import AWAY_S

CAPS = "echo-message batch server-time message-tags draft/chathistory"
CONNECT_NOW = "\x1b[15~"
LINE = re.compile(r"\b(\w+) +(line \d+ of \w+)$")
WAITING = re.compile(r"\b[345] waiting")
"""What was typed since, and what was on its way when the server was killed."""
SIZE = (80, 50)


def test_server_killed_and_back(server, in_tmux, irc):
    """Lines typed meanwhile wait in view; then all have all, once, in the server's order."""
    server.start()
    alice, bob = arrived(in_tmux("alice").set_out(size=SIZE), in_tmux("bob").set_out(size=SIZE))
    alice.join("general")
    bob.join("general")
    alice.catch_up(bob)
    for number in range(5):
        alice.type(f"line {number} of before")
    for one in (alice, bob):
        one.expect_message("alice", "line 2 of before")
    server.kill()
    for one in (alice, bob):
        one.expect_gone("● online")
        one.expect("○ ")
    for number in range(3):
        alice.type(f"line {number} of alice")
        bob.type(f"line {number} of bob")
    for one in (alice, bob):
        one.expect_that(lambda lines, name=one.name: is_waiting(lines, name), "⏳ waiting")
    bob.expect("3 waiting")
    alice.expect_that(lambda lines: any(map(WAITING.search, lines)), "3 to 5 waiting")
    server.start_again()
    reader = irc().sign_in("reader", CAPS).join("#general")
    for one in (alice, bob):
        one.keys(CONNECT_NOW)
        one.expect("● online", AWAY_S)
    for one in (alice, bob):
        one.expect_message("alice", "line 2 of alice").expect_message("bob", "line 2 of bob")
        one.expect_gone("⏳")
    alice.catch_up(bob)
    bob.catch_up(alice)
    reader.send("CHATHISTORY LATEST #general * 100")
    reader.expect(r"BATCH -")
    kept = [
        (line.partition("!")[0].rpartition(":")[2], line.rpartition(" :")[2])
        for line in reader.lines
        if line.startswith("@batch=") and " PRIVMSG #general :line " in line
    ]
    assert sorted(set(kept)) == sorted(kept)
    assert len(kept) == 5 + 3 + 3
    expect_shown(alice, kept)
    expect_shown(bob, kept)


def is_waiting(lines, name):
    """Return whether the three lines of `name` wait."""
    waiting = [row for row in map(middle, lines) if row.endswith("⏳ waiting")]
    return all(any(f"line {at} of {name}" in row for row in waiting) for at in range(3))


def expect_shown(person, said):
    """Wait until this stands on the screen as who said which line, in order, and nothing else."""

    def is_shown(lines):
        return said == [match.groups() for match in map(LINE.search, map(middle, lines)) if match]

    person.expect_that(is_shown, f"these alone: {said}")


def test_what_was_missed_comes_to_its_place(server, in_tmux, irc):
    """What others said while the connection was gone stands before what is said afterwards."""
    server.start()
    alice = in_tmux("alice").come()
    alice.join("general")
    alice.catch_up()
    server.kill()
    alice.expect_gone("● online")
    server.start_again()
    dave = irc().sign_in("dave", CAPS).join("#general")
    for number in range(5):
        dave.send(f"PRIVMSG #general :line {number} of dave")
    dave.send("PRIVMSG alice :and one for you")
    dave.catch_up()
    alice.keys(CONNECT_NOW)
    alice.expect("● online", AWAY_S)
    alice.expect_message("dave", "line 4 of dave")
    alice.type("line 0 of alice")
    alice.expect_message("alice", "line 0 of alice")
    by_dave = [("dave", f"line {number} of dave") for number in range(5)]
    expect_shown(alice, [*by_dave, ("alice", "line 0 of alice")])
    alice.keys("\x1ba")
    alice.expect_prompt("dave> ").expect_message("dave", "and one for you")


def test_client_ended_while_lines_wait(server, full_screen, in_tmux):
    """What waits is told at the end, kept, and sent on the next start."""
    server.start()
    alice, bob = arrived(full_screen("alice").set_out(), in_tmux("bob").set_out())
    alice.join("general")
    bob.join("general")
    alice.catch_up(bob)
    server.kill()
    alice.expect_gone("● online")
    alice.type("said in the dark")
    alice.expect("⏳ waiting")
    alice.type("/quit")
    alice.expect("Not sent yet; kept for the next start:").expect("said in the dark")
    assert alice.exit_code() == 75
    server.start_again()
    alice.start("--user", "alice")
    alice.expect("● online", AWAY_S).expect_message("alice", "said in the dark")
    bob.keys(CONNECT_NOW)
    bob.expect_message("alice", "said in the dark", AWAY_S)
    alice.catch_up(bob)
    for one in (alice, bob):
        one.expect_that(
            lambda lines: sum("said in the dark" in line for line in lines) == 1, "said once"
        )
