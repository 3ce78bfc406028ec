"""Servers, people and connections for a test, all ended with it."""

import contextlib
import functools
import re

import pytest
from tests.e2e.arrivals import arrived
from tests.e2e.bystanders import Bystanders
from tests.e2e.full_screen import FullScreen
from tests.e2e.irc import Irc
from tests.e2e.person import Person
from tests.e2e.server import Server
from tests.e2e.tmux import Tmux
from tests.e2e.waits import START_S

IRSSI_SETTINGS = """\
/set -clear autocreate_query_level
/set autocreate_own_query OFF
/set cmds_max_at_once 100
"""
"""Private messages are shown in the first window, and commands are not held back."""


@pytest.fixture
def server(tmp_path):
    """A server that the test starts itself: `server.start()`."""
    with contextlib.closing(Server(tmp_path)) as server:
        yield server


@pytest.fixture(scope="module")
def lasting(tmp_path_factory):
    """Return a function: flags and settings in, a server out that the tests of a file share.

    For tests that do nothing to it; `start` and `stop` are not theirs to call.
    """
    with contextlib.ExitStack() as servers:

        @functools.cache
        def lasting(*flags, config=""):
            server = Server(tmp_path_factory.mktemp("lasting"))
            servers.enter_context(contextlib.closing(server))
            return server.start(*flags, config=config)

        yield lasting


@pytest.fixture(scope="module")
def lasting_bystanders(lasting):
    """Two people on a server without pacing, both shared by the tests of a file."""
    server = lasting("--no-limits")
    with contextlib.ExitStack() as connections:
        yield Bystanders(
            server, lambda: connections.enter_context(contextlib.closing(Irc(server.port)))
        )


@pytest.fixture
def person(tmp_path, server):
    """Return a function: a name in, a person out who has not started their client yet."""
    with contextlib.ExitStack() as people:

        def person(name):
            return people.enter_context(contextlib.closing(Person(tmp_path, name, server.port)))

        yield person


@pytest.fixture
def pair_in_room(server, person):
    """Alice and Bob, both in teamchat, and Alice has seen Bob enter."""
    server.start()
    alice, bob = arrived(person("Alice").set_out(), person("Bob").set_out())
    alice.join("teamchat")
    bob.join("teamchat", "Alice")
    alice.expect_line("Bob joined teamchat.")
    return alice, bob


@pytest.fixture
def irc(server):
    """Return a function that opens a connection to the server, or a given port; see `Irc`."""
    with contextlib.ExitStack() as connections:

        def irc(port=0, **options):
            one = Irc(port or server.port, **options)
            return connections.enter_context(contextlib.closing(one))

        yield irc


@pytest.fixture
def in_tmux(tmp_path, server, require_tool):
    """Return a function: a name in, a person out who will use the full-screen client in tmux."""
    tmux = require_tool("tmux")
    with contextlib.ExitStack() as people:

        def in_tmux(name):
            person = FullScreen(tmp_path, name, server.port, tmux)
            return people.enter_context(contextlib.closing(person))

        yield in_tmux


@pytest.fixture
def full_screen(tmp_path, server):
    """Return a function as `in_tmux` does, but the client has the terminal to itself."""
    with contextlib.ExitStack() as people:

        def full_screen(name):
            person = FullScreen(tmp_path, name, server.port)
            return people.enter_context(contextlib.closing(person))

        yield full_screen


@pytest.fixture
def irssi(server, tmp_path, require_tool):
    """Return a function that starts irssi as `nick`, connected to the server."""
    tmux, program = require_tool("tmux"), require_tool("irssi")
    home = tmp_path / "ivy"
    settings = home / "irssi"
    settings.mkdir(parents=True)
    (settings / "startup").write_text(IRSSI_SETTINGS, encoding="utf-8")
    with contextlib.ExitStack() as windows:

        def irssi(nick):
            where = ("--connect", "127.0.0.1", "--port", str(server.port), "--nick", nick)
            command = [program, "--home", str(settings), *where]
            window = windows.enter_context(contextlib.closing(Tmux(tmux, home, command)))
            window.expect(re.compile(rf"Welcome to Rookery, {nick}!"), START_S)
            return window

        yield irssi
