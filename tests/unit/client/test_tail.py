import io
import json
import sys
import threading
from pathlib import Path

import pytest
from tests.unit.client.small_server import SmallServer

from rookery.client.options import Options
from rookery.client.send import send
from rookery.client.tail import tail
from rookery.errors import RefusedError

WAIT_S = 60.0


class Screen(io.StringIO):
    """An output that is broken off behind a number of lines, as `head` does."""

    def __init__(self, max_lines):
        super().__init__()
        self._left = max_lines
        self._hole = Path("/dev/null").open()  # noqa: SIM115 - closed with the screen

    def write(self, text):
        if self._left <= 0:
            raise BrokenPipeError
        self._left -= text.count("\n")
        return super().write(text)

    def fileno(self):
        return self._hole.fileno()

    def close(self):
        self._hole.close()


@pytest.fixture
def server():
    """A small server."""
    server = SmallServer()
    yield server
    server.close()


@pytest.fixture
def say(server, tmp_path):
    """Return a function that says lines in a room once somebody is in it."""
    threads = []
    options = Options("127.0.0.1", server.port, "builder", None, None, None, tmp_path / "b")

    def run(room, lines):
        server.wait_for(lambda: any(room in person.rooms for person in server.people), WAIT_S)
        for line in lines:
            send(options, room, line)

    def start(room, *lines):
        threads.append(threading.Thread(target=run, args=(room, lines)))
        threads[-1].start()

    yield start
    for thread in threads:
        thread.join(WAIT_S)


@pytest.fixture
def tailed(server, tmp_path, monkeypatch):
    """Return a function that tails until so many lines are out, and returns them."""
    options = Options("127.0.0.1", server.port, "watch", None, None, None, tmp_path / "w")

    def run(target, max_lines, *, is_json=False):
        screen = Screen(max_lines)
        monkeypatch.setattr(sys, "stdout", screen)
        assert tail(options, target, is_json, 0) == 0
        lines = screen.getvalue().splitlines()
        screen.close()
        return lines

    return run


def test_messages_as_they_come(tailed, say):
    """Each message is a line; it ends when nobody reads any more."""
    say("#ops", "one", "two", "three")
    assert tailed("#ops", 2) == ["builder (in ops): one", "builder (in ops): two"]


def test_json(tailed, say):
    """With --json each message is an object."""
    say("#ops", "one", "two")
    (line,) = tailed("#ops", 1, is_json=True)
    message = json.loads(line)
    assert (message["from"], message["target"], message["text"]) == ("builder", "#ops", "one")
    assert message["id"]


def test_room_that_lets_nobody_in(tailed):
    """A room that refuses is an error with its reason."""
    with pytest.raises(RefusedError, match="it has a key"):
        tailed("#closed", 1)
