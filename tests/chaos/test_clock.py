"""The wall clock jumps back and forth in the middle of talk, and over a restart."""

import subprocess

import pytest
from tests.chaos.audit import CONFIG, check

JUMPS_S = (3600, -3600, 86_400, -86_400, 0, 315_360_000, 0, -315_360_000, 60)


@pytest.fixture
def set_clock(server, tmp_path, require_tool):
    """Return a function that sets how many seconds the server's clock is ahead of ours."""
    faketime = require_tool("faketime")
    shown = subprocess.run(
        [faketime, "-m", "2020-01-01 00:00:00", "env"], capture_output=True, text=True, check=True
    )
    variables = dict(line.partition("=")[::2] for line in shown.stdout.splitlines())
    ahead = tmp_path / "ahead"

    def set_clock(seconds):
        # In one step: the server must never read half a number.
        new = tmp_path / "ahead.new"
        new.write_text(f"{seconds:+}\n", encoding="ascii")
        new.rename(ahead)

    set_clock(0)
    server.variables = {
        "LD_PRELOAD": variables["LD_PRELOAD"],
        "FAKETIME_TIMESTAMP_FILE": str(ahead),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    return set_clock


def test_clock_jumps_under_load(server, crowd, times, set_clock):
    """Order, mail and sessions do not hang on the clock: nobody is dropped, nothing is lost."""
    server.start("--no-limits", config=CONFIG)
    talking = crowd(server.port, "clock")
    for seconds in JUMPS_S[:times]:
        talking.run_echoes(100)
        set_clock(seconds)
    talking.run_echoes(100)
    assert {one.connection for one in talking.talkers} == {*range(1, len(talking.talkers) + 1)}
    check(server, talking)


def test_clock_set_back_over_a_restart(server, crowd, times, set_clock):
    """A server that wakes up in the past goes on behind what it has stored."""
    server.start("--no-limits", config=CONFIG)
    talking = crowd(server.port, "clock and kill")
    for seconds in JUMPS_S[:times]:
        talking.run_echoes(100)
        server.kill()
        set_clock(seconds)
        server.start_again()
    talking.run_echoes(100)
    check(server, talking)
