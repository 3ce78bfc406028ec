"""What was said in a room while one was away, at the next run of the client."""

import re

from tests.e2e.arrivals import arrived

ROOM_LINE = re.compile(r"\[\w{3} \d\d:\d\d\] Bob \(in teamchat\): (.*)")


def missed(person):
    """Return the texts that are shown as missed in the room, in order."""
    found = map(ROOM_LINE.fullmatch, person.lines_with("(in teamchat)"))
    return [one[1] for one in found if one]


def test_after_exit(server, person):
    """Whoever left and comes back into the room is told what was said there, once and in order."""
    server.start()
    alice, bob = arrived(person("Alice").set_out(), person("Bob").set_out())
    bob.join("teamchat")
    alice.join("teamchat", "Bob")
    bob.type("hello Alice")
    alice.expect_line("Bob (in teamchat): hello Alice")
    alice.type("leave")
    alice.expect_line("Left teamchat.")
    alice.type("exit")
    alice.exit_code()
    bob.type("while you were out")
    bob.type("lunch is here")
    bob.catch_up()
    alice.start("--user", "Alice")
    alice.expect_prompt("> ")
    alice.type("join teamchat")
    alice.expect_line("3 messages while you were away:")
    alice.catch_up()
    assert missed(alice)[:2] == ["while you were out", "lunch is here"]
    alice.not_seen("hello Alice")
    alice.type("leave")
    alice.expect_prompt("> ")
    alice.type("exit")
    alice.exit_code()
    alice.start("--user", "Alice")
    alice.expect_prompt("> ")
    alice.join("teamchat", "Bob")
    alice.catch_up()
    alice.not_seen("away")


def test_after_kill(server, person):
    """A client that was killed has kept how far its person had read, and so has the server."""
    server.start()
    alice, bob = arrived(person("Alice").set_out(), person("Bob").set_out())
    alice.join("teamchat")
    bob.join("teamchat", "Alice")
    alice.catch_up()
    alice.kill()
    bob.expect_line("Alice left teamchat.")
    bob.type("are you there?")
    bob.catch_up()
    server.kill()
    server.start_again()
    alice.start("--user", "Alice")
    alice.expect_prompt("> ")
    alice.type("join teamchat")
    alice.expect_match(re.compile(r".* Bob \(in teamchat\): are you there\?"))
    alice.catch_up()
    assert missed(alice)[0] == "are you there?"
