"""How the full-screen client begins and ends: names, exit codes, and the terminal itself."""

import signal

from tests.e2e.arrivals import arrived
from tests.e2e.program import run
from tests.e2e.waits import START_S

ENTER_ALTERNATE, LEAVE_ALTERNATE = b"\x1b[?1049h", b"\x1b[?1049l"


def test_name_taken(server, full_screen, irc):
    """The name is asked for; a taken one is told, and another one is asked for."""
    server.start()
    irc().sign_in("alice", password="hers-alone")
    late = full_screen("late").start()
    late.expect("Your name:", START_S)
    late.type("no spaces please")
    late.expect("A name has no spaces.")
    late.type("alice")
    late.expect('"alice" is taken.')
    late.type("alice2")
    late.expect("● online").expect("alice2")


def test_quit(server, full_screen):
    """/quit ends it with 0, the others see it go at once, and the terminal is as it was."""
    server.start()
    alice, bob = arrived(full_screen("alice").set_out(), full_screen("bob").set_out())
    alice.join("general")
    bob.join("general")
    alice.expect("bob joined")
    bob.type("/quit")
    assert bob.exit_code() == 0
    alice.expect("bob came and went")
    written = bob.terminal.written()
    assert written.count(ENTER_ALTERNATE) == written.count(LEAVE_ALTERNATE) == 1
    assert written.rindex(LEAVE_ALTERNATE) > written.rindex(ENTER_ALTERNATE)
    assert written.rindex(b"\x1b[?25h") > written.rindex(b"\x1b[?25l")


def test_ctrl_c(server, full_screen):
    """It empties the line; on an empty one it says how to quit, and Ctrl-Q quits."""
    server.start()
    alice = full_screen("alice").come()
    alice.join("general")
    alice.keys("half a line")
    alice.expect_prompt("#general> ", "half a line")
    alice.keys("\x03")
    alice.expect_prompt("#general> ")
    alice.keys("\x03")
    alice.expect("Ctrl-Q")
    alice.keys("\x11")
    assert alice.exit_code() == 0


def test_terminal_closed(server, full_screen, in_tmux):
    """Nothing is left behind: the others see it go, and what was typed is there the next time."""
    server.start()
    alice, bob = arrived(in_tmux("alice").set_out(), full_screen("bob").set_out())
    alice.join("general")
    bob.join("general")
    alice.expect("bob joined")
    bob.keys("half a line")
    bob.expect_prompt("#general> ", "half a line")
    bob.terminal.close()
    assert bob.terminal.wait_exit() != 0
    alice.expect("bob came and went")
    bob.start("--user", "bob")
    bob.expect_prompt("#general> ", "half a line", START_S)


def test_terminated(server, full_screen):
    """SIGTERM is a goodbye: the terminal is left as it was."""
    server.start()
    alice = full_screen("alice").come()
    alice.terminal.process.send_signal(signal.SIGTERM)
    assert alice.exit_code() == 0
    assert LEAVE_ALTERNATE in alice.terminal.written()


def test_no_terminal(tmp_path):
    """A pipe is told, in a sentence, what to use instead."""
    ended = run(tmp_path / "home", "tui", "--port", "1")
    assert ended.returncode == 1
    assert "rookery chat --host 127.0.0.1 --port 1" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_nobody_there(full_screen):
    """Where no server listens the first time, it ends with a sentence and 69."""
    alice = full_screen("alice")
    alice.port = 1
    alice.start("--user", "alice")
    assert alice.exit_code() == 69
    alice.expect("No server answers at 127.0.0.1:1. Start one: rookery serve --port 1")


def test_no_colour(server, full_screen):
    """With NO_COLOR no colour reaches the terminal, and every state is still told."""
    server.start()
    alice = full_screen("alice").come(NO_COLOR="1")
    alice.join("general")
    alice.type("in black and white")
    alice.expect_message("alice", "in black and white")
    coloured = [code for code in sgr(alice.terminal.written()) if is_colour(code)]
    assert coloured == []


def sgr(written):
    """Return every SGR parameter that was written."""
    codes = []
    for part in written.split(b"\x1b[")[1:]:
        body, mark, _ = part.partition(b"m")
        if mark and body.replace(b";", b"").isdigit():
            codes += map(int, body.split(b";"))
    return codes


def is_colour(code):
    """Return whether an SGR parameter chooses a colour that is not a grey of the terminal's own."""
    return code in range(30, 38) or code in range(40, 48) or code in range(90, 108)
