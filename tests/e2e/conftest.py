"""Servers, people and connections for a test, all ended with it."""

import contextlib

import pytest
from tests.e2e.irc import Irc
from tests.e2e.person import Person
from tests.e2e.server import Server


@pytest.fixture
def server(tmp_path):
    """A server that the test starts itself: `server.start()`."""
    with contextlib.closing(Server(tmp_path)) as server:
        yield server


@pytest.fixture
def person(tmp_path, server):
    """Return a function: a name in, a person out who has not started their client yet."""
    with contextlib.ExitStack() as people:

        def person(name):
            return people.enter_context(contextlib.closing(Person(tmp_path, name, server.port)))

        yield person


@pytest.fixture
def irc(server):
    """Return a function that opens a connection to the server; see `Irc`."""
    with contextlib.ExitStack() as connections:

        def irc(**options):
            return connections.enter_context(contextlib.closing(Irc(server.port, **options)))

        yield irc
