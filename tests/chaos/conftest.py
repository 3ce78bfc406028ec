"""A server to be hurt, and a crowd that talks all the while.

`ROOKERY_CHAOS` says how often each fault strikes: 3 times in `make test`, 50 in `make chaos`.
"""

import contextlib
import os

import pytest
from tests.chaos.crowd import Crowd
from tests.e2e.irc import Irc
from tests.e2e.server import Server


@pytest.fixture(scope="session")
def times():
    """Return how often a fault strikes."""
    return int(os.environ.get("ROOKERY_CHAOS", "3"))


@pytest.fixture
def server(tmp_path):
    """A server that the test starts itself: `server.start()`."""
    with contextlib.closing(Server(tmp_path)) as server:
        yield server


@pytest.fixture
def crowd():
    """Return a function that gathers a crowd; see `Crowd`."""
    with contextlib.ExitStack() as crowds:

        def gather(port, seed, **options):
            return crowds.enter_context(contextlib.closing(Crowd(port, seed, **options)))

        yield gather


@pytest.fixture
def irc():
    """Return a function that opens a connection to a port; see `Irc`."""
    with contextlib.ExitStack() as connections:

        def irc(port, **options):
            return connections.enter_context(contextlib.closing(Irc(port, **options)))

        yield irc
