"""What the page loads: one script and one stylesheet, compressed, and nothing later."""

import pytest
from playwright.sync_api import expect

LOADED = """() => performance.getEntriesByType("resource").map(
  ({name, encodedBodySize, decodedBodySize}) => [name, encodedBodySize, decodedBodySize])"""


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
