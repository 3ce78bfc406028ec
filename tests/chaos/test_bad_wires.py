"""Connections that are slow, in pieces, cut in mid-line and in mid-delivery, or dead."""

import contextlib

import pytest
from tests.chaos.audit import CONFIG, check
from tests.chaos.wire import Wire
from tests.e2e.waits import SEEN_S

PATIENCE_S = 1.0
FAST_PINGS = f"{CONFIG}ping_interval_s = 1\nping_timeout_s = 1\n"
CUTS_PER_TIME = 15


@pytest.fixture
def wire(server):
    """Return a function that lays a bad wire to the server."""
    with contextlib.ExitStack() as wires:

        def wire(seed):
            return wires.enter_context(contextlib.closing(Wire(server.port, seed)))

        yield wire


def _heal(bad, talking):
    """From now on silence is a busy server: who hung up on it would only keep it busier."""
    bad.heal()
    talking.patience_s = SEEN_S


def test_cuts_under_load(server, wire, crowd, times):
    """Cut at any byte, in either direction: what was echoed is there, what was resent once."""
    server.start("--no-limits", config=FAST_PINGS)
    bad = wire("cuts")
    talking = crowd(bad.port, "cuts", patience_s=PATIENCE_S)
    wanted = CUTS_PER_TIME * times
    talking.run_until(lambda: bad.cut_count >= wanted, SEEN_S * times, f"{wanted} cuts")
    _heal(bad, talking)
    check(server, talking)


def test_cuts_and_kills(server, wire, crowd, times):
    """The same while the server is killed, too."""
    server.start("--no-limits", config=FAST_PINGS)
    bad = wire("cuts and kills")
    talking = crowd(bad.port, "cuts and kills", patience_s=PATIENCE_S)
    for _ in range(times):
        wanted = bad.cut_count + CUTS_PER_TIME // 3
        talking.run_until(lambda wanted=wanted: bad.cut_count >= wanted, SEEN_S, f"{wanted} cuts")
        talking.run_lines(talking.rng.randrange(1, 500))
        server.kill()
        server.start_again()
    _heal(bad, talking)
    check(server, talking)


def test_half_open_connections(server, wire, crowd):
    """All connections die without a word: the server notices, and all get what they missed."""
    server.start("--no-limits", config=FAST_PINGS)
    good = wire("half-open")
    good.heal()
    talking = crowd(good.port, "half-open", patience_s=PATIENCE_S)
    talking.run_echoes(200)
    good.go_dead()
    before = talking.echo_count()
    talking.run_until(lambda: talking.echo_count() > before + 200, SEEN_S, "talk again")
    check(server, talking)
