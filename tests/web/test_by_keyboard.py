"""All of it without a mouse: every step is keys, and one always sees where one is."""

import itertools

from playwright.sync_api import expect

MAX_TABS = 60
"""More than there are things to tab through."""
HERE = """() => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  const frame = getComputedStyle(here.closest(".writing") ?? here);
  const isOutlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  const isFramed = frame.boxShadow !== "none";
  const box = here.getBoundingClientRect();
  return {
    isBody: here === document.body,
    name: here.getAttribute("aria-label") ?? here.textContent,
    isVisible: box.width > 0 && box.height > 0 && (isOutlined || isFramed),
  };
}"""


class Keys:
    """Somebody who has a keyboard alone; looks after each Tab whether the focus can be seen."""

    def __init__(self, one):
        self._page = one.page

    def press(self, *keys):
        """Press keys one after the other."""
        for key in keys:
            self._page.keyboard.press(key)

    def type(self, text):
        """Type a text and press Enter."""
        self._page.keyboard.type(text)
        self.press("Enter")

    def tab_to(self, name, key="Tab"):
        """Go on with Tab until the thing with this name has the focus."""
        passed = []
        for _ in itertools.repeat(None, MAX_TABS):
            self.press(key)
            here = self._page.evaluate(HERE)
            passed.append(here["name"])
            assert here["isBody"] or here["isVisible"], f"the focus on {here['name']!r} is unseen"
            if here["name"] == name:
                return self
        raise AssertionError(f"{name} is not reached by {key}: {passed}")


def test_from_the_sign_in_to_the_way_out(person):
    """Sign in, join, talk, react, correct, jump, leave and sign out with keys alone."""
    ann = person("ann").open()
    keys = Keys(ann)
    expect(ann.page.get_by_role("textbox", name="Username")).to_be_focused()
    keys.type("ann")
    expect(ann.button("New message")).to_be_visible()

    keys.tab_to("Join a room").press("Enter")
    expect(ann.page.get_by_role("combobox", name="Room")).to_be_focused()
    keys.type("teamchat")
    expect(ann.box).to_be_focused()
    keys.type("good morning")
    ann.stored("good morning")

    keys.tab_to("Messages in #teamchat", "Shift+Tab").press("ArrowUp")
    expect(ann.message("good morning")).to_be_focused()
    keys.press("+")
    expect(ann.page.get_by_role("dialog").get_by_role("button", name="👍")).to_be_focused()
    keys.press("ArrowRight", "Enter")
    expect(ann.message("good morning").get_by_role("button", name="1, ann")).to_be_visible()

    keys.tab_to("Message")
    keys.press("ArrowUp", "End")
    keys.type(", all")
    ann.see("good morning, all")

    keys.type("/join garden")
    expect(ann.heading("#garden")).to_be_visible()
    keys.press("Control+k")
    expect(ann.page.get_by_role("combobox", name="Room or person")).to_be_focused()
    keys.type("team")
    expect(ann.heading("#teamchat")).to_be_visible()
    expect(ann.box).to_be_focused()

    keys.tab_to("Leave room").press("Enter")
    expect(ann.conversation("teamchat")).to_have_count(0)
    keys.tab_to("Settings").press("Enter")
    keys.tab_to("Sign out").press("Enter", "Enter")
    expect(ann.page.get_by_role("textbox", name="Username")).to_be_visible()


def test_the_left_column(person):
    """One Tab leads to the conversations, the arrows through them, Enter into one."""
    ann = person("ann").sign_in().join("beach").join("cellar").join("attic")
    keys = Keys(ann)
    ann.conversation("attic").focus()
    keys.press("ArrowDown", "ArrowDown")
    expect(ann.conversation("cellar")).to_be_focused()
    keys.press("Enter")
    expect(ann.heading("#cellar")).to_be_visible()
    expect(ann.box).to_be_focused()


def test_a_dialog_gives_the_focus_back(person):
    """Escape closes a dialog, and one is where one was."""
    ann = person("ann").sign_in().join("teamchat")
    keys = Keys(ann)
    keys.press("Control+k")
    expect(ann.page.get_by_role("dialog")).to_be_visible()
    keys.press("Escape")
    expect(ann.page.get_by_role("dialog")).to_have_count(0)
    expect(ann.box).to_be_focused()
