"""What became of messages is the same for who saw it happen and for who comes later."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def pair(person):
    """Two people in a room who said something, answered, reacted, corrected and deleted."""
    ann, bob = (person(name).sign_in().join("teamchat") for name in ("ann", "bob"))
    ann.say("Meet at noon").say("Never mind this").say("Cake or pie?")
    bob.see("Cake or pie?").act("Cake or pie?", "Reply")
    bob.say("Pie, of course")
    bob.act("Meet at noon", "React")
    bob.page.get_by_role("dialog").get_by_role("button", name="👍", exact=True).click()
    ann.see("Pie, of course").act("Never mind this", "Delete")
    ann.page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    ann.act("Meet at noon", "Edit")
    ann.type("Meet at one")
    return ann, bob


def sees_it_all(one, texts=4):
    """Wait until somebody's page shows what became of so many messages."""
    one.see("Meet at one").see("Pie, of course")
    expect(one.message("Meet at one").get_by_text("edited")).to_be_visible()
    chip = one.message("Meet at one").get_by_role("button", name="👍 1, bob")
    expect(chip).to_be_visible()
    answer = one.message("Pie, of course")
    expect(answer.get_by_role("button", name="Cake or pie?")).to_be_visible()
    expect(one.texts).to_have_count(texts)
    for gone in ("Never mind this", "Meet at noon"):
        expect(one.log.get_by_text(gone)).to_have_count(0)


def test_live_and_later(pair, person):
    """Who was there, also after a reload, and who comes later see the same.

    Of a deleted message the history has nothing: who comes later does not see that it was there.
    """
    for one in pair:
        sees_it_all(one.see("This message was deleted."))
        one.page.reload()
        sees_it_all(one)
    sees_it_all(person("cid").sign_in().join("teamchat"), texts=3)


def test_a_reaction_taken_back_is_gone_for_all(pair, person):
    """Who takes a reaction back takes it away for everybody, also in the history."""
    ann, bob = pair
    sees_it_all(ann)
    bob.message("Meet at one").get_by_role("button", name="👍 1, bob").click()
    expect(ann.message("Meet at one").get_by_role("button", name="👍")).to_have_count(0)
    late = person("cid").sign_in().join("teamchat").see("Meet at one")
    expect(late.message("Meet at one").get_by_role("button", name="👍")).to_have_count(0)
