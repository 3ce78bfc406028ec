"""Stores to judge, and the short way to make what they keep."""

import contextlib
import tempfile
from pathlib import Path

import pytest

from rookery.core.events import Said
from rookery.core.names import conversation_key
from rookery.store.base import Batch, Search
from rookery.store.memory import MemoryStore
from rookery.store.sqlite import SqliteStore


@contextlib.contextmanager
def _open_sqlite():
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore.open(Path(folder) / "data")
        store.load()
        yield store
        store.close()


@contextlib.contextmanager
def _open_memory():
    store = MemoryStore()
    store.load()
    yield store
    store.close()


@pytest.fixture(scope="session", params=[_open_sqlite, _open_memory], ids=["sqlite", "memory"])
def open_store(request):
    """Return what opens a fresh store, loaded, for the length of a `with`."""
    return request.param


@pytest.fixture
def store(open_store):
    """Return a fresh store, loaded."""
    with open_store() as opened:
        yield opened


class Make:
    """Rows of which only what matters is named."""

    def message(self, number, conversation="#rook", sender="ann", recipient="", text="hi"):
        return Said(
            id=number,
            conversation=conversation,
            sender=sender,
            recipient=recipient,
            source=f"{sender}!{sender}@host",
            account=sender,
            command="PRIVMSG",
            target=recipient or conversation,
            text=text,
            tags="",
            client_id="",
        )

    def private(self, number, sender, recipient, text="hi"):
        conversation = conversation_key(sender, recipient)
        return self.message(number, conversation, sender, recipient, text)

    def event(self, number, command, text="", conversation="#rook", sender="ann"):
        return self.message(number, conversation, sender, text=text)._replace(command=command)

    def search(self, words, places=(), name="", **changes):
        asked = Search(words, dict.fromkeys(places, 0), name, 0, "", 0, 1 << 62, 100)
        return asked._replace(**changes)

    def settle(self, store):
        """Let the store do all that waits."""
        while store.tidy():
            pass

    def batch(self, *messages):
        return Batch(messages=[*messages])


@pytest.fixture(scope="session")
def make():
    """Return the maker of rows."""
    return Make()
