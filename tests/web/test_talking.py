"""Two people at the page: they find each other and talk."""

from playwright.sync_api import expect
from tests.web.browser import PHONE


def test_two_people_in_a_room(person):
    """What one says in a room the other reads, in both directions."""
    ann = person("ann").sign_in().join("teamchat")
    bob = person("bob").sign_in().join("teamchat")
    ann.say("Good morning!")
    bob.see("Good morning!").say("Hello Ann.")
    ann.see("Hello Ann.")
    members = bob.page.get_by_role("complementary", name="Members")
    expect(members.get_by_role("button", name="ann")).to_be_visible()


def test_two_people_in_private(person):
    """A private message shows up with its count, and is answered."""
    ann = person("ann").sign_in()
    bob = person("bob").sign_in()
    ann.write_to("bob").say("Lunch?")
    expect(bob.conversation("ann")).to_have_accessible_name("ann (here) 1 unread")
    bob.conversation("ann").click()
    bob.see("Lunch?").say("At 12:30.")
    ann.see("At 12:30.")


def test_a_name_that_is_taken(person):
    """Who wants somebody else's name is asked for its password, or takes another one."""
    person("ann").sign_in()
    other = person("ben").open()
    other.give_name("ann")
    expect(other.page.get_by_role("alert")).to_contain_text('"ann" is taken')
    expect(other.page.get_by_role("textbox", name="Password")).to_be_visible()
    other.give_name("ben")
    expect(other.button("New message")).to_be_visible()


def test_a_phone(person, irc):
    """At 360 pixels there is one column at a time, and nothing is cut off."""
    ann = person("ann", viewport=PHONE, has_touch=True).sign_in()
    ann.join("teamchat").say("From the train")
    expect(ann.button("Join a room")).to_be_hidden()
    width = ann.page.evaluate("document.documentElement.scrollWidth")
    assert width == PHONE["width"]
    ann.button("Members").click()
    expect(ann.page.get_by_role("complementary", name="Members")).to_be_visible()
    ann.button("Hide members").click()
    ann.button("Back to the list").click()
    ann.conversation("teamchat").click()
    ann.see("From the train")
