"""Two people with the full-screen client, beside each other, the line client and irssi, in tmux."""

import re

from tests.e2e.arrivals import arrived
from tests.e2e.full_screen import PHONE, USUAL, middle


def test_two_people(server, in_tmux):
    """They see each other in the room and in private, whichever of it is in front."""
    server.start()
    alice, bob = arrived(in_tmux("alice").set_out(), in_tmux("bob").set_out(size=(120, 30)))
    alice.join("general")
    bob.join("general")
    alice.type("Hello team, with an ümlaut!")
    bob.expect_message("alice", "Hello team, with an ümlaut!")
    bob.type("hello alice")
    alice.expect_message("bob", "hello alice")
    bob.type("/msg alice only for you")
    bob.expect_prompt("alice> ")
    bob.expect_message("bob", "only for you")
    alice.expect_that(lambda lines: any(is_unread(row, "bob") for row in lines), "1 unread")
    alice.keys("\x1ba")
    alice.expect_prompt("bob> ").expect_message("bob", "only for you")
    alice.type("and for you")
    bob.expect_message("alice", "and for you")
    alice.keys("\x1b1")
    alice.expect_prompt("#general> ").expect_message("bob", "hello alice")
    alice.expect_gone("only for you")
    alice.expect_that(lambda lines: not any(is_unread(row, "bob") for row in lines), "all read")


def is_unread(row, name):
    """Return whether the list of rooms and people shows one unread message of `name`."""
    return re.match(rf" +{name} .*\b1 +▕", row) is not None


def test_what_was_said_to_somebody_away(server, in_tmux):
    """It is there when they sign in, in order, and once; the next time it is not news any more."""
    server.start()
    alice, bob = arrived(in_tmux("alice").set_out(), in_tmux("bob").set_out())
    bob.type("/quit")
    bob.terminal.wait_exit()
    alice.type("/msg bob")
    alice.expect_prompt("bob> ")
    for number in range(3):
        alice.type(f"while you were away, {number}")
        alice.expect_message("alice", f"while you were away, {number}")
    bob.come()
    bob.expect_prompt("alice> ").expect_message("alice", "while you were away, 2")
    bob.expect(" new (3) ")
    expect_said_while_away(bob)
    bob.type("thank you")
    alice.expect_message("bob", "thank you")
    bob.type("/quit")
    bob.terminal.wait_exit()
    bob.come()
    bob.expect_prompt("alice> ").expect_message("bob", "thank you")
    bob.catch_up()
    expect_said_while_away(bob)


def expect_said_while_away(person):
    """Wait until all that was said meanwhile is on the screen, in order, and once."""
    text = "while you were away"
    said = [f"{text}, {at}" for at in range(3)]
    person.expect_that(
        lambda lines: said == [row[row.index(text) :] for row in map(middle, lines) if text in row],
        "all of it once",
    )


def test_any_size(server, in_tmux):
    """The list of people hides, then the list of rooms; what was said and typed stays in view."""
    server.start()
    alice = in_tmux("alice").come(size=(120, 30))
    alice.join("general")
    words = " ".join(f"word{number}" for number in range(8))
    alice.type(words)
    alice.expect_message("alice", words).expect("1 person")
    alice.keys("half a line")
    alice.resize(USUAL)
    alice.expect_gone("1 person").expect("ROOMS").expect("word7")
    alice.resize(PHONE)
    alice.expect_gone("ROOMS").expect("word0 ").expect("word7")
    alice.expect_prompt("#general> ", "half a line")
    assert max(map(len, alice.screen())) <= PHONE[0]
    alice.keys("\x1b[18~")
    alice.expect("ROOMS")
    alice.keys("\x1b[18~")
    alice.expect_gone("ROOMS").expect("word7")
    alice.resize((120, 30))
    alice.expect("1 person").expect_message("alice", words)
    alice.expect_prompt("#general> ", "half a line")


def test_phone_from_the_start(server, in_tmux):
    """At 40 columns one talks as at 120."""
    server.start()
    alice, bob = arrived(in_tmux("alice").set_out(size=PHONE), in_tmux("bob").set_out(size=PHONE))
    alice.join("general")
    bob.join("general")
    alice.type("short and narrow")
    bob.expect_message("alice", "short and narrow")
    bob.type("indeed")
    alice.expect_message("bob", "indeed")


def test_beside_the_line_client(server, in_tmux, person):
    """Both see the same room, and each the other's private messages."""
    server.start()
    alice, carol = arrived(in_tmux("alice").set_out(), person("carol").set_out())
    alice.join("general")
    carol.join("general", "alice")
    alice.expect("carol joined")
    carol.type("from the line")
    alice.expect_message("carol", "from the line")
    alice.type("from the screen")
    carol.expect_line("alice (in general): from the screen")
    alice.type("/me waves")
    carol.expect_line("alice (in general): * waves")
    alice.type("/msg carol only for you")
    carol.expect_line("alice (private): only for you")
    alice.type("/leave #general")
    carol.expect_line("alice left general.")


def test_beside_irssi(server, in_tmux, irssi):
    """A client that knows nothing of Rookery is talked with as any other."""
    server.start()
    alice = in_tmux("alice").come()
    alice.join("general")
    ivy = irssi("ivy")
    ivy.type("/join #general")
    alice.expect("ivy joined")
    ivy.expect(re.compile(r"\[@alice\]"))
    ivy.type("hello from irssi")
    alice.expect_message("ivy", "hello from irssi")
    alice.type("hello irssi")
    ivy.expect(re.compile(r"<[@ ]?alice> hello irssi"))
    ivy.type("/me waves")
    alice.expect_message("* ivy", "waves")
    alice.type("/topic Release Friday")
    ivy.expect(re.compile(r"alice .*topic of #general to: Release Friday"))
    ivy.type("/window 1")
    ivy.type("/msg alice only for you")
    alice.keys("\x1ba")
    alice.expect_prompt("ivy> ").expect_message("ivy", "only for you")
    alice.type("and for you")
    ivy.expect(re.compile(r"\[alice\(.*\)\] and for you"))
