"""A person at the web page in a real browser, found by what they would read or hear."""

import re
from typing import Final

from playwright.sync_api import expect
from tests.e2e.waits import SEEN_S
from tests.web.watch import Watch

SEEN_MS: Final = SEEN_S * 1000
expect.set_options(timeout=SEEN_MS)
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
)
"""What Chromium needs as root, without a graphics card, and to talk to nobody but us."""
WIDE: Final = {"width": 1280, "height": 800}
PHONE: Final = {"width": 360, "height": 640}
UNTIL: Final = """async () => {
  const start = performance.now();
  while (!(%s)) {
    if (performance.now() - start > %d) throw new Error(`It never came true: %s`);
    await new Promise((done) => requestAnimationFrame(done));
  }
}"""
NO_SERVER: Final = ("ERR_CONNECTION_REFUSED|ERR_FAILED|ERR_EMPTY_RESPONSE|WebSocket connection to",)
"""What the browser says of a server that is not there."""


class Person:
    """Somebody named `name` with a browser of their own, which is watched for all that goes wrong.

    `expected` are patterns of what the browser may complain of, because the test brings it about.
    """

    def __init__(self, browser, name, address, *, expected=(), **options):
        options = {"viewport": WIDE, "locale": "en-GB", "color_scheme": "light", **options}
        self.name = name
        self.address = address
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(SEEN_MS)
        self.watch = Watch(self.context, address, expected)
        self.page = self.context.new_page()

    def close(self):
        """Close the browser's window; fail where the page did what it must never do."""
        self.context.close()
        self.watch.verify()

    def open(self, place=""):
        """Open the page, with `place` behind its "#"."""
        self.page.goto(f"{self.address}{f'#{place}' if place else ''}")
        return self

    def sign_in(self):
        """Open the page and go in under one's name."""
        self.open()
        self.give_name(self.name)
        expect(self.button("New message")).to_be_visible()
        return self

    def give_name(self, name):
        """Fill in the form of the first page."""
        self.page.get_by_role("textbox", name="Username").fill(name)
        self.button("Join").click()

    def join(self, room):
        """Enter a room by the dialog, and wait until it is shown."""
        self.button("Join a room").click()
        self.page.get_by_role("combobox", name="Room").fill(room)
        self.page.get_by_role("dialog").get_by_role("button", name="Join", exact=True).click()
        expect(self.page.get_by_role("heading", name=f"#{room}", exact=True)).to_be_visible()
        expect(self.box).to_be_visible()
        return self

    def write_to(self, name):
        """Open the conversation with somebody by the dialog."""
        self.button("New message").click()
        self.page.get_by_role("combobox", name="Name").fill(name)
        self.page.get_by_role("dialog").get_by_role("button", name="Write", exact=True).click()
        expect(self.page.get_by_role("heading", name=name, exact=True)).to_be_visible()
        return self

    def say(self, text):
        """Type a message, send it, and wait until the server has it."""
        self.type(text)
        return self.stored(text)

    def stored(self, text):
        """Wait until the server has a message: only then can anything be done with it."""
        self.see(text)
        expect(self.message(text).get_by_text("Waiting to be sent")).to_have_count(0)
        return self

    def type(self, text):
        """Put a line into the text box and press Enter."""
        self.box.fill(text)
        self.box.press("Enter")

    def see(self, text):
        """Wait until a message with this text is shown."""
        expect(self.message(text)).to_be_visible()
        return self

    def until(self, condition):
        """Wait until an expression is true in the page.

        Playwright's own wait evaluates a string, which the page's content policy refuses.
        """
        self.page.evaluate(UNTIL % (condition, SEEN_MS, condition))

    @property
    def box(self):
        """The text box that one writes in."""
        return self.page.get_by_role("textbox", name="Message", exact=True)

    @property
    def log(self):
        """The messages of the conversation that is shown."""
        return self.page.get_by_role("group", name=re.compile("^Messages in "))

    @property
    def texts(self):
        """The texts of what people said, without the comings and goings."""
        return self.log.locator(".row.said .text")

    def message(self, text):
        """Return the last row with this text."""
        return self.log.get_by_role("listitem").filter(has_text=text).last

    def button(self, name):
        """Return the button of exactly this name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def heading(self, name):
        """Return the heading above the conversation of this name."""
        return self.page.get_by_role("heading", name=name, exact=True)

    def conversation(self, name):
        """Return the link in the left column."""
        column = self.page.get_by_role("navigation", name="Conversations")
        return column.get_by_role("link", name=re.compile(rf"^{re.escape(name)}\b"))

    def act(self, text, action):
        """Point at a message and press one of its buttons.

        It has the focus too: what comes meanwhile may push it away from under the pointer.
        """
        row = self.message(text)
        row.hover()
        row.focus()
        row.get_by_role("button", name=action, exact=True).click()
