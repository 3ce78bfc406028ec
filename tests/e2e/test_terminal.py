"""The line client's keys and lines in a terminal, beside what the original request asks."""

import contextlib

import pytest
from tests.e2e.arrivals import arrived
from tests.e2e.person import Person


@pytest.fixture
def alice(server, person):
    """Alice in the lobby."""
    server.start()
    return person("Alice").come()


def test_ctrl_c(alice):
    """Ctrl-C drops a half-typed line, then a question; only on an empty prompt it ends."""
    alice.keys("message Bob half")
    alice.expect_prompt("> ", "message Bob half")
    alice.keys("\x03")
    alice.expect_line("> message Bob half^C")
    alice.expect_prompt("> ")
    alice.type("message")
    alice.expect_prompt("To: ")
    alice.keys("\x03")
    alice.expect_line("To: ^C")
    alice.expect_prompt("> ")
    alice.type("message Bob")
    alice.expect_prompt("Message: ")
    alice.keys("never mind\x03")
    alice.expect_line("Message: never mind^C")
    alice.expect_prompt("> ")
    alice.type("password")
    alice.expect_prompt("New password: ")
    alice.keys("secret\x03")
    alice.expect_prompt("> ")
    alice.not_seen("secret")
    alice.join("teamchat")
    alice.keys("said by mistake\x03")
    alice.expect_prompt("teamchat> ")
    alice.catch_up()
    alice.not_seen("): said by mistake")
    alice.keys("\x03")
    assert alice.exit_code() == 130


def test_ctrl_c_at_the_name(server, person):
    """At the first question there is nothing to go back to but the shell."""
    server.start()
    alice = person("Alice").start()
    alice.expect_prompt("Username: ")
    alice.keys("Ali\x03")
    alice.expect_prompt("Username: ")
    alice.keys("\x03")
    assert alice.exit_code() == 130


def test_ctrl_c_in_a_dumb_terminal(server, person):
    """A terminal that cannot move its cursor has the same Ctrl-C."""
    server.start()
    alice = person("Alice").start(TERM="dumb")
    alice.expect("Username:")
    alice.type("Alice")
    alice.expect("You are Alice.")
    alice.type("message")
    alice.expect_line("To:")
    alice.keys("\x03")
    alice.type("who")
    alice.expect_line("1 person is here: Alice (you).")
    alice.keys("\x03")
    assert alice.exit_code() == 130


def test_tab(server, person):
    """Tab completes commands, and names and rooms that were never heard of before."""
    server.start()
    bob, alice = arrived(person("Bob").set_out(), person("Alice").set_out())
    bob.join("teamchat")
    alice.keys("mes\t")
    alice.expect_prompt("> ", "message ")
    alice.keys("b\t")
    alice.expect_prompt("> ", "message bob ")
    alice.type("hi")
    alice.expect("Sent to ")
    alice.keys("join te\t")
    alice.expect_prompt("> ", "join teamchat ")
    alice.type("")
    alice.expect_prompt("teamchat> ")
    alice.keys("ask bo\t")
    alice.expect_prompt("teamchat> ", "ask bob ")


def test_forty_columns(server, tmp_path):
    """On a narrow terminal lines are cut at words."""
    server.start()
    alice = Person(tmp_path, "Alice", server.port, columns=40)
    with contextlib.closing(alice):
        alice.start("--user", "Alice")
        alice.expect_line('  Alice. Type "help" for the commands.')
        alice.type("help")
        alice.expect_line("  who [ROOM]         list who is here,")
        alice.expect_line("    or in a room")
        alice.type("join teamchat")
        alice.expect_prompt("teamchat> ")
        alice.type("the quick brown fox jumps over the lazy dog")
        alice.expect_line("Alice (in teamchat): the quick brown fox")
        alice.expect_line("  jumps over the lazy dog")
