"""Words fit where they stand at 360 pixels: none is cut through, and none runs out of its frame."""

import pytest
from playwright.sync_api import expect
from tests.web.browser import PHONE

SIZES = ("Small", "Normal", "Large", "Very large")
CUT_LINES = """box => {
  const words = document.createRange();
  words.selectNodeContents(box);
  const { bottom } = box.getBoundingClientRect();
  const isCut = (line) => line.top < bottom - 1 && line.bottom > bottom + 1;
  return [...words.getClientRects()].filter(isCut).length;
}"""
"""How many lines of an element are cut through at its lower edge."""
IS_INSIDE = """box => {
  const frame = box.getBoundingClientRect(), words = box.firstChild.getBoundingClientRect();
  const isFramed = words.bottom <= frame.bottom + 1 && words.right <= frame.right + 1;
  return isFramed && box.firstChild.scrollWidth <= box.firstChild.offsetWidth;
}"""
"""Whether all of an element's first child is seen."""
LEAVES_OUT = "box => box.scrollHeight > box.clientHeight"


@pytest.fixture(params=SIZES)
def ann(person, request):
    """Somebody with a telephone who reads letters of one size."""
    ann = person("ann", viewport=PHONE).sign_in()
    ann.button("Settings").click()
    ann.page.get_by_label("Text size").select_option(request.param)
    ann.page.keyboard.press("Escape")
    return ann


def test_a_long_hit(ann):
    """Of a long message the search shows whole lines only."""
    ann.join("teamchat").say("the herons fly " + "over the lake and the hills " * 9)
    ann.type("/search herons")
    hit = ann.page.get_by_role("option").locator("small")
    expect(hit).to_be_visible()
    assert hit.evaluate(LEAVES_OUT)
    assert hit.evaluate(CUT_LINES) == 0


def test_the_settings(ann):
    """No setting runs out of the dialog."""
    ann.button("Settings").click()
    dialog = ann.page.get_by_role("dialog", name="Settings")
    expect(dialog.get_by_label("Desktop notifications")).to_be_visible()
    assert not dialog.evaluate("box => box.scrollWidth > box.clientWidth")


def test_the_name_of_a_file(ann):
    """All of a file's name stands over the text box, with its ending."""
    ann.join("teamchat")
    name = "minutes-of-the-meeting-in-the-garden-behind-the-old-house-in-november.pdf"
    with ann.page.expect_file_chooser() as chooser:
        ann.button("Attach a file").click()
    file = {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-"}
    chooser.value.set_files([file])
    words = ann.page.get_by_text(name, exact=True)
    expect(words).to_be_visible()
    expect(ann.button(f"Remove {name}")).to_be_in_viewport(ratio=1)
    assert words.locator("..").evaluate(IS_INSIDE)
