import io
import os
import sys
import threading

import pytest
from tests.unit.client.small_server import SmallServer

from rookery.client import backoff
from rookery.client.line import chat
from rookery.client.options import Options
from rookery.errors import UnreachableError


@pytest.fixture
def server():
    """A small server."""
    server = SmallServer()
    yield server
    server.close()


@pytest.fixture
def run(server, tmp_path, monkeypatch):
    """Return a function that runs `rookery chat` on a pipe: input in, output and code out."""

    def run_with(text, user=None, *, is_ending=True):
        reading, writing = os.pipe()
        out = io.StringIO()
        with os.fdopen(reading) as stdin, os.fdopen(writing, "w") as typing:
            monkeypatch.setattr(sys, "stdin", stdin)
            monkeypatch.setattr(sys, "stdout", out)
            typing.write(text)
            typing.flush()
            if is_ending:
                typing.close()
            options = Options("127.0.0.1", server.port, user, None, None, None, tmp_path)
            code = chat(options)
        return code, out.getvalue().splitlines()

    return run_with


def test_the_original_flow(run, server):
    """One line in is one command; it ends when the input has ended and all is acknowledged."""
    code, lines = run("alice\nwho\njoin teamchat\nHello team!\nexit\nleave\nleave\nmessage bob hi")
    assert code == 0
    connected = (
        f'Connected to 127.0.0.1:{server.port}. You are alice. Type "help" for the commands.'
    )
    assert lines == [
        "Username:",
        connected,
        "1 person is here: alice (you).",
        'Joined teamchat: alice. Type "leave" to go back.',
        "alice (in teamchat): Hello team!",
        "alice (in teamchat): exit",
        '("exit" was sent to the room. Type "leave" first, then "exit".)',
        "Left teamchat.",
        "You are not in a room.",
        "Sent to bob.",
    ]
    said = [("alice", "#teamchat", "Hello team!"), ("alice", "#teamchat", "exit")]
    assert server.stored == [*said, ("alice", "bob", "hi")]


def test_exit_command(run):
    """`exit` ends it while the input is still open."""
    code, lines = run("exit\n", "alice", is_ending=False)
    assert (code, len(lines)) == (0, 1)


def test_taken_name(run, server):
    """Another name is read from the input, unless the command line gave the name."""
    server.accounts["alice"] = "hers"
    code, lines = run("alice\nann\n")
    assert code == 0
    assert '"alice" is taken. Username:' in lines
    code, lines = run("", "alice")
    assert code == 77
    assert lines[0].startswith('"alice" is taken.')


def test_no_name(run):
    """An input that ends before the name is a usage error, with the remedy."""
    code, lines = run("")
    assert code == 2
    assert "--user NAME" in lines[-1]


def test_lost_echo(run, server, monkeypatch):
    """A connection that dies before the echo loses and doubles nothing."""
    monkeypatch.setattr(backoff, "FIRST_WAIT_S", 0.01)
    server.deaf_to = ("two",)
    code, lines = run("join x\none\ntwo\nthree\n", "alice")
    assert code == 0
    assert [text for _, _, text in server.stored] == ["one", "two", "three"]
    assert "alice (in x): three" in lines


def test_no_prompt_toolkit(run, monkeypatch):
    """The pipe needs the standard library alone."""
    monkeypatch.delitem(sys.modules, "rookery.client.line.terminal", raising=False)
    run("exit\n", "alice")
    assert "rookery.client.line.terminal" not in sys.modules


def test_no_server(run, server):
    """Without a server there is nothing to run."""
    server.close()
    with pytest.raises(UnreachableError):
        run("alice\n")


def test_signals_are_as_before(run):
    """The handlers of the process are put back."""
    before = threading.main_thread()
    run("exit\n", "alice")
    assert before is threading.current_thread()
