"""What wants to be more than text, in every place where others can put text."""

import re

import pytest
from playwright.sync_api import expect
from tests.web.browser import PHONE

HOSTILE = {
    "<script>document.title = 1</script><img src=x onerror=alert(1)>": None,
    "<svg onload=alert(2)><a href=javascript:alert(3)>come in</a>": None,
    "${alert(4)} {{alert(5)}} &lt;b&gt; %3Cscript%3E": None,
    "\u202eevil\u202c end": "<U+202E>evil<U+202C> end",
    "\u2066hidden\u2069": "<U+2066>hidden<U+2069>",
    "a\x07b\x1bc[31md": "a\u2407b\u241bc[31md",
    "\x034,1red\x03 \x02bold\x02": "red bold",
    "javascript:alert(6) data:text/html,<script>alert(7)</script>": None,
}
"""What is sent, and what must stand there (None: the same)."""
WORD = 10_000
IS_PUSHED_OUT = """() => {
  const log = document.querySelector("rookery-log");
  return log.scrollWidth > log.clientWidth || document.documentElement.scrollWidth > innerWidth;
}"""


def test_messages_are_text(person, irc):
    """What would act on the page, its colours or its reading order is shown, and does nothing."""
    ann = person("ann").sign_in().join("teamchat")
    mallory = irc().sign_in("mallory").join("#teamchat")
    mallory.send(*(f"PRIVMSG #teamchat :{sent}" for sent in HOSTILE))
    for sent, shown in HOSTILE.items():
        message = ann.message(shown or sent)
        expect(message).to_be_visible()
        expect(message.locator("script, img, svg:not(.icon), a, font")).to_have_count(0)
    expect(ann.page).to_have_title("#teamchat · Rookery")
    ann.page.reload()
    for sent, shown in HOSTILE.items():
        ann.see(shown or sent)


@pytest.mark.parametrize("sent", tuple(HOSTILE)[:4])
def test_all_else_is_text(person, irc, sent):
    """Topics, away notes, real names, reasons and reactions are text as well."""
    shown = HOSTILE[sent] or sent
    mallory = irc().sign_in("mallory", "message-tags echo-message").join("#teamchat")
    mallory.send(f"TOPIC #teamchat :{sent}", f"AWAY :{sent}", f"SETNAME :{sent}")
    ann = person("ann").sign_in().join("teamchat")
    expect(ann.page.locator("header .topic")).to_have_text(shown)
    mallory.send("PRIVMSG #teamchat :look")
    msgid = re.search(r"msgid=([^;\s]+)", mallory.expect("PRIVMSG #teamchat :look"))[1]
    emoji = sent[:20].replace(" ", "\\s").replace(";", "\\:")
    mallory.send(f"@+draft/react={emoji};+draft/reply={msgid} TAGMSG #teamchat")
    expect(ann.message("look").locator(".chip")).to_be_visible()
    ann.page.evaluate("location.hash = '#%3Cimg%20src=x%20onerror=alert(8)%3E'")
    expect(ann.page.get_by_text("is no name of a room or a person")).to_be_visible()
    mallory.send(f"PART #teamchat :{sent}")
    ann.see("mallory left")
    expect(ann.page.locator("img, script[onload], [onerror]")).to_have_count(0)


def test_hostile_names(person, irc):
    """A name in another script, one like markup and one like a property's name are names."""
    ann = person("ann").sign_in().join("teamchat")
    for name in ("[b]{x}`|^", "__proto__", "constructor"):
        irc().sign_in(name).join("#teamchat").send(f"PRIVMSG #teamchat :I am {name}")
        ann.see(f"I am {name}")
        members = ann.page.get_by_role("complementary", name="Members")
        expect(members.get_by_role("button", name=name)).to_be_visible()
    ann.write_to("__proto__").say("hello, you")
    ann.type("/join #constructor")
    expect(ann.heading("#constructor")).to_be_visible()


@pytest.mark.parametrize("viewport", ({"width": 1280, "height": 800}, PHONE), ids=("desk", "phone"))
def test_a_word_without_end(person, viewport):
    """A word of 10,000 letters is broken; nothing is pushed out of the window."""
    ann = person("ann", viewport=viewport).sign_in().join("teamchat")
    ann.type("W" * WORD)
    asks = ann.page.get_by_role("dialog").get_by_role("button", name=re.compile("^Send "))
    expect(asks.or_(ann.message("WWW")).first).to_be_visible()
    if asks.is_visible():
        asks.click()
    ann.see("WWW")
    expect(ann.page.get_by_text("Waiting to be sent")).to_have_count(0)
    assert not ann.page.evaluate(IS_PUSHED_OUT)
    ann.message("WWW").hover()
    ann.act("WWW", "Reply")
    ann.say("That is long")
    assert not ann.page.evaluate(IS_PUSHED_OUT)
    ann.type("/topic " + "T" * 300)
    ann.see("set the topic")
    assert not ann.page.evaluate(IS_PUSHED_OUT)


def test_an_address(person, irc):
    """A link to the web can be followed, and tells the other side nothing of the page."""
    ann = person("ann").sign_in().join("teamchat")
    bob = irc().sign_in("bob").join("#teamchat")
    bob.send("PRIVMSG #teamchat :see (https://example.org/a_(b)), now")
    link = ann.message("see (").get_by_role("link")
    expect(link).to_have_attribute("href", "https://example.org/a_(b)")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
