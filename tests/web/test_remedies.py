"""What is refused says what one can do; what is not found here is looked for elsewhere."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def ann(person, irc):
    """Somebody in a room of bob's, and in one of her own."""
    irc().sign_in("bob").join("#teamchat")
    return person("ann").sign_in().join("garden").join("teamchat")


@pytest.mark.parametrize(
    ("typed", "said"),
    (
        ("/invite bob", "bob is in #teamchat already."),
        ("/invite nobody", "Nobody named nobody is here. /who lists who is."),
        ("/kick bob", "Only operators of #teamchat may do that. Ask one: they stand first"),
    ),
)
def test_a_remedy(ann, typed, said):
    """A command that the server refuses is answered with a sentence that leads on."""
    ann.type(typed)
    expect(ann.page.get_by_text(said)).to_be_visible()


def test_search_everywhere(ann):
    """Search looks in the conversation shown, and with one check everywhere; a hit leads there."""
    ann.say("a heron in the room")
    ann.conversation("garden").click()
    ann.say("a heron in the garden")
    ann.page.keyboard.press("Control+f")
    dialog = ann.page.get_by_role("dialog", name="Search messages")
    dialog.get_by_role("combobox", name="Words").fill("heron")
    expect(dialog.get_by_role("option")).to_have_count(1)
    dialog.get_by_role("checkbox", name="Not in #garden alone, but everywhere").check()
    expect(dialog.get_by_role("option")).to_have_count(2)
    dialog.get_by_role("option", name="ann · #teamchat").click()
    expect(ann.heading("#teamchat")).to_be_visible()
    expect(ann.message("a heron in the room")).to_be_focused()


def test_a_room_that_cannot_be(ann):
    """A name that is refused stays in its dialog, with the reason."""
    ann.button("Join a room").click()
    dialog = ann.page.get_by_role("dialog", name="Join a room")
    name = dialog.get_by_role("combobox", name="Room")
    name.fill("my room")
    name.press("Enter")
    expect(dialog.get_by_role("status")).to_have_text("A room's name has no spaces and no commas.")
    expect(name).to_have_value("my room")


def test_a_refusal_in_a_dialog(ann):
    """What fails while a dialog is open is said in it, and not behind it."""
    ann.button("Settings").click()
    dialog = ann.page.get_by_role("dialog", name="Settings")
    dialog.get_by_role("switch").click()
    sentence = "The browser does not allow notifications from this page."
    expect(dialog.get_by_text(sentence)).to_be_visible()
    dialog.get_by_role("button", name="OK", exact=True).click()
    expect(ann.page.get_by_text(sentence)).to_have_count(0)
    expect(dialog.get_by_role("switch")).not_to_be_checked()
