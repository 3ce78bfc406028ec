"""A server, a browser and people for a test of the web page."""

import contextlib
import itertools
from typing import Final

import pytest
from playwright.sync_api import sync_playwright
from tests.e2e.irc import Irc
from tests.e2e.person import Person as TerminalPerson
from tests.e2e.server import Server
from tests.web.browser import FLAGS, Person

HAS_FAILED: Final = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Tell the fixtures whether their test has failed."""
    report = yield
    if report.failed:
        item.stash[HAS_FAILED] = True
    return report


@pytest.fixture(scope="session")
def browser(require_tool):
    """One Chromium for all tests: each person has a context of their own in it."""
    path = require_tool("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def flags():
    """What the server is started with; a test file may have others."""
    return ()


@pytest.fixture
def config():
    """What stands in the server's config file; a test file may have another."""
    return ""


@pytest.fixture
def server(tmp_path, flags, config):
    """A server that listens."""
    with contextlib.closing(Server(tmp_path)) as server:
        yield server.start(*flags, config=config)


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

            def keep_picture():
                if HAS_FAILED in request.node.stash:
                    person.page.screenshot(path=shot)

            people.callback(keep_picture)
            return person

        yield person


@pytest.fixture
def terminal(tmp_path, server):
    """Return a function: a name in, somebody out who has the line client in a terminal."""
    with contextlib.ExitStack() as people:

        def terminal(name):
            return people.enter_context(
                contextlib.closing(TerminalPerson(tmp_path, name, server.port))
            )

        yield terminal


@pytest.fixture
def irc(server):
    """Return a function that opens a bare IRC connection to the server; see `Irc`."""
    with contextlib.ExitStack() as connections:

        def irc(**options):
            return connections.enter_context(contextlib.closing(Irc(server.port, **options)))

        yield irc
