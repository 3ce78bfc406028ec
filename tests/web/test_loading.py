"""What the page loads: one script and one stylesheet, compressed, and nothing later."""

import re

import pytest
from playwright.sync_api import expect

from rookery.net.modules import loaded_with
from rookery.net.pages import read_files
from rookery.net.shrink import ENTRY
from rookery.site import FOLDER

LOADED = """() => performance.getEntriesByType("resource").map(
  ({name, encodedBodySize, decodedBodySize}) => [name, encodedBodySize, decodedBodySize])"""

DECLARED = re.compile(r"^(?:export )?(?:async )?(?:class|const|function|let) (\w+)", re.MULTILINE)


@pytest.fixture
def ann(person):
    """Somebody whose browser asks the server for everything itself, without a service worker."""
    return person("ann", service_workers="block")


def test_all_at_once(ann):
    """One script holds the page: dialogs open without anything more being loaded."""
    ann.sign_in().join("teamchat")
    ann.page.route("**/*", lambda route: route.abort())
    ann.button("Settings").click()
    expect(ann.page.get_by_role("dialog", name="Settings")).to_be_visible()
    ann.page.keyboard.press("Escape")
    expect(ann.page.get_by_role("dialog")).to_have_count(0)
    ann.page.keyboard.press("Control+k")
    expect(ann.page.get_by_role("dialog", name="Jump to")).to_be_visible()
    names = [name.rsplit("/", 1)[1] for name, *_ in ann.page.evaluate(LOADED)]
    assert [name for name in names if name.endswith(".js")] == ["main.js"]


def test_compressed(ann):
    """The browser gets compressed what is worth compressing."""
    ann.open()
    sizes = {name: sizes for name, *sizes in ann.page.evaluate(LOADED)}
    assert [name for name, (sent, whole) in sizes.items() if whole > 256 and sent >= whole] == []


def test_names(ann):
    """No module hides a name of the browser's from the others, with which it shares one script."""
    files = read_files(FOLDER)
    modules = [files[name].decode() for name in (ENTRY, *loaded_with(ENTRY, files))]
    names = [name for module in modules for name in DECLARED.findall(module)]
    assert {"fold", "Client", "Page"} <= set(names)
    ann.open()
    assert ann.page.evaluate("(names) => names.filter((name) => name in globalThis)", names) == []
