"""The server is killed, stopped and halted in the middle of talk; all promises hold."""

import signal

from tests.chaos.audit import CONFIG, check
from tests.e2e.waits import SEEN_S, STOP_S

MAX_LINES = 2500
"""A server that has just started dies within so many lines: also while people still sign in."""
QUIET_TURNS = 10
"""Half a second in which nobody hears anything."""


def test_kill_under_load(server, crowd, times):
    """Killed again and again, at any moment: nothing echoed is lost, doubled or dreamt."""
    server.start("--no-limits", config=CONFIG)
    talking = crowd(server.port, "kill")
    talking.run_echoes(200)
    for _ in range(times):
        talking.run_lines(talking.rng.randrange(1, MAX_LINES))
        server.kill()
        server.start_again()
    check(server, talking)


def test_stop_under_load(server, crowd, times):
    """SIGTERM in mid-talk ends the server in time, with 0, and loses nothing."""
    server.start("--no-limits", config=CONFIG)
    talking = crowd(server.port, "stop")
    for _ in range(times):
        talking.run_echoes(talking.rng.randrange(1, 500))
        server.tell_to_stop()
        talking.run_until(lambda: server.process.poll() is not None, STOP_S, "the server's end")
        assert server.process.returncode == 0
        server.start_again()
    check(server, talking)


def test_halt_under_load(server, crowd, times):
    """A server that stands still for a while (SIGSTOP) goes on where it was; nobody is dropped."""
    server.start("--no-limits", config=CONFIG)
    talking = crowd(server.port, "halt")
    for _ in range(times):
        talking.run_echoes(talking.rng.randrange(100, 400))
        server.process.send_signal(signal.SIGSTOP)
        talking.run_until(lambda: talking.quiet_turns >= QUIET_TURNS, SEEN_S, "silence")
        server.process.send_signal(signal.SIGCONT)
    assert {one.connection for one in talking.talkers} == {*range(1, len(talking.talkers) + 1)}
    check(server, talking)
