"""The box to write in: drafts, commands, completion, pastes, and who is typing."""

import re

import pytest
from playwright.sync_api import expect

WATCH_TYPING = """() => {
  const line = document.querySelector(".typing");
  window.typing = [];
  const note = new MutationObserver(() => window.typing.push(line.textContent));
  note.observe(line, { childList: true });
}"""
"""Notes who is said to be typing: that goes away by itself, maybe before a busy machine looks."""
PASTED = "first line\nsecond line\n\nfourth line"


@pytest.fixture
def pair(person):
    """Two people in one room."""
    return [person(name).sign_in().join("teamchat") for name in ("ann", "bob")]


def paste(one, text):
    """Paste a text as one does: from the clipboard."""
    one.context.grant_permissions(["clipboard-read", "clipboard-write"])
    one.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    one.box.focus()
    one.page.keyboard.press("Control+v")


def test_typing(pair):
    """Others see who types, until it is sent or taken back."""
    ann, bob = pair
    bob.page.evaluate(WATCH_TYPING)
    ann.box.press_sequentially("hel")
    bob.until("window.typing.includes('ann is typing …')")
    ann.type("hello")
    bob.see("hello")
    expect(bob.page.get_by_text("ann is typing …")).to_be_hidden()


def test_drafts(person):
    """Each conversation keeps what was not sent yet, also when the page is loaded again."""
    ann = person("ann").sign_in().join("garden")
    ann.box.fill("half a thought")
    ann.join("kitchen")
    expect(ann.box).to_have_value("")
    ann.box.fill("another one")
    ann.conversation("garden").click()
    expect(ann.box).to_have_value("half a thought")
    ann.page.reload()
    expect(ann.box).to_have_value("half a thought")
    ann.conversation("kitchen").click()
    expect(ann.box).to_have_value("another one")
    ann.box.press("Enter")
    ann.see("another one")
    ann.conversation("garden").click()
    ann.conversation("kitchen").click()
    expect(ann.box).to_have_value("")


def test_lines_that_are_pasted(pair):
    """Several lines stand in the box as they are, and go out as one message."""
    ann, bob = pair
    height = ann.box.bounding_box()["height"]
    paste(ann, PASTED)
    expect(ann.box).to_have_value(PASTED)
    assert ann.box.bounding_box()["height"] > 3 * height / 2
    ann.box.press("Enter")
    message = bob.see("first line").message("first line")
    expect(message.locator(".text")).to_have_text(re.compile(f"^{PASTED}$"), use_inner_text=True)
    expect(bob.texts).to_have_count(1)


def test_the_box_grows_to_eight_lines(pair):
    """A long text scrolls in its box, and the messages stay in view."""
    ann, _ = pair
    ann.box.fill("\n".join(str(number) for number in range(8)))
    eight = ann.box.bounding_box()["height"]
    ann.box.fill("\n".join(str(number) for number in range(30)))
    assert ann.box.bounding_box()["height"] == eight
    expect(ann.log).to_be_in_viewport()


def test_what_is_too_long_is_asked_about(pair):
    """A text that does not fit into one message goes out in several only after a question."""
    ann, bob = pair
    text = "\n".join(f"row {number}" for number in range(250))
    paste(ann, text)
    expect(ann.box).to_have_value(text)
    ann.box.press("Enter")
    question = ann.page.get_by_role("dialog", name="That is long")
    question.get_by_role("button", name="Keep writing").click()
    expect(ann.box).to_have_value(text)
    ann.box.press("Enter")
    question.get_by_role("button", name=re.compile("^Send [0-9]+ messages$")).click()
    bob.see("row 249")


def test_shift_enter_breaks_the_line(pair):
    """Shift-Enter begins a line, Enter sends."""
    ann, bob = pair
    ann.box.fill("above")
    ann.box.press("Shift+Enter")
    ann.box.press_sequentially("below")
    ann.box.press("Enter")
    bob.see("above")
    expect(bob.texts.last).to_have_text(re.compile("above\nbelow"), use_inner_text=True)


def test_the_list_of_commands(person):
    """A slash lists the commands, letters narrow the list, and the arrows and Tab choose."""
    ann = person("ann").sign_in().join("teamchat")
    ann.box.press_sequentially("/")
    commands = ann.page.get_by_role("listbox", name="Commands")
    expect(commands.get_by_role("option").filter(has_text="/join ROOM")).to_be_visible()
    ann.box.press_sequentially("to")
    expect(commands.get_by_role("option")).to_have_count(1)
    ann.box.press("Tab")
    expect(ann.box).to_have_value("/topic ")
    expect(commands).to_be_hidden()
    ann.box.press_sequentially("Tea at four")
    ann.box.press("Enter")
    expect(ann.page.locator("header").get_by_text("Tea at four")).to_be_visible()


COMMANDS = {
    "/who": "Who is here",
    "/rooms": "Join a room",
    "/help": "Commands and keys",
    "/search tea": "Search messages",
    "/password": "Set a password",
}


def test_who_counts_those_whom_it_does_not_list(person, irc):
    """Who made themselves invisible is counted, and not named."""
    hidden = irc().sign_in("shy")
    hidden.send("MODE shy +i")
    hidden.expect("MODE shy")
    ann = person("ann").sign_in().join("teamchat")
    ann.type("/who")
    dialog = ann.page.get_by_role("dialog", name="Who is here", exact=True)
    told = dialog.get_by_text("1 more is here, but not listed.")
    expect(told).to_be_visible()
    expect(dialog.get_by_role("option")).to_have_count(1)


def test_commands(person):
    """A command does what its help says, as people know it from other chats."""
    ann = person("ann").sign_in().join("teamchat")
    for line, title in COMMANDS.items():
        ann.type(line)
        dialog = ann.page.get_by_role("dialog", name=title, exact=True)
        dialog.wait_for()
        ann.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    ann.type("/join garden")
    expect(ann.heading("#garden")).to_be_visible()
    ann.type("/msg bob Are you there?")
    expect(ann.heading("bob")).to_be_visible()
    ann.see("Are you there?")
    ann.type("/close")
    expect(ann.conversation("bob")).to_have_count(0)


def test_tab_completes(pair):
    """Tab completes names and rooms; pressed again it offers the next, and comes round."""
    ann, bob = pair
    bob.say("I am here")
    ann.see("I am here").join("beach").conversation("teamchat").click()
    ann.box.press_sequentially("bo")
    ann.box.press("Tab")
    expect(ann.box).to_have_value("bob: ")
    ann.box.fill("see #b")
    ann.box.press("Tab")
    expect(ann.box).to_have_value("see #beach ")


CLICK_AND_LOOK = "link => { link.click(); return document.querySelector('textarea').placeholder; }"


def test_what_is_typed_right_behind_a_click(pair):
    """A click shows its conversation before the next key arrives, which is typed into that one."""
    ann, _ = pair
    ann.join("beach")
    assert ann.conversation("teamchat").evaluate(CLICK_AND_LOOK) == "Message #teamchat"
    expect(ann.heading("#teamchat")).to_be_visible()
    ann.page.go_back()
    expect(ann.heading("#beach")).to_be_visible()


def test_a_click_with_a_key_held_is_the_browsers(pair):
    """A click that asks for another window leaves this one as it is."""
    ann, _ = pair
    ann.join("beach")
    with ann.context.expect_page() as opened:
        ann.conversation("teamchat").click(modifiers=["Control"])
    expect(opened.value.get_by_role("heading", name="#teamchat", exact=True)).to_be_visible()
    expect(ann.heading("#beach")).to_be_visible()
