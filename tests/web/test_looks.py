"""How each view looks and reads: pictures for the eye, axe-core for accessibility (WCAG 2.2 AA).

The pictures are kept in build/screenshots. Only here may a script be put into the page that its own
content policy would refuse: axe-core itself.
"""

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect
from tests.web.browser import NO_SERVER, PHONE, WIDE

ROOT: Final = Path(__file__).parents[2]
PICTURES: Final = ROOT / "build" / "screenshots"
AXE: Final = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
LEVELS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN: Final = """async (levels) => {
  const { violations } = await axe.run(document, { runOnly: levels });
  const where = ({ html, failureSummary }) => `${html} ${failureSummary}`;
  return violations.map(({ id, nodes }) => [id, ...nodes.map(where)]);
}"""
AT_REST: Final = """async () => {
  await document.fonts.ready;
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
}"""
"""What still fades in has another contrast."""
IS_WIDER: Final = "document.documentElement.scrollWidth > innerWidth"
CASES: Final = {
    "light": {"viewport": WIDE, "color_scheme": "light"},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "light-phone": {"viewport": PHONE, "color_scheme": "light", "has_touch": True},
    "dark-phone": {"viewport": PHONE, "color_scheme": "dark", "has_touch": True},
}


class Critic:
    """Looks at one view after the other: keeps its picture, and what axe-core finds in it."""

    def __init__(self, one, case):
        self._page = one.page
        self._case = case
        self.found = {}

    def look(self, view):
        """Keep a picture of what is shown, and run axe-core over it."""
        self._page.evaluate(AT_REST)
        self._page.screenshot(path=PICTURES / f"{self._case}-{view}.png", animations="disabled")
        if not self._page.evaluate("'axe' in window"):
            self._page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        found = self._page.evaluate(RUN, LEVELS)
        if found:
            self.found[view] = found
        assert not self._page.evaluate(IS_WIDER), f"{view} is wider than the window"


def furnish(ann, irc):
    """Fill a room with one of everything."""
    bob = irc().sign_in("bob", "draft/multiline batch message-tags echo-message")
    bob.join("#teamchat")
    guest = irc().sign_in("guest").join("#teamchat")
    guest.send("PART #teamchat")
    guest.catch_up()
    ann.type("/topic The garden party, Saturday at four: https://example.org/party")
    bob.send("PRIVMSG #teamchat :Good morning! Who brings the cake?")
    bob.send("PRIVMSG #teamchat :ann: you promised one, see https://example.org/recipes")
    ann.see("you promised one").act("Who brings the cake?", "React")
    ann.page.get_by_role("dialog").get_by_role("button", name="🎉", exact=True).click()
    ann.act("you promised one", "Reply")
    ann.say("I bring two: " + "one with chocolate and one with lemon, " * 4)
    ann.say("And a teapot").say("Or not")
    ann.act("And a teapot", "Edit")
    ann.type("And a kettle")
    ann.see("And a kettle").act("Or not", "Delete")
    ann.page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    ann.see("This message was deleted.")
    bob.send("PRIVMSG #teamchat :\x01ACTION bakes\x01", "NOTICE #teamchat :The oven is free")
    bob.send("PRIVMSG ann :Shall we?", "JOIN #garden", "AWAY :in the kitchen")
    ann.see("The oven is free").type("/join #empty-room")
    expect(ann.heading("#empty-room")).to_be_visible()
    bob.send("PRIVMSG #teamchat :ann: are you there?", "PRIVMSG #teamchat :It is nearly four.")
    expect(ann.page).to_have_title("(2) #empty-room · Rookery")


def dialogs(ann, critic):
    """Look at each dialog in turn."""
    for name, line in {"search": "/search cake", "join": "/rooms", "help": "/help"}.items():
        ann.type(line)
        dialog = ann.page.get_by_role("dialog")
        expect(dialog.get_by_role("option").or_(dialog.locator("dl")).first).to_be_visible()
        critic.look(name)
        ann.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    ann.type("/password")
    dialog = ann.page.get_by_role("dialog", name="Set a password")
    expect(dialog).to_be_visible()
    critic.look("password")
    ann.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    ann.message("It is nearly four.").click()
    ann.page.keyboard.press("Control+k")
    expect(ann.page.get_by_role("option").first).to_be_visible()
    critic.look("jump")
    ann.page.keyboard.press("Escape")
    expect(ann.page.get_by_role("dialog")).to_have_count(0)
    ann.box.fill("/")
    expect(ann.page.get_by_role("listbox", name="Commands")).to_be_visible()
    critic.look("commands")
    ann.box.fill("")


@pytest.mark.parametrize("case", tuple(CASES))
def test_every_view(server, person, irc, case):
    """No view breaks a rule of level A or AA, in light and in dark, on a desk and on a phone."""
    ann = person("ann", bypass_csp=True, expected=NO_SERVER, **CASES[case]).open()
    critic = Critic(ann, case)
    expect(ann.page.get_by_role("textbox", name="Username")).to_be_visible()
    critic.look("sign-in")
    ann.give_name("ann")
    expect(ann.button("New message")).to_be_visible()
    critic.look("nothing-yet")
    ann.join("teamchat")
    furnish(ann, irc)
    if ann.button("Back to the list").is_visible():
        ann.button("Back to the list").click()
        critic.look("list")
    ann.conversation("teamchat").click()
    ann.see("It is nearly four.").message("are you there?").hover()
    critic.look("room")
    if ann.page.viewport_size == PHONE:
        ann.button("Members").click()
        critic.look("members")
        ann.button("Hide members").click()
    dialogs(ann, critic)
    server.kill()
    expect(ann.button("Now")).to_be_visible()
    ann.type("This one waits")
    ann.see("This one waits")
    critic.look("waiting")
    assert critic.found == {}
