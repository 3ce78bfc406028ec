"""A server, a browser and people for a test of the web page."""

import contextlib
import itertools

import pytest
from playwright.sync_api import sync_playwright
from tests.e2e.irc import Irc
from tests.e2e.server import Server
from tests.web.browser import FLAGS, Person


@pytest.fixture(scope="session")
def browser(require_tool):
    """One Chromium for all tests: each person has a context of their own in it."""
    path = require_tool("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path):
    """A server that listens."""
    with contextlib.closing(Server(tmp_path)) as server:
        yield server.start()


@pytest.fixture
def person(browser, server, request, tmp_path_factory):
    """Return a function: a name in, a `Person` with a browser out who has opened nothing yet.

    Where the test fails, a screenshot of each is kept in pytest's folder.
    """
    numbers = itertools.count(1)
    with contextlib.ExitStack() as people:

        def person(name, **options):
            address = f"http://127.0.0.1:{server.port}/"
            person = people.enter_context(
                contextlib.closing(Person(browser, name, address, **options))
            )
            folder = tmp_path_factory.getbasetemp() / "screenshots"
            shot = folder / f"{request.node.name}-{next(numbers)}-{name}.png"
            people.callback(lambda: person.page.screenshot(path=shot))
            return person

        yield person


@pytest.fixture
def irc(server):
    """Return a function that opens a bare IRC connection to the server; see `Irc`."""
    with contextlib.ExitStack() as connections:

        def irc(**options):
            return connections.enter_context(contextlib.closing(Irc(server.port, **options)))

        yield irc
