"""Emoji by name in the text box, and as reactions."""

from playwright.sync_api import expect


def test_a_name_between_colons(person):
    """Tab makes the emoji of the beginning of its name."""
    ann = person("ann").sign_in().join("garden")
    ann.box.press_sequentially("well done :tad")
    ann.box.press("Tab")
    expect(ann.box).to_have_value("well done 🎉 ")


def test_a_reaction_is_an_emoji(person):
    """Words are refused in the dialog, a name between colons is its emoji; arrows go through."""
    ann = person("ann").sign_in().join("garden").say("done")
    ann.box.press("Shift+Tab")
    ann.page.keyboard.press("+")
    dialog = ann.page.get_by_role("dialog", name="React")
    expect(dialog.get_by_role("button", name="👍")).to_be_focused()
    ann.page.keyboard.press("ArrowDown")
    ann.page.keyboard.press("ArrowRight")
    expect(dialog.get_by_role("button", name="🚀")).to_be_focused()
    own = dialog.get_by_role("textbox", name="Another emoji")
    own.fill("hello there")
    own.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("A reaction is one emoji")
    own.fill(":wave:")
    own.press("Enter")
    expect(ann.message("done").get_by_role("button", name="👋 1, ann")).to_be_visible()
