"""What reaches somebody who looks elsewhere: desktop notifications, and the switch for push.

The system's notifications and the browser's push service are fakes in the page: headless Chromium
has neither.
"""

import re

import pytest
from playwright.sync_api import expect

FAKE_NOTIFICATIONS = """
window.shown = [];
window.Notification = class {
  static permission = "default";
  static async requestPermission() { return Notification.permission = "granted"; }
  constructor(title, { body, tag }) { shown.push({ title, body, tag, element: this }); }
  close() { this.isClosed = true; }
};
document.hasFocus = () => !window.isElsewhere;
"""
SHOWN = "() => shown.map(({ title, body, tag }) => [title, body, tag])"
FAKE_PUSH = """
Notification.requestPermission = async () => "granted";
window.kept = null;
const keys = { p256dh: "%s", auth: "AAAAAAAAAAAAAAAAAAAAAA" };
const keep = (subscription) => window.kept = subscription;
PushManager.prototype.getSubscription = async () => window.kept;
PushManager.prototype.subscribe = async ({ applicationServerKey }) => keep({
  endpoint: window.endpoint, toJSON: () => ({ keys }), unsubscribe: async () => keep(null),
});
"""
# The point of P-256 that its curve's authors chose as the base: any other would do.
POINT = "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"


@pytest.fixture
def config():
    """A push service may lie on this computer."""
    return '[push]\nprivate_networks = ["127.0.0.0/8", "::1/128"]\n'


@pytest.fixture
def bob(irc):
    """Somebody who talks in the room."""
    return irc().sign_in("bob").join("#teamchat")


def settings(one):
    """Open the settings."""
    one.button("Settings").click()
    return one.page.get_by_role("dialog", name="Settings")


def test_desktop_notifications(person, bob):
    """Who looks elsewhere is told of mentions and private messages; a click leads there."""
    ann = person("ann")
    ann.page.add_init_script(FAKE_NOTIFICATIONS)
    ann.sign_in().join("teamchat").join("elsewhere")
    bob.send("PRIVMSG #teamchat :ann: before it is turned on")
    settings(ann).get_by_label("Desktop notifications").select_option("mine")
    ann.page.keyboard.press("Escape")
    bob.send("PRIVMSG #teamchat :ann: while she looks")
    expect(ann.page).to_have_title("(2) #elsewhere · Rookery")
    ann.page.evaluate("window.isElsewhere = true")
    bob.send("PRIVMSG #teamchat :nobody's", "PRIVMSG #teamchat :ann: <b>look</b>")
    bob.send("PRIVMSG ann :psst")
    ann.until("shown.length === 2")
    assert ann.page.evaluate(SHOWN) == [
        ["#teamchat", "bob: ann: <b>look</b>", "#teamchat"],
        ["bob", "bob: psst", "bob"],
    ]
    ann.page.evaluate("shown[0].element.onclick()")
    expect(ann.heading("#teamchat")).to_be_visible()
    assert ann.page.evaluate("shown[0].element.isClosed")


def test_the_switch_for_push(person):
    """It shows how it stands, turns push on and off, and stays off where the server refuses."""
    ann = person("ann", permissions=["notifications"])
    ann.page.add_init_script(FAKE_PUSH % POINT)
    ann.sign_in()
    switch = settings(ann).get_by_role("switch", name="Wake this device while the page is closed")
    expect(switch).not_to_be_checked()
    expect(switch).to_have_accessible_description(re.compile("^For mentions and private"))
    ann.page.evaluate("window.endpoint = 'http://localhost:4430/me'")
    switch.click()
    ann.page.get_by_text("The endpoint must begin with https://").wait_for()
    expect(switch).not_to_be_checked()
    ann.page.evaluate("window.endpoint = 'https://localhost:4430/me'")
    for is_on in (True, False):
        switch.click()
        expect(switch).to_be_focused()
        expect(switch).to_be_checked(checked=is_on)
        ann.until("kept !== null" if is_on else "kept === null")
        ann.page.keyboard.press("Escape")
        switch = settings(ann).get_by_role("switch")
        expect(switch).to_be_checked(checked=is_on)
