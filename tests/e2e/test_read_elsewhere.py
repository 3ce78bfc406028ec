"""What is read in the line client is read on other devices, and the other way round."""

from tests.e2e.arrivals import arrived
from tests.e2e.program import run

CAPS = "server-time message-tags draft/read-marker"
PASSWORD = "correct-horse"


def other_device(irc):
    """Return a second connection of Alice, whose account it makes."""
    account = irc().sign_in("Alice", "draft/account-registration", password=PASSWORD)
    account.send("QUIT")
    return irc().come_back("Alice", CAPS, PASSWORD)


def time_of(line):
    """Return the server-time of a line."""
    return line.partition("time=")[2].partition("Z")[0] + "Z"


def test_printed_lines_are_read(server, person, irc):
    """With Enter the page is told how far Alice has read, in a room and with Bob."""
    server.start()
    page = other_device(irc)
    alice = person("Alice").start("--user", "Alice", ROOKERY_PASSWORD=PASSWORD)
    (bob,) = arrived(person("Bob").set_out())
    alice.expect_prompt("> ")
    alice.join("teamchat")
    bob.join("teamchat", "Alice")
    bob.type("first")
    bob.type("second")
    alice.expect_line("Bob (in teamchat): second")
    at = time_of(page.expect("PRIVMSG #teamchat :?second"))
    alice.type("what is printed above is read")
    page.expect(f"MARKREAD #teamchat timestamp={at}")
    bob.type("leave")
    bob.type("message Alice psst")
    alice.expect_line("Bob (private): psst")
    at = time_of(page.expect("PRIVMSG Alice :?psst"))
    alice.type("and this")
    page.expect(f"MARKREAD Bob timestamp={at}")
    bob.type("message Alice bye")
    alice.expect_line("Bob (private): bye")
    at = time_of(page.expect("PRIVMSG Alice :?bye"))
    alice.type("exit")
    page.expect(f"MARKREAD Bob timestamp={at}")


def test_what_waited_is_read(server, person, irc):
    """A message that waited is printed at the start, and read with the first Enter."""
    server.start()
    page = other_device(irc)
    page.send("QUIT")
    page.expect("ERROR")
    bob = irc().sign_in("Bob")
    bob.send("PRIVMSG Alice :for later", "PING :kept")
    bob.expect("PONG .*kept")
    alice = person("Alice").start("--user", "Alice", ROOKERY_PASSWORD=PASSWORD)
    alice.expect("Bob (private): for later")
    alice.expect_prompt("> ")
    back = irc().come_back("Alice", CAPS, PASSWORD)
    alice.type("who")
    back.expect("MARKREAD Bob timestamp=")


def test_lines_read_elsewhere_are_left_out(server, person, irc):
    """A room begins behind what was read on the page; a kept private message comes all the same."""
    server.start()
    page = other_device(irc)
    page.send("JOIN #teamchat")
    (bob,) = arrived(person("Bob").set_out())
    bob.join("teamchat", "Alice")
    bob.type("read on the page")
    at = time_of(page.expect("PRIVMSG #teamchat"))
    page.send(f"MARKREAD #teamchat timestamp={at}")
    page.expect(f"MARKREAD #teamchat timestamp={at}")
    bob.type("not read yet")
    page.expect("PRIVMSG #teamchat :?not read yet")
    page.send("QUIT")
    bob.expect_line("Alice left teamchat.")
    bob.type("leave")
    bob.type("message Alice for later")
    bob.expect_line("Alice is offline: delivered when Alice connects.")
    alice = person("Alice").start("--user", "Alice", ROOKERY_PASSWORD=PASSWORD)
    alice.expect("Bob (private): for later")
    alice.type("join teamchat")
    alice.expect("Bob (in teamchat): not read yet")
    alice.not_seen("read on the page")


def test_script_reads_nothing(server, tmp_path, irc):
    """What goes into a pipe was not read by anybody: the page is told nothing of it."""
    server.start()
    page = other_device(irc)
    bob = irc().sign_in("Bob")
    page.send("QUIT")
    page.expect("ERROR")
    bob.send("PRIVMSG Alice :for a person", "PING :kept")
    bob.expect("PONG .*kept")
    where = ("--port", str(server.port), "--user", "Alice")
    done = run(tmp_path / "home", "chat", *where, text="who\n", ROOKERY_PASSWORD=PASSWORD)
    assert "Bob (private): for a person" in done.stdout
    back = irc().come_back("Alice", CAPS, PASSWORD)
    back.send("MARKREAD Bob")
    assert back.expect("MARKREAD Bob").endswith(" *")
