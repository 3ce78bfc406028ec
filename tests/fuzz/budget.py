"""How long the harnesses look for trouble: a budget of seconds, shared evenly among them.

Where runs must be alike (CI) a round draws from its number: the next one looks elsewhere all the
same, and the next run sees no other inputs than this one.
"""

import itertools
import os
import time

from hypothesis import HealthCheck, given, seed, settings

TOTAL_S = float(os.environ.get("ROOKERY_FUZZ_S", "60" if os.environ.get("CI") else "10"))
"""For all harnesses together; `make fuzz` gives them longer."""
HARNESSES = 8
EXAMPLES = 100
"""Inputs of one round; after each the clock is looked at."""


def fuzzed(*strategies):
    """Call the test with inputs of the strategies again and again until its time is up."""

    def decorate(test):
        inner = settings(
            max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck)
        )(given(*strategies)(test))

        def again_and_again():
            until_s = time.monotonic() + TOTAL_S / HARNESSES
            for number in itertools.count():
                if settings().derandomize:
                    seed(number)(inner)
                inner()
                if time.monotonic() > until_s:
                    return

        again_and_again.__name__ = test.__name__
        again_and_again.__doc__ = test.__doc__
        return again_and_again

    return decorate
