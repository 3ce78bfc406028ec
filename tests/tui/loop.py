"""Run a test that waits for its application."""

import asyncio
import functools


def on_a_loop(test):
    """Run an async test to its end."""

    @functools.wraps(test)
    def run(**fixtures):
        asyncio.run(test(**fixtures))

    return run
