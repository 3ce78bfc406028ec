"""What one can do with a message: answer, react, correct, delete, find it again."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def pair(person):
    """Two people in one room."""
    return [person(name).sign_in().join("teamchat") for name in ("ann", "bob")]


def test_reply(pair):
    """An answer quotes what it answers, and the quote leads there."""
    ann, bob = pair
    ann.say("Tea or coffee?")
    bob.see("Tea or coffee?").act("Tea or coffee?", "Reply")
    bob.type("Tea, please")
    quote = ann.message("Tea, please").get_by_role("button", name="Tea or coffee?")
    quote.click()
    asked = ann.log.get_by_role("listitem").filter(has_text="Tea or coffee?").first
    expect(asked).to_be_focused()


def test_reaction(pair):
    """A reaction is counted for everybody, and taken back by pressing it again."""
    ann, bob = pair
    ann.say("It works!")
    bob.see("It works!").act("It works!", "React")
    bob.page.get_by_role("dialog").get_by_role("button", name="🎉", exact=True).click()
    chip = ann.message("It works!").get_by_role("button", name="🎉 1, bob")
    expect(chip).to_have_attribute("aria-pressed", "false")
    chip.click()
    own = ann.message("It works!").get_by_role("button", name="🎉 2, bob, ann")
    expect(own).to_have_attribute("aria-pressed", "true")
    own.click()
    expect(bob.message("It works!").get_by_role("button", name="🎉 1, bob")).to_be_visible()


def test_edit(pair):
    """↑ in the empty box corrects one's last message, for everybody and in its place."""
    ann, bob = pair
    ann.say("Meet at 12:00")
    bob.see("Meet at 12:00").say("Fine.")
    ann.see("Fine.").box.press("ArrowUp")
    expect(ann.box).to_have_value("Meet at 12:00")
    ann.type("Meet at 12:30")
    bob.see("Meet at 12:30")
    expect(bob.message("Meet at 12:30").get_by_text("edited")).to_be_visible()
    expect(bob.log.get_by_text("Meet at 12:00")).to_have_count(0)


def test_delete(pair):
    """What one deletes is gone for everybody, after a question."""
    ann, bob = pair
    ann.say("Oops")
    bob.see("Oops")
    ann.act("Oops", "Delete")
    ann.page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    bob.see("This message was deleted.")
    expect(bob.log.get_by_text("Oops")).to_have_count(0)


def test_search(pair):
    """Search finds a message on the server and jumps to it."""
    ann, bob = pair
    ann.say("The password is swordfish")
    for number in range(30):
        ann.say(f"filler {number}")
    bob.see("filler 29").button("Search messages").click()
    bob.page.get_by_role("combobox", name="Words").fill("swordfish")
    option = bob.page.get_by_role("option", name="The password is swordfish")
    option.click()
    expect(bob.message("swordfish")).to_be_focused()


def test_keyboard(pair):
    """↑ goes from message to message, and letters act on the one in focus."""
    ann, bob = pair
    ann.say("first").say("second")
    bob.see("second").log.focus()
    bob.page.keyboard.press("ArrowUp")
    expect(bob.message("second")).to_be_focused()
    bob.page.keyboard.press("ArrowUp")
    bob.page.keyboard.press("r")
    expect(bob.box).to_be_focused()
    expect(bob.page.get_by_text("Reply to ann: first")).to_be_visible()


def test_jump(pair):
    """Ctrl-K finds a conversation by some of its letters."""
    ann, _ = pair
    ann.join("garden")
    ann.page.keyboard.press("Control+k")
    ann.page.get_by_role("combobox", name="Room or person").fill("tmch")
    ann.page.keyboard.press("Enter")
    expect(ann.page.get_by_role("heading", name="#teamchat", exact=True)).to_be_visible()


def test_a_command_that_is_none(pair):
    """An unknown command is not sent; the way out is said."""
    ann, _ = pair
    ann.type("/jion room")
    expect(ann.page.get_by_text("There is no command /jion")).to_be_visible()
    ann.type("//shrug")
    ann.see("/shrug")


def test_typing_behind_a_click(pair):
    """Who clicks on a message and types, writes: letters act only where the keyboard led."""
    ann, bob = pair
    ann.say("Which colour?")
    bob.see("Which colour?").message("Which colour?").click()
    bob.page.keyboard.type("red")
    expect(bob.box).to_have_value("red")


def test_drafts(pair):
    """What one has begun to write stays with its conversation, also over a reload."""
    ann, _ = pair
    ann.box.fill("half a thought")
    ann.join("garden")
    expect(ann.box).to_have_value("")
    ann.conversation("teamchat").click()
    expect(ann.box).to_have_value("half a thought")
    ann.page.reload()
    expect(ann.box).to_have_value("half a thought")


def test_several_lines(pair):
    """Shift-Enter breaks the line, and the message arrives as one."""
    ann, bob = pair
    ann.box.fill("one")
    ann.box.press("Shift+Enter")
    ann.box.press_sequentially("two")
    ann.box.press("Enter")
    expect(bob.message("one")).to_contain_text("one\ntwo")


def test_a_file(pair, tmp_path):
    """A picture is sent as a link, and shown to those who ask for it."""
    ann, bob = pair
    picture = tmp_path / "dot.png"
    picture.write_bytes(ann.page.screenshot())
    ann.page.locator("input[type=file]").set_input_files(picture)
    expect(ann.button("Remove dot.png")).to_be_visible()
    ann.box.press("Enter")
    expect(bob.message("dot.png").get_by_role("img")).to_have_count(0)
    bob.button("Show image dot.png").click()
    expect(bob.message("dot.png").get_by_role("img", name="dot.png")).to_be_visible()
