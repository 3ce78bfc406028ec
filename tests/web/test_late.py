"""What is done while the server has not answered yet is done to what the person sees."""

import contextlib
import re
import signal

from playwright.sync_api import expect
from tests.web.browser import PHONE

RESTED_MS = 250
"""Behind the timer after which the page asks by itself what is being typed."""


@contextlib.contextmanager
def is_late(server):
    """Let the server answer nothing for a while."""
    server.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        server.process.send_signal(signal.SIGCONT)


def test_what_is_on_its_way_is_not_passed_over(server, person):
    """↑ right behind Enter corrects the message just sent or none, never the one before it."""
    ann = person("ann").sign_in().join("teamchat").say("the first")
    with is_late(server):
        ann.type("teh second")
        ann.box.press("ArrowUp")
        expect(ann.box).to_have_value("")
    ann.stored("teh second").box.press("ArrowUp")
    expect(ann.box).to_have_value("teh second")


def test_leaving_shows_no_list_to_who_has_gone_on(server, person):
    """Who looks at another room before the server says that one has left stays there."""
    ann = person("ann").sign_in().join("beach").join("teamchat")
    with is_late(server):
        ann.button("Leave room").click()
        ann.conversation("beach").click()
        ann.box.press_sequentially("half a")
    expect(ann.conversation("teamchat")).to_have_count(0)
    ann.box.press_sequentially(" thought")
    expect(ann.box).to_have_value("half a thought")
    expect(ann.heading("#beach")).to_be_visible()


def test_enter_in_the_search(server, person):
    """Enter right behind the words leads to what is found, however late that is."""
    ann = person("ann").sign_in().join("teamchat").say("a heron")
    ann.page.clock.install()
    ann.page.keyboard.press("Control+f")
    words = ann.page.get_by_role("combobox", name="Words")
    with is_late(server):
        words.fill("heron")
        words.press("Enter")
        ann.page.clock.fast_forward(RESTED_MS)
    expect(ann.page.get_by_role("dialog")).to_have_count(0)
    expect(ann.message("a heron")).to_be_focused()


def test_two_presses(person):
    """The members closed by two quick presses are closed, and the conversation is still there."""
    ann = person("ann", viewport=PHONE).sign_in().join("teamchat")
    ann.button("Members").click()
    ann.button("Hide members").evaluate("button => { button.click(); button.click(); }")
    expect(ann.box).to_be_visible()
    ann.say("still here")
    ann.page.go_back()
    expect(ann.button("Join a room")).to_be_visible()


def test_the_focus_goes_with_its_conversation(person, irc):
    """The list is sorted anew under the keyboard: who is reached stays reached."""
    ann = person("ann").sign_in()
    bob, cid = (irc().sign_in(name) for name in ("bob", "cid"))
    for one in (bob, cid):
        one.send("PRIVMSG ann :hello")
        one.catch_up()
    expect(ann.conversation("cid")).to_be_visible()
    ann.conversation("bob").focus()
    bob.send("PRIVMSG ann :hello again")
    expect(ann.conversation("bob")).to_have_accessible_name(re.compile("2 unread"))
    expect(ann.conversation("bob")).to_be_focused()
    ann.page.keyboard.press("ArrowDown")
    expect(ann.conversation("cid")).to_be_focused()


def test_what_is_pushed_under_the_pointer(person, irc):
    """A message that comes under a resting pointer is not pointed at: it shows no actions."""
    ann = person("ann").sign_in().join("teamchat")
    bob = irc().sign_in("bob").join("#teamchat")
    bob.send(*(f"PRIVMSG #teamchat :line {number}." for number in range(40)))
    ann.see("line 39.").message("line 36.").hover()
    actions = ann.message("line 36.").get_by_role("group", name="Message actions")
    expect(actions).to_have_css("pointer-events", "auto")
    bob.send("PRIVMSG #teamchat :and one more")
    ann.see("and one more")
    expect(actions).to_have_css("pointer-events", "none")
    expect(ann.log.get_by_role("group", name="Message actions")).to_have_count(1)
    ann.act("line 36.", "Reply")
    expect(ann.page.get_by_text("Reply to bob: line 36.")).to_be_visible()


def test_a_file_that_arrives_while_one_types(person):
    """What stands in the box stays as it is, with its blanks and the cursor."""
    ann = person("ann").sign_in().join("teamchat")
    arrived = []
    ann.page.route("**/upload", lambda route: arrived.append(route))  # noqa: PLW0108 - needs a function
    plan = {"name": "plan.bin", "mimeType": "application/octet-stream", "buffer": b"plan"}
    with ann.page.expect_request("**/upload"), ann.page.expect_file_chooser() as chooser:
        ann.button("Attach a file").click()
        chooser.value.set_files([plan])
    ann.box.press_sequentially("see the  here")
    for _ in " here":
        ann.box.press("ArrowLeft")
    arrived[0].continue_()
    expect(ann.button("Remove plan.bin")).to_be_visible()
    ann.box.press_sequentially("plan")
    expect(ann.box).to_have_value("see the plan here")
    ann.box.press("Enter")
    expect(ann.texts.last).to_have_text(re.compile(r"^see the plan here https?:\S+/plan\.bin$"))


def test_what_the_arrows_chose(person, irc):
    """A room chosen with ↓ stays chosen when the list is narrowed behind that."""
    irc().sign_in("bob").join("#garden").join("#kitchen")
    ann = person("ann").sign_in()
    ann.button("Join a room").click()
    room = ann.page.get_by_role("combobox", name="Room")
    expect(ann.page.get_by_role("option").first).to_contain_text("#garden")
    room.fill("gar")
    room.press("ArrowDown")
    expect(ann.page.get_by_role("option")).to_have_count(1)
    room.press("Enter")
    expect(ann.heading("#garden")).to_be_visible()
