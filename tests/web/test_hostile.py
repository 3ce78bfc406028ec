"""Text that wants to be more than text."""

import pytest
from playwright.sync_api import expect

HOSTILE = {
    "markup": ("<script>document.title = 1</script><img src=x>", None),
    "bidi": ("\u202eevil\u202c end", "<U+202E>evil<U+202C> end"),
    "controls": ("a\x07b\x1bc", "a\u2407b\u241bc"),
    "colours": ("\x034,1red\x03 \x02bold\x02", "red bold"),
    "address": ("javascript:alert(1) data:text/html,x", None),
}
"""What is sent, and what must stand there (None: the same)."""


@pytest.mark.parametrize("kind", tuple(HOSTILE))
def test_it_shows_as_text(person, irc, kind):
    """What would act on the page, its colours or its reading order is shown, and does nothing."""
    sent, shown = HOSTILE[kind]
    ann = person("ann").sign_in().join("teamchat")
    irc().sign_in("mallory").join("#teamchat").send(f"PRIVMSG #teamchat :{sent}")
    message = ann.message(shown or sent)
    expect(message).to_be_visible()
    expect(message.locator("script, img, a, font")).to_have_count(0)


def test_a_word_without_end(person, irc):
    """A word wider than the window is broken; nothing is pushed out of the window."""
    ann = person("ann").sign_in().join("teamchat")
    irc().sign_in("mallory").join("#teamchat").send(f"PRIVMSG #teamchat :{'W' * 400}")
    ann.see("W" * 400)
    log = ann.log.evaluate("log => [log.scrollWidth, log.clientWidth]")
    assert log[0] == log[1]


def test_an_address(person, irc):
    """A link to the web can be followed, and tells the other side nothing of the page."""
    ann = person("ann").sign_in().join("teamchat")
    bob = irc().sign_in("bob").join("#teamchat")
    bob.send("PRIVMSG #teamchat :see (https://example.org/a_(b)), now")
    link = ann.message("see (").get_by_role("link")
    expect(link).to_have_attribute("href", "https://example.org/a_(b)")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
