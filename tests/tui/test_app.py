"""The whole client on one loop, its screen off the terminal, and a small server on a socket."""

import asyncio
import contextlib

import pytest
from tests.tui.loop import on_a_loop
from tests.unit.client.small_server import SmallServer
from textual.widgets import Input

from rookery.client.client_settings import Settings
from rookery.client.conversation.entry import State
from rookery.client.options import Options
from rookery.client.tui.app import RookeryApp
from rookery.client.tui.ask_screen import AskScreen
from rookery.client.tui.chat_screen import ChatScreen
from rookery.client.tui.keys import bound

SEEN_S = 60.0
"""How long something may take to be seen."""
UNUSED_PORT = 1


@pytest.fixture
def server():
    """A small server."""
    with contextlib.closing(SmallServer()) as server:
        yield server


@pytest.fixture
def app(server, tmp_path):
    """Return a function: a name in, the application of that person out."""

    def make(name, state="", port=0):
        folder = tmp_path / (state or name or "nobody")
        options = Options("127.0.0.1", port or server.port, name, None, None, None, folder)
        return RookeryApp(options, "the office", Settings(), bound({}))

    return make


async def until(pilot, is_so):
    """Wait until it is so, each time that the application has done what there was to do."""
    async with asyncio.timeout(SEEN_S):
        while not is_so():
            await pilot.pause(0.01)


def is_ready(app):
    """Return whether somebody is online, and what they type is taken."""
    return app.run_ and app.run_.session.model.is_online and app.screen.focused


def question(app):
    """Return what the person is asked, empty where nothing is, or no answer is taken yet."""
    is_asking = isinstance(app.screen, AskScreen) and app.screen.focused
    labels = app.screen.query("Static") if is_asking else ()
    return " ".join(str(label.render()) for label in labels)


def is_secret(app):
    """Return whether what is typed now is a password."""
    return isinstance(app.screen.focused, Input) and app.screen.focused.password


async def write(pilot, text):
    """Type a text and press Enter."""
    await pilot.press(*text, "enter")


def said(app, name):
    """Return text and state of what was said in a conversation."""
    held = app.run_.conversations.of(name)
    entries = held.conversation.entries if held is not None else []
    return [(entry.text, entry.state) for entry in entries if entry.is_talk]


async def theme_at_start(client):
    """Return the theme that somebody sees first, whatever the server says of them then."""
    async with client.run_test() as pilot:
        await until(pilot, lambda: client.run_ is not None)
        client.leave()
    return client.theme


@on_a_loop
async def test_person_joins_talks_and_comes_back(server, app):
    """A room, a message, a lost connection with a line typed meanwhile, and the return."""
    client = app("alice")
    async with client.run_test() as pilot:
        await until(pilot, lambda: is_ready(client))
        await write(pilot, "/join team")
        await until(pilot, lambda: client.screen.key == "#team")
        await write(pilot, "hello")
        await until(pilot, lambda: said(client, "#team") == [("hello", State.SENT)])
        server.cut()
        await until(pilot, lambda: not client.run_.session.model.is_online)
        await write(pilot, "typed offline")
        await until(pilot, lambda: len(said(client, "#team")) > 1)
        await pilot.press("f5")
        await until(pilot, lambda: said(client, "#team")[1:] == [("typed offline", State.SENT)])
        await pilot.press("ctrl+q")
    assert [text for _, _, text in server.stored] == ["hello", "typed offline"]
    assert client.unsent == []


@on_a_loop
async def test_next_start_shows_the_last_view_at_once(server, app):
    """Without a server, what was there is there, with what waits."""
    client = app("alice")
    async with client.run_test() as pilot:
        await until(pilot, lambda: is_ready(client))
        await write(pilot, "/join team")
        await until(pilot, lambda: client.screen.key == "#team")
        await write(pilot, "hello")
        await until(pilot, lambda: said(client, "#team") == [("hello", State.SENT)])
        await pilot.press(*"half a sent")
        await pilot.press("ctrl+q")
    server.close()
    again = app("alice")
    async with again.run_test() as pilot:
        await until(pilot, lambda: isinstance(again.screen, ChatScreen))
        await until(pilot, lambda: again.screen.key == "#team")
        assert said(again, "#team") == [("hello", State.SENT)]
        draft = again.run_.conversations.of("#team").conversation.draft
        assert draft == "half a sent"
        await pilot.press("ctrl+q")


@on_a_loop
async def test_chosen_theme_is_there_on_the_next_start(app):
    """`/theme` outlives the client; the config's theme is what somebody else begins with."""
    client = app("alice")
    async with client.run_test() as pilot:
        await until(pilot, lambda: is_ready(client))
        assert client.theme == "dark"
        await write(pilot, "/theme light")
        await until(pilot, lambda: client.theme == "light")
        await pilot.press("ctrl+q")
    assert await theme_at_start(app("alice")) == "light"
    assert await theme_at_start(app("bob", state="alice")) == "dark"


@on_a_loop
async def test_name_is_asked_for_and_asked_again_when_it_is_taken(server, app):
    """Somebody else's name is refused with a sentence, and another one is taken."""
    server.accounts["alice"] = "hers"
    client = app(None)
    async with client.run_test() as pilot:
        await until(pilot, lambda: question(client))
        await write(pilot, "alice")
        await until(pilot, lambda: '"alice" is taken.' in question(client))
        await write(pilot, "bob")
        await until(pilot, lambda: client.run_.session.model.is_online)
        assert client.run_.session.model.nick == "bob"
        await pilot.press("ctrl+q")


@on_a_loop
async def test_taken_name_opens_with_its_password(server, app):
    """Who types the name once more is asked for its password, which nobody sees."""
    server.accounts["alice"] = "hers"
    client = app("alice")
    async with client.run_test() as pilot:
        await until(pilot, lambda: question(client))
        await write(pilot, "alice")
        await until(pilot, lambda: is_secret(client))
        await write(pilot, "hers")
        await until(pilot, lambda: client.run_.session.model.is_online)
        assert client.run_.session.model.account == "alice"
        await pilot.press("ctrl+q")


@on_a_loop
async def test_no_server_at_the_first_start_ends_with_its_code(app):
    """Nothing to show and nobody to talk to: the sentence of the line client, and 69."""
    client = app("alice", port=UNUSED_PORT)
    async with client.run_test() as pilot:
        await until(pilot, lambda: client.error)
        assert client.return_value == 69
    assert client.error.startswith(f"No server answers at 127.0.0.1:{UNUSED_PORT}.")
