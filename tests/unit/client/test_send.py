import io
import sys

import pytest
from tests.unit.client.small_server import SmallServer

from rookery.client import backoff
from rookery.client.options import Options
from rookery.client.send import send
from rookery.client.state import StateFolder, server_key
from rookery.errors import ClientError, RefusedError, UnreachableError


@pytest.fixture
def server():
    """A small server."""
    server = SmallServer()
    yield server
    server.close()


@pytest.fixture
def options(server, tmp_path):
    """Options of builder."""
    return Options("127.0.0.1", server.port, "builder", None, None, None, tmp_path)


def test_one_text(options, server):
    """A text to a person is stored when it returns 0."""
    assert send(options, "bob", "it is done") == 0
    assert server.stored == [("builder", "bob", "it is done")]


@pytest.mark.parametrize("text", ("", "\n"))
def test_no_text(options, server, text):
    """A text that is empty, as of a variable that is not set, is an error."""
    with pytest.raises(ClientError, match="The text is empty"):
        send(options, "bob", text)
    assert server.stored == []


def test_lines_of_the_input(options, server, monkeypatch):
    """Each line of the input is a message, in order, in a room that is entered for it."""
    lines = [f"line {number}" for number in range(100)]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\n\n".join(lines).encode())))
    assert send(options, "#ci", None) == 0
    assert server.stored == [("builder", "#ci", line) for line in lines]


def test_connection_lost_on_the_way(options, server, monkeypatch):
    """It returns 0 also across a lost connection, and sends once."""
    monkeypatch.setattr(backoff, "FIRST_WAIT_S", 0.01)
    server.deaf_to = ("it is done",)
    assert send(options, "#ci", "it is done") == 0
    assert server.stored == [("builder", "#ci", "it is done")]


def test_room_that_lets_nobody_in(options, server):
    """A room that refuses is an error with its reason, and nothing is sent."""
    with pytest.raises(RefusedError, match="it has a key"):
        send(options, "#closed", "hi")
    assert server.stored == []


def test_taken_name(options, server):
    """A name of somebody else is refused with the remedy."""
    server.accounts["builder"] = "theirs"
    with pytest.raises(RefusedError, match="--password-file"):
        send(options, "bob", "hi")


def test_no_server(options, server):
    """Without a server it says so."""
    server.close()
    with pytest.raises(UnreachableError):
        send(options, "bob", "hi")


def test_name_of_the_person_here(options, server, tmp_path):
    """Without --user it is the name with which somebody chatted last here."""
    StateFolder(tmp_path).set_last_name(server_key(options), "ann")
    send(options, "bob", "one")
    nameless = Options("127.0.0.1", server.port, None, None, None, None, tmp_path)
    send(nameless, "bob", "two")
    assert [sender for sender, _, _ in server.stored] == ["builder", "ann"]
    assert StateFolder(tmp_path).last_name(server_key(options)) == "ann"
