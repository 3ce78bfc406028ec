"""At 360 pixels one column is seen at a time: what another covers is not read."""

import re

import pytest
from playwright.sync_api import expect
from tests.web.browser import PHONE

IS_LEFT = "!document.querySelector('.row:is(:hover, :focus-within)')"
IS_READ = "!document.querySelector('.sidebar .count').textContent"
BADGE = "button => getComputedStyle(button, '::after').content"
"""The number that stands in a button."""


@pytest.fixture
def bob(irc):
    """Somebody who talks in the room."""
    return irc().sign_in("bob").join("#teamchat")


@pytest.fixture
def ann(person, bob):
    """Somebody with a telephone, who has read all of the room."""
    ann = person("ann", viewport=PHONE).sign_in().join("teamchat")
    bob.send("PRIVMSG #teamchat :before")
    ann.see("before").until(IS_READ)
    return ann


def test_behind_the_list(ann, bob):
    """What is said while the list is shown counts as unread, and the read line stands over it."""
    ann.button("Back to the list").click()
    bob.send("PRIVMSG #teamchat :while away")
    expect(ann.conversation("teamchat")).to_have_accessible_name("teamchat 1 unread")
    ann.conversation("teamchat").click()
    ann.see("while away")
    expect(ann.log.locator(".row.new + .row")).to_contain_text("while away")
    ann.button("Back to the list").click()
    expect(ann.conversation("teamchat")).to_have_accessible_name("teamchat")


def test_behind_the_members(ann, bob):
    """What is said while the members are shown is not read yet either."""
    ann.button("Members").click()
    expect(ann.box).to_be_hidden()
    bob.send("PRIVMSG #teamchat :unseen")
    expect(ann.page).to_have_title("#teamchat · Rookery")
    ann.until("document.querySelector('.sidebar .count').textContent")
    ann.button("Hide members").click()
    ann.see("unseen")
    ann.button("Back to the list").click()
    expect(ann.conversation("teamchat")).to_have_accessible_name("teamchat")


def test_what_waits_elsewhere(ann, bob):
    """In a conversation, the way back says how much for me waits in the others."""
    back = ann.button("Back to the list")
    bob.send("PRIVMSG #teamchat :ann: seen at once", "PRIVMSG ann :in private")
    expect(back).to_have_accessible_description("1 waiting elsewhere")
    assert back.evaluate(BADGE) == '"1"'
    bob.send("PRIVMSG ann :are you there?")
    expect(back).to_have_accessible_description("2 waiting elsewhere")
    back.click()
    ann.conversation("bob").click()
    expect(ann.see("are you there?").button("Back to the list")).not_to_have_attribute(
        "data-count", re.compile("")
    )


def test_an_address_that_names_nobody(ann):
    """A link to what can be nobody's name says so, and spoils nothing."""
    ann.page.evaluate("location.hash = '@a%20b'")
    expect(ann.page.get_by_text('"a b" is no name of a room or a person.')).to_be_visible()
    ann.say("still here")


def test_back_closes_the_members(ann):
    """The browser's "back" closes the members, and one is in the conversation still."""
    ann.button("Members").click()
    expect(ann.box).to_be_hidden()
    ann.page.go_back()
    expect(ann.box).to_be_visible()
    expect(ann.heading("#teamchat")).to_be_visible()


def test_a_tap_on_a_message(person):
    """The tap that brings up the actions presses none of them, wherever it falls."""
    cid = person("cid", viewport=PHONE, has_touch=True, is_mobile=True).sign_in().join("teamchat")
    cid.say("with a finger")
    row = cid.message("with a finger")
    width = row.bounding_box()["width"]
    for left in range(30, 160, 32):
        cid.box.tap()
        cid.until(IS_LEFT)
        row.tap(position={"x": width - left, "y": 12})
        expect(row.get_by_role("group", name="Message actions")).to_be_visible()
        expect(cid.page.get_by_role("dialog")).to_have_count(0)
    row.get_by_role("button", name="Delete", exact=True).tap()
    expect(cid.page.get_by_role("dialog", name="Delete this message?")).to_be_visible()
