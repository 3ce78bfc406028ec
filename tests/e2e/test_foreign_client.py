"""irssi, a client that knows nothing of Rookery, talks with our line client."""

import re

from tests.e2e.waits import AWAY_S


def test_irssi_and_the_line_client(server, person, irssi):
    """Both see each other enter, talk in the room and in private, and leave."""
    server.start()
    alice = person("Alice").come()
    alice.join("teamchat")
    ivy = irssi("ivy")
    ivy.type("/join #teamchat")
    alice.expect_line("ivy joined teamchat.")
    ivy.expect(re.compile(r"\[@Alice\]"))
    alice.type("Hello team, with an ümlaut!")
    ivy.expect(re.compile(r"<[@ ]?Alice> Hello team, with an ümlaut!"))
    ivy.type("hello from irssi")
    alice.expect_line("ivy (in teamchat): hello from irssi")
    ivy.type("/me waves")
    alice.expect_line("ivy (in teamchat): * waves")
    ivy.type("/msg Alice only for you")
    alice.expect_line("ivy (private): only for you")
    alice.type("leave")
    ivy.expect(re.compile(r"Alice .*has left #teamchat"))
    alice.expect_prompt("> ")
    ivy.type("/window 1")
    alice.type("message ivy only for you, too")
    ivy.expect(re.compile(r"\[Alice\(.*\)\] only for you, too"))
    alice.join("teamchat", "ivy")
    ivy.type("/part #teamchat")
    alice.expect_line("ivy left teamchat.")
    alice.type("exit")
    alice.expect_line("Alice (in teamchat): exit")


def test_irssi_gets_what_it_missed(server, person, irssi):
    """Private messages wait for irssi, in order, with their time, also across a restart."""
    server.start()
    alice = person("Alice").come()
    first = irssi("ivy")
    first.type("/quit")
    first.expect_end()
    alice.catch_up_in_lobby()  # By then the server has read that ivy has left.
    for number in range(3):
        alice.type(f"message ivy while you were away, {number}")
    alice.expect("ivy is offline: delivered when ivy connects.")
    alice.catch_up_in_lobby()
    server.kill()
    server.start_again()
    alice.expect("Back online after", AWAY_S)
    second = irssi("ivy")
    said = re.compile(r"\[Alice\(.*\)\] while you were away, (\d)$")
    second.expect_that(
        lambda lines: [one[1] for one in map(said.search, lines) if one] == ["0", "1", "2"],
        "all in order",
    )
    second.type("/msg Alice thank you")
    alice.expect_line("ivy (private): thank you")
    second.type("/quit")
    second.expect_end()
    third = irssi("ivy")
    third.type("/msg Alice nothing new here")
    alice.expect_line("ivy (private): nothing new here")
    assert [line for line in third.lines() if "while you were away" in line] == []


def test_a_client_without_tags_reads_the_time(server, person, irc):
    """A client that knows no tags finds the time in front of what waited for it."""
    server.start()
    alice = person("Alice").come()
    old = irc().sign_in("old")
    old.send("QUIT")
    old.expect_end()
    for number in range(3):
        alice.type(f"message old while you were away, {number}")
    alice.expect("old is offline: delivered when old connects.")
    alice.catch_up_in_lobby()
    lines = irc().sign_in("old").catch_up()
    said = [line.partition("PRIVMSG old :")[2] for line in lines if " PRIVMSG " in line]
    assert [re.sub(r"^\[\w{3} \d\d:\d\d\] ", "", text) for text in said] == [
        f"while you were away, {number}" for number in range(3)
    ]
    assert all(text.startswith("[") for text in said)
