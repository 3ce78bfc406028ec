"""What every test has: hypothesis without timings, and the programs of others that tests start.

Nothing is ever skipped: a missing program fails the test that needs it, with its remedy.
"""

import os
import shutil
import signal

import pytest
from hypothesis import HealthCheck, settings

# How long drawing takes says how busy the machine is, and nothing of what is tested.
settings.register_profile(
    "local", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "ci", settings.get_profile("local"), max_examples=100, derandomize=True, database=None
)
settings.register_profile("long", settings.get_profile("local"), max_examples=5000)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") == "true" else "local")
)

# Where the tests run in the background of a script they inherit a SIGINT that is ignored, and would
# hand that on: no program that they start could be ended with Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def require_tool():
    """Return a function: a program's name in, its path out; a missing one fails the test."""

    def path_of(program, package=None):
        path = shutil.which(program)
        if path is None:
            package = package or program
            pytest.fail(f"{program} is missing. On Debian: apt-get install {package}")
        return path

    return path_of
