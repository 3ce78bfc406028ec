"""Turns at the processor, asked for by processes of their own, not by the tests' process."""

import subprocess
import sys

SHORT_NS = 100_000
SHOWN = "print(os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0) == os.SCHED_OTHER)"


def _said_by(program):
    """Return what a fresh interpreter prints that has imported `os` and `turns`."""
    done = subprocess.run(
        [sys.executable, "-c", f"import os; from rookery import turns; {program}"],
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout.split()


def test_short_turns_cost_nobody_a_share():
    """Who wants short turns is as nice as before, and takes them back in the same way."""
    nice, is_ordinary = _said_by(SHOWN)
    asked = f"print(turns.want_turns({SHORT_NS}) == turns.want_turns(0))"
    assert _said_by(f"{asked}; {SHOWN}") == ["True", nice, is_ordinary]


def test_spare_turns_are_nice():
    """Who takes spare turns stands back for all others, and keeps the ordinary policy."""
    nice, is_ordinary = _said_by(f"turns.take_spare_turns(); {SHOWN}")
    assert int(nice) >= 5
    assert is_ordinary == "True"


def test_another_policy_is_left_alone():
    """Where the operator has chosen a policy, nothing is asked for."""
    batch = "os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))"
    assert _said_by(f"{batch}; print(turns.want_turns({SHORT_NS}))") == ["False"]
    assert _said_by(f"{batch}; turns.want_turns({SHORT_NS}); {SHOWN}")[1] == "False"
