"""kill -9 of the server while people write: nothing is lost, doubled or out of order."""

import pytest
from playwright.sync_api import expect
from tests.e2e.waits import AWAY_S
from tests.web.browser import NO_SERVER

AWAY_MS = AWAY_S * 1000
SAID = (
    "document.querySelector('rookery-log').rows"
    ".flatMap(({ message }) => message?.kind === 'said' ? [message.text] : [])"
)
LINES = [f"line {number} of forty" for number in range(40)]


@pytest.fixture
def pair(person):
    """Two people in a room, whose pages can be loaded again without the server."""
    pair = [person(name, expected=NO_SERVER).sign_in().join("yard") for name in ("ann", "bob")]
    for one in pair:
        one.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return pair


def is_back(one):
    """Wait until somebody is connected again, by the button where there is one."""
    online = one.page.get_by_text("Connected", exact=True)
    now = one.button("Now")
    expect(online.or_(now).first).to_be_visible(timeout=AWAY_MS)
    now.evaluate_all("buttons => buttons.forEach((button) => button.click())")
    expect(online).to_be_visible(timeout=AWAY_MS)


def history(irc, room):
    """Return what the server has of a room, oldest first."""
    reader = irc().sign_in("reader", "batch server-time draft/chathistory").join(room)
    reader.send(f"CHATHISTORY LATEST {room} * 100")
    reader.expect(r"BATCH -")
    said = [line.partition(f" PRIVMSG {room} :")[2] for line in reader.lines]
    return [text for text in said if text]


def test_lines_before_while_and_after(server, pair, irc):
    """Lines typed at any time around a kill, and over a reload, are stored once and in order."""
    ann, bob = pair
    for line in LINES[:10]:
        ann.type(line)
    server.kill()
    expect(ann.page.get_by_text("What you write is kept.")).to_be_visible()
    for line in LINES[10:20]:
        ann.type(line)
    expect(ann.message(LINES[19]).get_by_text("Waiting to be sent")).to_be_visible()
    ann.page.reload()
    expect(ann.message(LINES[19]).get_by_text("Waiting to be sent")).to_be_visible()
    for line in LINES[20:30]:
        ann.type(line)
    server.start_again()
    is_back(ann)
    is_back(bob)
    for line in LINES[30:]:
        ann.type(line)
    expect(ann.page.get_by_text("Waiting to be sent")).to_have_count(0)
    for one in pair:
        one.see(LINES[-1])
        expect(one.page.get_by_text("Waiting to be sent")).to_have_count(0)
        one.until(f"{SAID}.length >= {len(LINES)}")
        assert shown(one) == LINES
    assert history(irc, "#yard") == LINES


def test_what_was_missed(server, pair, irc):
    """What others said while the connection was down is there when it is back."""
    ann, bob = pair
    ann.say("before")
    bob.see("before").context.set_offline(True)
    server.kill()
    server.start_again()
    is_back(ann)
    ann.say("while bob was away")
    bob.context.set_offline(False)
    is_back(bob)
    bob.see("while bob was away")
    bob.until(f"{SAID}.length >= 2")
    assert shown(bob) == ["before", "while bob was away"]


def shown(one):
    """Return all texts that somebody's page has of the conversation, drawn or not."""
    return one.page.evaluate(SAID)
