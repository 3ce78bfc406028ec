"""People at the page and in a terminal, at the same time and one after the other."""

from playwright.sync_api import expect


def test_two_browsers_and_a_terminal(person, terminal):
    """What one says in a room all the others read, at the page and in the terminal."""
    ann = person("ann").sign_in().join("teamchat")
    bob = person("bob").sign_in().join("teamchat")
    cid = terminal("cid").come().join("teamchat", "ann", "bob")
    ann.see("cid joined")
    cid.type("Hello from the terminal")
    for one in (ann, bob):
        one.see("Hello from the terminal")
    bob.say("Hello, terminal")
    ann.see("Hello, terminal")
    cid.expect_line("bob (in teamchat): Hello, terminal")
    cid.type("leave")
    bob.see("cid left")


def test_private_with_a_terminal(person, terminal):
    """A private message from a terminal is counted at the page and answered there."""
    ann = person("ann").sign_in().join("teamchat")
    cid = terminal("cid").come()
    cid.type("message ann are you there?")
    expect(ann.conversation("cid")).to_have_accessible_name("cid (here) 1 unread")
    ann.conversation("cid").click()
    ann.see("are you there?").say("yes, all day")
    cid.expect("ann (private): yes, all day")
    expect(ann.conversation("teamchat")).to_have_accessible_name("teamchat")


def test_messages_while_away_wait_for_the_sign_in(person, terminal):
    """Who signs in finds what was said to them while they were away, in its order."""
    cid = terminal("cid").come()
    for number in range(3):
        cid.type(f"message zoe note {number}")
    cid.expect("zoe")
    cid.catch_up_in_lobby()
    zoe = person("zoe").sign_in()
    expect(zoe.conversation("cid")).to_have_accessible_name("cid (here) 3 unread")
    zoe.conversation("cid").click()
    expect(zoe.texts).to_have_text(["note 0", "note 1", "note 2"])


def test_messages_from_the_page_wait_for_a_terminal(person, terminal):
    """What is written at the page to somebody who is away is shown when they come."""
    person("ann").sign_in().write_to("dan").say("first").say("second")
    dan = terminal("dan").come()
    dan.expect("ann (private): first")
    dan.expect("ann (private): second")


def test_a_room_while_the_page_was_closed(person, irc):
    """What was said in a room while the page was closed is counted and stands behind the line."""
    ann = person("ann").sign_in().join("teamchat").say("I go now")
    bob = irc().sign_in("bob").join("#teamchat")
    ann.page.goto("about:blank")
    bob.expect("QUIT|PART")
    bob.send(*(f"PRIVMSG #teamchat :missed {number}" for number in range(3)))
    bob.catch_up()
    ann.open()
    ann.conversation("teamchat").click()
    ann.see("missed 2")
    expect(ann.log.locator(".row.new ~ .row.said").first).to_contain_text("missed 0")
