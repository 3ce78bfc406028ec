"""Long conversations: read backwards at one's own pace, searched, and never all in the document."""

import re

import pytest
from playwright.sync_api import expect
from tests.web.browser import SEEN_MS, WIDE

LINES = 1000
MANY = 100_000
MAX_NODES = 2000
"""In the whole page, whatever the length of the conversation."""
STABLE_PX = 3
MAX_ROW_PX = 100


@pytest.fixture
def flags():
    """Nobody is slowed down: the tests talk faster than people do."""
    return ("--no-limits",)


@pytest.fixture
def yard(irc):
    """A room in which somebody has said a thousand lines of different length."""
    bob = irc().sign_in("bob").join("#yard")
    bob.send(*(f"PRIVMSG #yard :line {n} {'and more ' * (n % 40)}" for n in range(LINES)))
    bob.catch_up()
    return bob


TOP_ROW = """log => {
  const { top } = log.getBoundingClientRect();
  const at = (row) => row.getBoundingClientRect().top;
  const row = [...log.querySelectorAll(".row.said")].find((row) => at(row) >= top);
  return [row.dataset.key, at(row)];
}"""
PLACE_OF = "(log, key) => log.querySelector(`[data-key='${key}']`).getBoundingClientRect().top"
SAID = "log => log.rows.flatMap(({ message }) => message?.kind === 'said' ? [message.text] : [])"
LOAD_OLDER = f"""async (log) => {{
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const count = log.rows.length;
  log.scrollTop = 400;
  await frame();
  const [key, before] = ({TOP_ROW})(log);
  for (const end = performance.now() + {SEEN_MS}; log.rows.length === count; await frame()) {{
    if (performance.now() > end) throw new Error("No older messages came.");
  }}
  await frame();
  return Math.abs(({PLACE_OF})(log, key) - before);
}}"""
"""Scrolls up, and returns by how much the row at the top has moved when there is more above it."""
MANY_ROWS = """(log, many) => {
  const row = log.rows.at(-1), show = log.show.bind(log);
  log.show = () => {}; // What the page still has to draw would take them away again.
  const text = (at) => `number ${at} ${"of very many ".repeat(at % 30)}`;
  show(Array.from({ length: many }, (_, at) => {
    const message = { ...row.message, key: `many ${at}`, text: text(at) };
    return { ...row, key: message.key, message };
  }));
}"""
SCROLLED = "log => { log.onscrollend = () => { log.dataset.isAtRest = ''; }; }"
SCROLL_TO = """async (log, share) => {
  log.scrollTop = log.scrollHeight * share;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return [document.querySelectorAll("*").length, log.querySelectorAll(".row").length];
}"""


def test_a_thousand_lines(person, yard):
    """Scrolling up loads page after page; what one looks at stays where it is meanwhile."""
    ann = person("ann").sign_in().join("yard")
    ann.see(f"line {LINES - 1} ")
    while numbers(ann)[0] > 0:
        assert ann.log.evaluate(LOAD_OLDER) <= STABLE_PX
    assert numbers(ann) == list(range(LINES))
    ann.log.evaluate("log => { log.scrollTop = 0; }")
    ann.see("line 0")
    ann.button("To the newest ↓").click()
    ann.see(f"line {LINES - 1} ")


def test_a_hundred_thousand_lines(person):
    """However long a conversation is, only what is near the view is in the document."""
    ann = person("ann").sign_in().join("yard").say("the first of very many")
    ann.log.evaluate(MANY_ROWS, MANY)
    ann.see(f"number {MANY - 1} ")
    for share in (0, 0.25, 0.5, 0.75, 0.9):
        nodes, rows = ann.log.evaluate(SCROLL_TO, share)
        assert nodes < MAX_NODES
        assert rows > WIDE["height"] / MAX_ROW_PX
    ann.log.evaluate("log => log.toBottom()")
    ann.see(f"number {MANY - 1} ")


def test_who_reads_the_past_is_not_moved(person, yard):
    """New messages move nothing that is looked at: they are counted, and a click leads there."""
    ann = person("ann").sign_in().join("yard")
    ann.see(f"line {LINES - 1} ").log.hover()
    ann.log.evaluate(SCROLLED)
    ann.page.mouse.wheel(0, -1500)
    expect(ann.button("To the newest ↓")).to_be_visible()
    expect(ann.log).to_have_attribute("data-is-at-rest", "")
    key, before = ann.log.evaluate(TOP_ROW)
    yard.send("PRIVMSG #yard :something new", "PRIVMSG #yard :and one more")
    expect(ann.button("2 new ↓")).to_be_visible()
    assert abs(ann.log.evaluate(PLACE_OF, key) - before) <= STABLE_PX
    ann.button("2 new ↓").click()
    ann.see("and one more")
    expect(ann.box).to_be_focused()


def test_search_leads_into_the_past(person, yard):
    """A hit far back is shown among its neighbours; one click leads to the newest again."""
    ann = person("ann").sign_in().join("yard")
    ann.see(f"line {LINES - 1} ")
    ann.page.keyboard.press("Control+f")
    ann.page.get_by_role("combobox", name="Words").fill("line 123")
    ann.page.get_by_role("option", name=re.compile(r"line 123\b")).first.click()
    hit = ann.log.get_by_role("listitem").filter(has_text=re.compile(r"line 123\b"))
    expect(hit).to_be_focused()
    expect(hit).to_be_in_viewport()
    expect(ann.message("line 122")).to_be_in_viewport()
    ann.button("To the newest ↓").click()
    ann.see(f"line {LINES - 1} ")


def test_a_search_without_a_hit(person, yard):
    """What is nowhere is said to be nowhere."""
    ann = person("ann").sign_in().join("yard")
    ann.button("Search messages").click()
    ann.page.get_by_role("combobox", name="Words").fill("xylophone")
    expect(ann.page.get_by_text("Nothing found.")).to_be_visible()


def numbers(one):
    """Return the numbers of all lines that somebody's page has loaded, in its order."""
    return [int(text.split()[1]) for text in one.log.evaluate(SAID) if text.startswith("line ")]
