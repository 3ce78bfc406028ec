"""Whoever follows a link is in the room, and what one types goes into the text box."""

import pytest
from playwright.sync_api import expect
from tests.web.browser import PHONE, WIDE


@pytest.mark.parametrize("viewport", (WIDE, PHONE), ids=("desk", "phone"))
def test_a_link_to_a_room(person, irc, viewport):
    """A browser without a past that opens a room's address is in it once a name is given."""
    irc().sign_in("bob").join("#teamchat")
    ann = person("ann", viewport=viewport).open("teamchat")
    ann.give_name("ann")
    expect(ann.heading("#teamchat")).to_be_visible()
    expect(ann.box).to_be_focused()
    ann.say("here I am")
    ann.page.reload()
    ann.see("here I am")
    expect(ann.box).to_be_focused()


def test_the_box_after_a_dialog(person):
    """After a room was joined or a password set, the next letter goes into the text box."""
    ann = person("ann").sign_in().join("garden")
    expect(ann.box).to_be_focused()
    ann.button("Set a password").click()
    expect(ann.page.get_by_text("It needs at least 6 characters.")).to_be_visible()
    ann.page.get_by_label("New password").fill("a-long-password")
    ann.page.keyboard.press("Enter")
    expect(ann.page.get_by_text("The password is set.")).to_be_visible()
    expect(ann.box).to_be_focused()
    ann.page.evaluate("location.hash = 'kitchen'")
    ann.button("Join this room").click()
    expect(ann.box).to_be_focused()


def test_to_the_newest_message_and_back(person):
    """Shift-Tab leads from the box to the newest message, where letters are actions."""
    ann = person("ann").sign_in().join("garden").say("one https://a.example/").say("two")
    ann.box.press("Shift+Tab")
    expect(ann.message("two")).to_be_focused()
    ann.page.keyboard.press("e")
    expect(ann.box).to_have_value("two")
    ann.box.press("Escape")
    ann.box.press("Shift+Tab")
    ann.page.keyboard.press("ArrowUp")
    expect(ann.message("one")).to_be_focused()
    ann.page.keyboard.press("Tab")
    expect(ann.message("one").get_by_role("link")).to_be_focused()


def test_nothing_yet(person):
    """On a small screen without a conversation the list is shown, whatever the address says."""
    ann = person("ann", viewport=PHONE).sign_in()
    ann.page.evaluate("location.hash = 'a,b'")
    expect(ann.button("Join a room")).to_be_visible()
