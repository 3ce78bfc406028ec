"""The full-screen client below its screen, against a real server."""

import contextlib

import pytest
from tests.e2e.somebody import Somebody
from tests.e2e.waits import AWAY_S, SEEN_S

from rookery.client.conversation import asks
from rookery.client.conversation.entry import State
from rookery.client.happened import Found
from rookery.client.news import Lost

BACK_S = AWAY_S


@pytest.fixture
def somebody(server, tmp_path):
    """Return a function: a name in, a person out who is online."""
    server.start()
    with contextlib.ExitStack() as people:

        def start(name):
            one = Somebody(name, server.port, tmp_path / f"state-{name}").start()
            people.callback(one.stop)
            return one

        yield start


@pytest.fixture
def alice_and_bob(somebody):
    """Two people in one room."""
    alice, bob = somebody("alice"), somebody("bob")
    alice.join("team", 1)
    bob.join("team", 2)
    alice.until(lambda all_: len(all_.of("#team").conversation.members) == 2, "bob")
    return alice, bob


def test_two_people_talk_react_edit_and_delete(alice_and_bob):
    """Each sees what the other does, in place."""
    alice, bob = alice_and_bob
    alice.say("#team", "hello bob\nsecond line")
    bob.sees("#team", "hello bob\nsecond line")
    alice.sees("#team", "hello bob\nsecond line")
    alice.until(lambda _: alice.entry("#team", "hello bob\nsecond line").msgid, "stored")
    said = bob.entry("#team", "hello bob\nsecond line")
    assert said.is_mention
    bob.do(asks.react, "#team", said.key, "👍")
    alice.until(
        lambda _: alice.entry("#team", "hello bob\nsecond line").reactions == {"👍": ("bob",)},
        "the reaction",
    )
    bob.say("#team", "hi", reply_to=said.key)
    alice.sees("#team", "hello bob\nsecond line", "hi")
    mine = alice.entry("#team", "hello bob\nsecond line")
    assert mine.reply_count == 1
    alice.do(asks.edit, "#team", mine.key, "hello!")
    bob.sees("#team", "hello!", "hi")
    alice.until(lambda _: alice.entry("#team", "hello!").state is State.SENT, "the correction")
    alice.do(asks.delete, "#team", mine.key)
    bob.sees("#team", "", "hi")


def test_search_finds_what_was_said(alice_and_bob):
    """The server searches, and the answer comes as one piece of news."""
    alice, bob = alice_and_bob
    alice.say("#team", "the release is on Friday")
    bob.sees("#team", "the release is on Friday")
    bob.do(asks.search, "", "release")
    bob.until(lambda _: any(isinstance(news, Found) for news in bob.news), "what is found")
    found = next(news for news in bob.news if isinstance(news, Found))
    assert [said.text for said in found.items] == ["the release is on Friday"]


def test_killed_server_loses_nothing_and_doubles_nothing(server, alice_and_bob):
    """What is typed meanwhile is sent once, and everybody reads one order."""
    alice, bob = alice_and_bob
    alice.say("#team", "before")
    bob.sees("#team", "before")
    server.kill()
    for one in (alice, bob):
        one.until(lambda _, one=one: any(isinstance(n, Lost) for n in one.news), "lost", BACK_S)
    alice.say("#team", "typed offline")
    assert alice.entry("#team", "typed offline").state is State.WAITING
    server.start_again()
    for one in (alice, bob):
        one.run.session.try_now()
        one.until(lambda _, one=one: one.talk("#team")[1:] == ["typed offline"], "it", BACK_S)
    alice.until(lambda _: alice.entry("#team", "typed offline").state is State.SENT, "stored")
    bob.say("#team", "after")
    alice.sees("#team", "before", "typed offline", "after")
    bob.sees("#team", "before", "typed offline", "after")


def test_next_run_shows_the_last_view_and_reads_up(server, tmp_path, alice_and_bob):
    """Before the connection stands, all is there as it was left; then what was missed is, too."""
    alice, bob = alice_and_bob
    alice.say("#team", "one")
    bob.sees("#team", "one")
    alice.sees("#team", "one")
    alice.do(asks.draft, "#team", "half a sent")
    alice.do(asks.message, "bob", "psst")
    bob.sees("alice", "psst")
    alice.until(lambda all_: not len(all_.model.outbox), "all stored")
    assert alice.stop() == []
    bob.say("#team", "two")
    bob.do(asks.message, "alice", "while you were away")
    bob.until(lambda all_: not len(all_.model.outbox), "all stored")
    again = Somebody("alice", server.port, tmp_path / "state-alice")
    assert again.talk("#team") == ["one"]
    assert again.talk("bob") == ["psst"]
    assert again.run.conversations.of("#team").conversation.draft == "half a sent"
    with contextlib.ExitStack() as people:
        people.callback(again.stop)
        again.start()
        again.sees("#team", "one", "two")
        again.sees("bob", "psst", "while you were away")


def test_history_is_fetched_page_by_page(alice_and_bob, somebody):
    """Who comes later reads the latest page, and older ones on demand, without a double."""
    alice, _ = alice_and_bob
    texts = [f"line {number}" for number in range(150)]
    for text in texts:
        alice.say("#team", text)
    alice.until(lambda all_: not len(all_.model.outbox), "all stored", BACK_S)
    carol = somebody("carol")
    carol.join("team", 3)
    assert carol.talk("#team") == texts[-len(carol.talk("#team")) :]
    while carol.run.conversations.of("#team").conversation.has_older:
        carol.do(asks.older, "#team")
        carol.until(lambda all_: not all_.of("#team").conversation.is_loading, "the page", SEEN_S)
    assert carol.talk("#team") == texts
