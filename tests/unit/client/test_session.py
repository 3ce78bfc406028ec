import threading

import pytest
from tests.unit.client.small_server import SmallServer

from rookery.client import asking, backoff
from rookery.client import session as session_module
from rookery.client.dial import dial
from rookery.client.news import GaveUp, Lost
from rookery.client.options import Options
from rookery.client.session import Session
from rookery.client.shown import BackOnline, NameTaken, Sent, SignedIn
from rookery.errors import RefusedError, UnreachableError

WAIT_S = 60.0


@pytest.fixture
def server():
    """A small server."""
    server = SmallServer()
    yield server
    server.close()


class Listener:
    """Keeps the news of a session, and waits for one of them."""

    def __init__(self):
        self.news = []
        self._changed = threading.Condition()

    def __call__(self, news):
        with self._changed:
            self.news.append(news)
            self._changed.notify_all()

    def wait_for(self, kind):
        with self._changed:
            assert self._changed.wait_for(lambda: self._first(kind), WAIT_S), self.news
            found = self._first(kind)
            self.news.remove(found)
            return found

    def _first(self, kind):
        return next((one for one in self.news if isinstance(one, kind)), None)


@pytest.fixture
def client(server, tmp_path):
    """Return a function that starts a session; all are stopped in the end."""
    sessions = []

    def start(name="alice", state="state", password=""):
        state_dir = tmp_path / state
        options = Options("127.0.0.1", server.port, None, None, None, None, state_dir)
        session, listener = Session(options), Listener()
        sessions.append(session)
        session.open()
        session.start(listener)
        if name:
            session.sign_in(name, password)
        return session, listener

    yield start
    for session in sessions:
        session.stop()


def test_name_is_one_s_own(server, client):
    """The secret of the first use opens the name the next time, and to nobody else."""
    first, listener = client()
    assert SignedIn("alice", "alice") == listener.wait_for(SignedIn)
    first.stop()
    secret = server.accounts["alice"]
    _, again = client()
    again.wait_for(SignedIn)
    assert secret == server.accounts["alice"]
    _, stranger = client(state="elsewhere")
    assert NameTaken("alice") == stranger.wait_for(NameTaken)


def test_connection_lost_behind_register(server, client):
    """A name whose registration was not heard of is its owner's: the secret of it is kept."""
    server.deaf_to = ("alice",)
    session, listener = client()
    assert SignedIn("alice", "alice") == listener.wait_for(SignedIn)
    assert session.saved_password() == server.accounts["alice"]


def test_password_given(server, client):
    """A person's own password opens the name, and is kept for the next time."""
    server.accounts["alice"] = "mine"
    session, listener = client(password="mine")
    listener.wait_for(SignedIn)
    assert session.saved_password() == "mine"


def test_cut_connection(server, client, monkeypatch):
    """A line whose echo went down with the connection is stored once, and told as sent."""
    monkeypatch.setattr(backoff, "FIRST_WAIT_S", WAIT_S)  # It comes back when it is told to.
    server.deaf_to = ("hello",)
    session, listener = client()
    listener.wait_for(SignedIn)
    with session.using() as model:
        asking.say(model, "bob", "hello")
    listener.wait_for(Lost)
    with session.using() as model:
        asking.say(model, "bob", "more")
    session.try_now()
    assert listener.wait_for(BackOnline).sent == 2
    assert Sent("bob", "hello") == listener.wait_for(Sent)
    assert server.stored == [("alice", "bob", "hello"), ("alice", "bob", "more")]


def test_server_gone_and_back(server, client):
    """Tries go on until the server answers."""
    session, listener = client()
    listener.wait_for(SignedIn)
    server.cut()
    assert listener.wait_for(Lost).is_first
    session.try_now()
    listener.wait_for(BackOnline)
    assert session.wait_for(lambda model: model.is_online, WAIT_S)


def test_hurry_while_a_try_fails(server, client, monkeypatch):
    """Who asks for the next try while this one fails does not wait for it."""
    for wait in ("FIRST_WAIT_S", "LONGEST_WAIT_S"):
        monkeypatch.setattr(backoff, wait, 2 * WAIT_S)
    session, listener = client()
    listener.wait_for(SignedIn)
    failures = [UnreachableError("Not yet.")]

    def dialled(*given):
        if failures:
            session.try_now()
            raise failures.pop()
        return dial(*given)

    monkeypatch.setattr(session_module, "dial", dialled)
    server.cut()
    listener.wait_for(Lost)
    session.try_now()
    listener.wait_for(BackOnline)
    assert failures == []


def test_banned(server, client):
    """Who is shut out for good is told once, and no further try is made."""
    server.banned = "go away"
    _, listener = client()
    gave_up = listener.wait_for(GaveUp)
    assert isinstance(gave_up.error, RefusedError)
    assert "go away" in str(gave_up.error)


def test_slow_to_name(server, client):
    """A connection that the server closes while a name is thought of is made anew, unseen."""
    session, listener = client(name="")
    server.cut()
    session.sign_in("alice")
    listener.wait_for(SignedIn)
    assert not [one for one in listener.news if isinstance(one, Lost)]


def test_no_server(server, client, tmp_path):
    """Without a server the first connection fails with the reason."""
    server.close()
    options = Options("127.0.0.1", server.port, None, None, None, None, tmp_path)
    with pytest.raises(UnreachableError):
        Session(options).open()
