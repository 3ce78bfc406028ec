"""What the page loads, and when: little at first, the rest when somebody wants it."""

import pytest
from playwright.sync_api import expect

LOADED = """() => performance.getEntriesByType("resource").map(
  ({name, encodedBodySize, decodedBodySize}) => [name, encodedBodySize, decodedBodySize])"""


@pytest.fixture
def ann(person):
    """Somebody whose browser asks the server for everything itself, without a service worker."""
    return person("ann", service_workers="block", expected=("settings.js",))


def test_loaded_when_used(ann):
    """Dialogs are not loaded with the page but when they are opened."""
    ann.sign_in()
    before = {name.rsplit("/", 1)[1] for name, *_ in ann.page.evaluate(LOADED)}
    ann.button("Settings").click()
    expect(ann.page.get_by_role("dialog", name="Settings")).to_be_visible()
    after = {name.rsplit("/", 1)[1] for name, *_ in ann.page.evaluate(LOADED)}
    assert {"page.js", "client.js", "style.css"} <= before
    assert not before & {"settings.js", "dialog.js", "finder.js", "commands.js", "push.js"}
    assert {"settings.js", "dialog.js"} <= after - before


def test_compressed(ann):
    """The browser gets compressed what is worth compressing."""
    ann.open()
    sizes = {name: sizes for name, *sizes in ann.page.evaluate(LOADED)}
    assert [name for name, (sent, whole) in sizes.items() if whole > 256 and sent >= whole] == []


def test_cannot_be_loaded(ann):
    """Where a part of the page cannot be loaded, a sentence says so and nothing else is lost."""
    ann.sign_in().join("teamchat")
    ann.box.fill("half a line")
    ann.page.route("**/ui/settings.js", lambda route: route.abort())
    ann.button("Settings").click()
    expect(ann.page.get_by_text("This part of the page could not be loaded.")).to_be_visible()
    expect(ann.page.get_by_role("dialog")).to_have_count(0)
    expect(ann.box).to_have_value("half a line")
    ann.box.press("Enter")
    ann.see("half a line")
    ann.page.unroute("**/ui/settings.js")
    ann.page.reload()
    ann.button("Settings").click()
    expect(ann.page.get_by_role("dialog", name="Settings")).to_be_visible()
