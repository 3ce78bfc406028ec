"""Keys that reach the full-screen client together, as from a slow line: their order is kept."""

BACKSPACE = "\x7f"
LEFT = "\x1b[D"
UP = "\x1b[A"


def test_a_burst_of_keys(server, in_tmux):
    """Letters, Backspace, arrows and Enter that come at once do what they do one by one."""
    server.start()
    alice = in_tmux("alice").come()
    alice.join("team")
    alice.keys(f"abcdefgh{BACKSPACE * 4}XY\rbc{LEFT * 2}a\r")
    alice.expect_message("alice", "abcdXY").expect_message("alice", "abc")


def test_a_correction_in_one_burst(server, in_tmux):
    """↑, Backspaces, the new end and Enter that come at once correct the last message."""
    server.start()
    alice = in_tmux("alice").come()
    alice.join("team")
    alice.type("my tpyo")
    alice.expect_message("alice", "my tpyo")
    alice.keys(f"{UP}{BACKSPACE * 4}typo\rnext\r")
    alice.expect_message("alice", "my typo (edited)").expect_message("alice", "next")
    alice.expect_gone("tpyo")


def test_a_jump_in_one_burst(server, in_tmux):
    """What follows Ctrl-K at once is typed into the jump; what follows its Enter is said there."""
    server.start()
    alice = in_tmux("alice").come()
    alice.join("team")
    alice.join("ops")
    alice.keys("\x0bteam\r\rhello there\r")
    alice.expect_prompt("#team> ").expect_message("alice", "hello there")
