"""The original request, row by row: PRODUCT.md §1, in terminals, on a server process.

R15 and R16 are in test_disconnects.py, R17 is in test_encryption.py.
"""

import contextlib
import re

import pytest
from tests.e2e.arrivals import arrived
from tests.e2e.person import Person
from tests.e2e.program import ROOKERY, environment, free_port
from tests.e2e.relay import Relay
from tests.e2e.terminal import Terminal
from tests.e2e.waits import AWAY_S, START_S


@pytest.fixture
def trio(server, person):
    """Alice, Bob and Carol, each in the lobby."""
    server.start()
    return arrived(*(person(name).set_out() for name in ("Alice", "Bob", "Carol")))


def test_r1_r2_start_with_a_port(tmp_path):
    """One command with --port starts the server; --host and --port start a client on it."""
    port = free_port()
    command = [*ROOKERY, "serve", "--port", str(port)]
    window = Terminal(command, environment(tmp_path / "operator"))
    alice = Person(tmp_path, "Alice", port)
    with contextlib.closing(window), contextlib.closing(alice):
        window.wait_until(lambda lines, _: "  Stop with Ctrl-C." in lines, START_S, "the banner")
        alice.come()
        alice.expect_line(
            f'Connected to 127.0.0.1:{port}. You are Alice. Type "help" for the commands.'
        )
        window.keys("\x03")
        assert window.wait_exit() == 0


def test_r3_a_taken_name_is_asked_for_again(server, person):
    """A name that somebody else has is refused with a word, and another is asked for."""
    server.start()
    person("Alice").come()
    stranger = person("Bob").start()
    stranger.expect_prompt("Username: ")
    stranger.type("Alice")
    stranger.expect_prompt('"Alice" is taken. Username: ')
    stranger.type("alice2")
    stranger.expect("You are alice2.")
    stranger.expect_prompt("> ")


def test_r3_a_taken_name_stays_taken_while_its_owner_is_away(server, person):
    """The first to use a name keeps it, also when they are not connected."""
    server.start()
    alice = person("Alice").come()
    alice.type("exit")
    assert alice.exit_code() == 0
    stranger = person("Bob").start("--user", "Alice")
    stranger.expect_prompt('"Alice" is taken. Username: ')
    alice.start("--user", "Alice")
    alice.expect("You are Alice.")


def test_r3_one_person_at_two_terminals(server, person):
    """The owner of a name may use it twice at once; both see everything."""
    server.start()
    alice, bob = arrived(person("Alice").set_out(), person("Bob").set_out())
    first = alice.terminal
    alice.start("--user", "Alice")
    alice.expect("You are Alice.")
    bob.type("message Alice are you there")
    alice.expect_line("Bob (private): are you there")
    alice.type("message Bob twice, even")
    bob.expect_line("Alice (private): twice, even")
    alice.terminal = first
    alice.expect_line("Bob (private): are you there")
    alice.expect_line("To Bob (from another session): twice, even")


def test_r4_message_asks_for_recipient_and_text(trio):
    """`message` alone asks for both; `message NAME TEXT` needs no question; nobody else sees it."""
    alice, bob, carol = trio
    alice.type("message")
    alice.expect_prompt("To: ")
    alice.type("Bob")
    alice.expect_prompt("Message: ")
    alice.type("lunch at noon?")
    bob.expect_line("Alice (private): lunch at noon?")
    alice.expect_line("Sent to Bob.")
    alice.expect_prompt("> ")
    bob.type("message Alice hi there, yes")
    alice.expect_line("Bob (private): hi there, yes")
    bob.expect_line("Sent to Alice.")
    carol.catch_up_in_lobby()
    carol.not_seen("lunch")
    carol.not_seen("hi there")


def test_r5_who_lists_everybody(trio):
    """`who` lists all who are here, and no longer those who have left."""
    alice, bob, carol = trio
    alice.type("who")
    alice.expect_line("3 people are here: Alice (you), Bob, Carol.")
    carol.join("teamchat")
    bob.type("who")
    bob.expect_line("3 people are here: Alice, Bob (you), Carol.")
    carol.type("leave")
    carol.expect_prompt("> ")
    carol.type("exit")
    carol.exit_code()
    alice.type("who")
    alice.expect_line("2 people are here: Alice (you), Bob.")


def test_r6_join_makes_a_room_or_enters_it(trio):
    """`join` creates a room where there is none, and enters the one that is there."""
    alice, bob, carol = trio
    alice.type("join teamchat")
    alice.expect_line('Joined teamchat: Alice. Type "leave" to go back.')
    bob.join("teamchat", "Alice")
    carol.join("elsewhere")
    bob.type("only for teamchat")
    alice.expect_line("Bob (in teamchat): only for teamchat")
    carol.catch_up()
    carol.not_seen("only for teamchat")


def test_r7_exit_disconnects(trio):
    """`exit` ends the client with 0 and a goodbye; the others see a list without that name."""
    alice, bob, _ = trio
    bob.type("exit")
    assert bob.exit_code() == 0
    bob.expect_line("Bye.")
    alice.type("who")
    alice.expect_line("2 people are here: Alice (you), Carol.")


def test_r8_leave_outside_a_room(trio):
    """`leave` in the lobby does nothing but say so."""
    alice, *_ = trio
    alice.type("leave")
    alice.expect_line("You are not in a room.")
    alice.expect_prompt("> ")
    alice.catch_up_in_lobby()


IN_ROOM = ("exit", "who", "message", "join x", "/anything", "leave it", "Leave", " leave", "/leave")


def test_r9_in_a_room_every_line_is_said(pair_in_room):
    """In a room every line is chat; only what is exactly `leave` leaves."""
    alice, bob = pair_in_room
    for line in IN_ROOM:
        alice.type(line)
        bob.expect_line(f"Alice (in teamchat): {line}")
        alice.expect_line(f"Alice (in teamchat): {line}")
        alice.expect_prompt("teamchat> ")
    bob.not_seen("left")
    alice.type("leave")
    alice.expect_line("Left teamchat.")
    alice.expect_prompt("> ")
    bob.expect_line("Alice left teamchat.")
    bob.catch_up()
    alice.catch_up_in_lobby()
    alice.not_seen("mark 1 of Bob")


def test_r9_exit_in_a_room_is_explained_once(pair_in_room):
    """Whoever says `exit` into a room is told, once, how to leave."""
    alice, bob = pair_in_room
    for _ in range(2):
        alice.type("exit")
    bob.catch_up()
    alice.catch_up()
    assert len(alice.lines_with('"exit" was sent to the room.')) == 1


def test_r10_what_members_see(trio):
    """Each member, also who says it, sees `Alice (in teamchat): Hello team!`, once."""
    alice, bob, carol = trio
    alice.join("teamchat")
    bob.join("teamchat", "Alice")
    carol.join("teamchat", "Alice", "Bob")
    alice.type("Hello team!")
    for one in (alice, bob, carol):
        one.expect_line("Alice (in teamchat): Hello team!")
        one.catch_up()
        assert len(one.lines_with("): Hello team!")) == 1


def test_r11_entering_and_leaving_is_announced(trio):
    """Members see who enters and leaves, whether by `leave` or by kill -9 of the client."""
    alice, bob, carol = trio
    alice.join("teamchat")
    bob.join("teamchat", "Alice")
    alice.expect_line("Bob joined teamchat.")
    bob.type("leave")
    alice.expect_line("Bob left teamchat.")
    carol.join("teamchat", "Alice")
    alice.expect_line("Carol joined teamchat.")
    carol.kill()
    alice.expect_line("Carol left teamchat.")
    bob.catch_up_in_lobby()
    bob.not_seen("Carol")


STORED = [f"while you were away, {number}" for number in range(1, 13)]


def test_r12_messages_wait_for_who_is_offline(server, person):
    """What was sent to somebody offline arrives the moment they connect, in order, and once."""
    server.start()
    alice, bob = arrived(person("Alice").set_out(), person("Bob").set_out())
    bob.type("exit")
    bob.exit_code()
    for text in STORED[:6]:
        alice.type(f"message Bob {text}")
    alice.expect("Bob is offline: delivered when Bob connects.")
    alice.catch_up_in_lobby()
    assert server.stop() == 0
    alice.expect("Connection lost.")
    server.start_again()
    alice.type("")
    alice.expect("Back online", AWAY_S)
    for text in STORED[6:]:
        alice.type(f"message Bob {text}")
    alice.catch_up_in_lobby()
    bob.start("--user", "Bob")
    bob.expect_line("12 messages while you were away:")
    bob.expect_prompt("> ")
    missed = re.compile(r"\[\w{3} \d\d:\d\d\] Alice \(private\): (.*)")
    bob.expect_match(re.compile(rf"{missed.pattern[:-4]}{STORED[-1]}"))
    assert [missed.fullmatch(line)[1] for line in bob.lines_with("(private)")] == STORED
    bob.catch_up_in_lobby()
    bob.type("exit")
    bob.exit_code()
    bob.start("--user", "Bob")
    bob.expect("You are Bob.")
    bob.catch_up_in_lobby()
    bob.not_seen("while you were away")


def test_r12_a_name_that_nobody_has_yet(server, person):
    """A message to a name that nobody has is kept for whoever comes, and the sender knows."""
    server.start()
    alice = person("Alice").come()
    alice.type("message Bob welcome, whoever you are")
    alice.expect_line('Nobody has signed in as "Bob" yet: kept for whoever does.')
    bob = person("Bob").come()
    bob.expect("1 message while you were away:")
    bob.expect("Alice (private): welcome, whoever you are")


def test_r13_the_prompt_and_what_is_typed(pair_in_room):
    """The prompt names the room, and typed text stays whole while messages arrive."""
    alice, bob = pair_in_room
    thought = "a long thought, typed slowly"
    for number, key in enumerate(thought):
        alice.keys(key)
        bob.type(f"message number {number}")
        alice.expect_line(f"Bob (in teamchat): message number {number}")
        alice.expect_prompt("teamchat> ", thought[: number + 1])
    said = [line for line in alice.terminal.lines() if "message number" in line]
    assert said == [f"Bob (in teamchat): message number {at}" for at in range(len(thought))]
    assert alice.lines_with("teamchat> ") == [f"teamchat> {thought}"]
    alice.type("")
    bob.expect_line(f"Alice (in teamchat): {thought}")
    alice.type("leave")
    alice.expect_prompt("> ")


def test_r14_messages_are_pushed(server, tmp_path, person):
    """A client that waits asks for nothing: what it shows came by itself."""
    server.start()
    alice = person("Alice").come()
    alice.join("teamchat")
    with contextlib.closing(Relay(server.port)) as relay:
        bob = Person(tmp_path, "Bob", relay.port)
        with contextlib.closing(bob):
            bob.come()
            bob.join("teamchat", "Alice")
            bob.catch_up()
            asked_before = len(relay.said_by_clients())
            for number in range(20):
                alice.type(f"news {number}")
                bob.expect_line(f"Alice (in teamchat): news {number}")
            asked = relay.said_by_clients()[asked_before:]
            assert [line for line in asked if not line.startswith("PONG")] == []
