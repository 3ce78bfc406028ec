"""Rows R15 and R16 of PRODUCT.md §1: two threads, and every way in which a connection ends."""

import contextlib
import re
import signal
from pathlib import Path

import pytest
from tests.e2e.person import Person
from tests.e2e.relay import Relay
from tests.e2e.waits import AWAY_S, END_S

BACK = re.compile(r"Back online after \d+ s\. Sent 2 waiting lines\.")


def test_r15_two_threads(pair_in_room):
    """The line client is two threads, one for the keyboard and one for receiving."""
    _, bob = pair_in_room
    bob.catch_up()
    assert len(list(Path(f"/proc/{bob.terminal.process.pid}/task").iterdir())) == 2


def exits(bob):
    """Leave the room, then say goodbye."""
    bob.type("leave")
    bob.expect_prompt("> ")
    bob.type("exit")


WAYS_TO_END = {
    "exit": (exits, 0, "Bye."),
    "Ctrl-C": (lambda bob: bob.keys("\x03"), 130, "Bye."),
    "Ctrl-D": (lambda bob: bob.keys("\x04"), 0, "Bye."),
    "terminal closed": (lambda bob: bob.terminal.close(), 128 + signal.SIGHUP, ""),
    "kill": (lambda bob: bob.terminal.process.terminate(), 128 + signal.SIGTERM, ""),
    "kill -9": (lambda bob: bob.terminal.process.kill(), -signal.SIGKILL, ""),
}


@pytest.mark.parametrize("way", WAYS_TO_END)
def test_r16_a_client_ends(pair_in_room, way):
    """However a client ends, the others are told, and it ends with the right code and no fuss."""
    alice, bob = pair_in_room
    end, exit_code, goodbye = WAYS_TO_END[way]
    end(bob)
    assert bob.exit_code() == exit_code
    alice.expect_line("Bob left teamchat.")
    alice.catch_up()
    assert len(alice.lines_with("Bob left")) == 1
    if goodbye:
        bob.expect_line(goodbye)
    bob.not_seen("Traceback")


@pytest.mark.parametrize("end_server", ("stop", "kill"))
def test_r16_the_server_goes_and_comes_back(server, pair_in_room, end_server):
    """Lines typed meanwhile are kept and sent once; the room is rejoined and the missed shown."""
    alice, bob = pair_in_room
    bob.type("the last one before")
    for one in (alice, bob):
        one.expect_line("Bob (in teamchat): the last one before")
    getattr(server, end_server)()
    for one in (alice, bob):
        one.expect_match(
            re.compile(r"Connection lost\. Trying again in \d+ s\. Keep typing: lines are kept\.")
        )
        one.expect_prompt("teamchat (offline)> ")
    for number, text in enumerate(("first kept", "second kept"), 1):
        alice.type(text)
        alice.expect_prompt(f"teamchat (offline, {number} waiting)> ")
    server.start_again()
    alice.type("")
    alice.expect_match(BACK, AWAY_S)
    bob.type("")
    bob.expect("Back online after", AWAY_S)
    for one in (alice, bob):
        one.expect_prompt("teamchat> ")
        one.catch_up()
        for text in ("first kept", "second kept"):
            assert len(one.lines_with(f"Alice (in teamchat): {text}")) == 1
        one.not_seen("Traceback")
    bob.type("leave")
    alice.expect_line("Bob left teamchat.")


def test_r16_a_client_comes_back_by_itself(server, pair_in_room):
    """Nobody has to do anything: the client tries until the server is there again."""
    alice, bob = pair_in_room
    server.kill()
    alice.expect("Connection lost.")
    server.start_again()
    for one in (alice, bob):
        one.expect("Back online after", AWAY_S)
        one.expect_prompt("teamchat> ")
    alice.type("all here again")
    bob.expect_line("Alice (in teamchat): all here again")


def test_r16_ctrl_c_while_the_server_is_away(server, pair_in_room):
    """Who leaves while lines wait is shown them, and the exit code says so."""
    _, bob = pair_in_room
    server.kill()
    bob.expect_prompt("teamchat (offline)> ")
    bob.type("never sent")
    bob.expect_prompt("teamchat (offline, 1 waiting)> ")
    bob.keys("\x04")
    assert bob.exit_code() == 75
    bob.expect_line("Not sent:")
    bob.expect_line("  to teamchat: never sent")


def test_r16_a_half_open_connection(server, person, tmp_path):
    """A client whose line is dead counts as gone, and comes back with what it missed."""
    server.start(config="[limits]\nping_interval_s = 1\nping_timeout_s = 5\n")
    alice = person("Alice").come()
    alice.join("teamchat")
    with contextlib.closing(Relay(server.port)) as relay:
        bob = Person(tmp_path, "Bob", relay.port)
        with contextlib.closing(bob):
            bob.come()
            bob.join("teamchat", "Alice")
            alice.expect_line("Bob joined teamchat.")
            relay.go_dead()
            bob.type("said into the void")
            alice.expect_line("Bob left teamchat.")
            alice.type("who is missing?")
            alice.catch_up()
            relay.revive()
            bob.expect("Back online after", AWAY_S)
            for one in (alice, bob):
                one.expect("Bob (in teamchat): said into the void")
                one.catch_up()
                assert len(one.lines_with("): said into the void")) == 1
            assert len(bob.lines_with("Alice (in teamchat): who is missing?")) == 1


def test_r16_nobody_listens(person, server):
    """Where no server is, the client says so in one sentence and ends with 69."""
    server.start()
    server.stop()
    alice = person("Alice").start()
    assert alice.terminal.wait_exit(END_S) == 69
    alice.expect_line(
        f"No server answers at 127.0.0.1:{server.port}. "
        f"Start one: rookery serve --port {server.port}"
    )
    alice.not_seen("Traceback")
