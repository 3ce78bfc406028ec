"""What calls for attention, and what does not: counters, title, read line, joins and parts."""

import re

import pytest
from playwright.sync_api import expect

PASSWORD = "a bird in the hand"
HIDE = """isHidden => {
  Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
  const value = isHidden ? "hidden" : "visible";
  Object.defineProperty(document, "visibilityState", { value, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
"""What a page sees of it that its tab goes into the background: here every tab is in front."""


@pytest.fixture
def bob(irc):
    """Somebody who talks in the room."""
    return irc().sign_in("bob").join("#teamchat")


@pytest.fixture
def devices(person, bob):
    """One person with two browsers, both in the room, both looking at something else."""
    first = person("ann").sign_in()
    first.button("Set a password").click()
    first.page.get_by_role("textbox", name="New password").fill(PASSWORD)
    dialog = first.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Set password", exact=True).click()
    first.page.get_by_text("The password is set.").wait_for()
    second = person("ann").open()
    second.give_name("ann")
    second.page.get_by_role("textbox", name="Password").fill(PASSWORD)
    second.button("Join").click()
    for device in (first, second):
        expect(device.button("New message")).to_be_visible()
        device.join("teamchat").join("elsewhere")
    return first, second


def unread(one, words):
    """Wait until the room's link in the left column says so many unread."""
    expect(one.conversation("teamchat")).to_have_accessible_name(f"teamchat{words}")


def test_counters_and_title(person, bob):
    """Unread messages and mentions are counted apart; the title counts what is for me."""
    ann = person("ann").sign_in().join("teamchat").join("elsewhere")
    bob.send("PRIVMSG #teamchat :for all", "PRIVMSG #teamchat :ann: for you")
    unread(ann, " 1 unread @1 mention")
    expect(ann.page).to_have_title("(1) #elsewhere · Rookery")
    bob.send("PRIVMSG ann :in private")
    expect(ann.page).to_have_title("(2) #elsewhere · Rookery")
    ann.conversation("bob").click()
    ann.conversation("teamchat").click()
    ann.see("for all")
    expect(ann.message("for you").locator("mark")).to_have_text("ann")
    expect(ann.page).to_have_title("#teamchat · Rookery")
    unread(ann, "")


def test_what_is_read_on_one_device_is_read_on_all(devices, bob):
    """Opening a room on one device takes its count away on the other."""
    first, second = devices
    bob.send(*(f"PRIVMSG #teamchat :news {number}" for number in range(3)))
    for device in devices:
        unread(device, " 3 unread")
    first.conversation("teamchat").click()
    first.see("news 2")
    unread(second, "")


def test_a_page_in_the_background_reads_nothing(devices, bob):
    """What comes while the page is not visible stays unread until it is."""
    first, second = devices
    first.conversation("teamchat").click()
    first.page.evaluate(HIDE, arg=True)
    bob.send("PRIVMSG #teamchat :who sees this?")
    first.see("who sees this?")
    unread(second, " 1 unread")
    unread(first, " 1 unread")
    first.page.evaluate(HIDE, arg=False)
    unread(second, "")


def test_who_is_not_at_the_bottom_has_not_read(devices, bob):
    """What comes while one reads further up stays unread until one is at the bottom."""
    first, second = devices
    bob.send(*(f"PRIVMSG #teamchat :filler {number}" for number in range(60)))
    for device in devices:
        unread(device, " 60 unread")
    first.conversation("teamchat").click()
    first.button("To the newest ↓").or_(first.message("filler 59")).first.click()
    unread(second, "")
    first.see("filler 59").log.evaluate("log => { log.scrollTop = 0; }")
    expect(first.message("filler 59")).not_to_be_in_viewport()
    bob.send("PRIVMSG #teamchat :down here")
    unread(second, " 1 unread")
    first.button("1 new ↓").click()
    unread(second, "")


def test_the_read_line(person, bob):
    """Behind the last message that was read stands a line, as long as one looks at the room."""
    ann = person("ann").sign_in().join("teamchat")
    bob.send("PRIVMSG #teamchat :old")
    ann.see("old")
    unread(ann, "")
    ann.join("elsewhere")
    bob.send("PRIVMSG #teamchat :fresh")
    unread(ann, " 1 unread")
    ann.conversation("teamchat").click()
    ann.see("fresh")
    expect(ann.log.locator(".row.new + .row:last-child")).to_contain_text("fresh")
    ann.say("I have seen it")
    expect(ann.log.get_by_text("new", exact=True)).to_have_count(0)


def test_joins_and_parts_are_one_line(person, irc):
    """Comings and goings next to each other are one line, which opens; or one each, by choice."""
    ann = person("ann").sign_in().join("teamchat").say("quiet here")
    guests = [irc().sign_in(f"guest{number}").join("#teamchat") for number in range(3)]
    for guest in guests[:2]:
        guest.send("PART #teamchat")
        guest.catch_up()
    merged = ann.log.get_by_text("3 joined, 2 left")
    merged.click()
    expect(ann.log.get_by_text(re.compile("guest1 joined"))).to_be_visible()
    ann.button("Settings").click()
    ann.page.get_by_label("People who join and leave").select_option("A line for each")
    ann.page.keyboard.press("Escape")
    expect(merged).to_have_count(0)
    ann.see("guest1 joined").see("guest0 left")


def test_who_is_away_looks_so(person, bob):
    """Who is away looks away in every place, also where the conversation with them is new."""
    ann = person("ann").sign_in().join("teamchat")
    bob.send("AWAY :in the kitchen", "PRIVMSG ann :back at four")
    expect(ann.conversation("bob")).to_have_accessible_name("bob (away) 1 unread")
    members = ann.page.get_by_role("complementary", name="Members")
    expect(members.get_by_role("button", name="bob (away)")).to_be_visible()
    bob.send("AWAY")
    expect(ann.conversation("bob")).to_have_accessible_name("bob (here) 1 unread")
    expect(members.get_by_role("button", name="bob (here)")).to_be_visible()
