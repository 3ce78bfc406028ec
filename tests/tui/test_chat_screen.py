"""What keys and changes do on the screen: wishes go out, the place and the drafts stay."""

import asyncio
import dataclasses

import pytest
from tests.tui.loop import on_a_loop
from tests.tui.office import Office, OfficeApp, said
from tests.tui.settled import settled
from textual.events import Paste

from rookery.client.conversation.changes import About, Changed, Listed
from rookery.client.tui import wishes
from rookery.client.tui.desk import Connection
from rookery.client.tui.line_label import LineLabel

SEEN_S = 60.0
"""How long something may take to be seen."""


@pytest.fixture
def app():
    """Return the application with two rooms and two people."""
    return OfficeApp()


def screen_text(app):
    """Return what stands on the screen, row by row."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def on_screen(app, words):
    """Return whether these words stand in a row of the screen."""
    return any(words in row for row in screen_text(app))


@on_a_loop
async def test_enter_says_and_alt_enter_does_not(app):
    """Enter sends all lines as one message; Alt-Enter begins another line."""
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"one", "alt+enter", *"two", "enter")
        await settled(pilot)
        (say,) = app.wishes_of(wishes.Say)
        assert (say.key, say.text, app.chat.input.composer.text) == ("#general", "one\ntwo", "")


@on_a_loop
async def test_what_is_typed_before_a_key_belongs_to_where_it_was_typed(app):
    """However fast a key that leads elsewhere follows, the text stays where it was written."""
    async with app.run_test(size=(80, 24)) as pilot:
        for key in (*"mine", "alt+2", *"other", "enter"):
            pilot.app.post_message(
                __import__("textual.events", fromlist=["Key"]).Key(
                    key, key if len(key) == 1 else None
                )
            )
        await settled(pilot)
        drafts = [(wish.key, wish.text) for wish in app.wishes_of(wishes.DraftChanged)]
        says = [(wish.key, wish.text) for wish in app.wishes_of(wishes.Say)]
        assert (drafts, says) == ([("#general", "mine")], [("#ops", "other")])


@on_a_loop
async def test_a_paste_lands_in_the_input(app):
    """A pasted block sends nothing, and a slash at its beginning is no command."""
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(Paste("/quit\r\nnow\n"))
        await settled(pilot)
        assert app.chat.input.composer.text == "//quit\nnow\n"
        assert app.wishes_of(wishes.Say) == app.wishes_of(wishes.Quit) == []


@on_a_loop
async def test_a_mistake_stays_in_the_input(app):
    """What is no command is told, and can be mended."""
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"/jion x", "enter")
        await settled(pilot)
        assert app.chat.input.composer.text == "/jion x"
        assert on_screen(app, "Did you mean /join?")


@on_a_loop
async def test_nothing_is_lost_where_one_is_not_in_the_room(app):
    """A text for a room that I am not in stays in the input."""
    app.office.get("#general").is_joined = False
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"hello", "enter")
        await settled(pilot)
        assert app.chat.input.composer.text == "hello"
        assert app.wishes_of(wishes.Say) == []


@on_a_loop
async def test_up_edits_what_was_said_last(app):
    """↑ on the empty input takes my last message in, and Enter corrects it."""
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("up", "!", "enter")
        await settled(pilot)
        (edit,) = app.wishes_of(wishes.Edit)
        assert (edit.entry_key, edit.text) == ("j", "done!")


@pytest.mark.parametrize(
    ("press", "kind", "fields"),
    (
        (["r", "o", "k", "enter"], wishes.Say, {"reply_to": "n", "text": "ok"}),
        (["plus", "t", "a", "d", "enter"], wishes.React, {"entry_key": "n", "emoji": "🎉"}),
        (["d", "y"], wishes.Delete, {"entry_key": "n"}),
    ),
)
@on_a_loop
async def test_a_selected_message_is_acted_on(app, press, kind, fields):
    """Replying, reacting and deleting each name the message that is selected."""
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("alt+m", "up", *press):
            await pilot.press(key)
            await settled(pilot)
        (wish,) = app.wishes_of(kind)
        assert {name: getattr(wish, name) for name in fields} == fields


@on_a_loop
async def test_deleting_asks_first(app):
    """Without a yes nothing is deleted."""
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("alt+m", "d", "n"):
            await pilot.press(key)
            await settled(pilot)
        assert app.wishes_of(wishes.Delete) == []


@on_a_loop
async def test_older_messages_are_asked_for_once(app):
    """At the top older messages are wanted: once for each oldest one, and again with PgUp."""
    app.office.get("#general").has_older = True
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.add("#general", said("p", "bob", "more", 1))
        await settled(pilot)
        assert len(app.wishes_of(wishes.FetchOlder)) == 1
        await pilot.press("pageup")
        await settled(pilot)
        assert len(app.wishes_of(wishes.FetchOlder)) == 2


@on_a_loop
async def test_the_place_stays_while_others_talk(app):
    """Scrolled up, what is read stays in its place, and what came is counted below."""
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.press("pageup")
        await settled(pilot)
        before = screen_text(app)[1:7]
        app.add("#general", said("p", "bob", "more", 1), said("q", "bob", "and more", 1))
        await settled(pilot)
        assert screen_text(app)[1:7] == before
        assert "2 new ↓" in app.chat.query_one("#notice", LineLabel).text


@on_a_loop
async def test_a_conversation_opened_amid_changes_shows_each_message_once(app):
    """A message that came before its room was opened is not shown again by its change."""
    async with app.run_test(size=(80, 24)) as pilot:
        app.office.get("#ops").entries.append(said("y", "bob", "only once", 1))
        app.chat.open("#ops")
        app.chat.apply([Changed("#ops", 1, 0, 1), Listed()])
        await settled(pilot)
        assert sum("only once" in row for row in screen_text(app)) == 1


@on_a_loop
async def test_next_unread_goes_to_who_names_me_first(app):
    """Alt-A prefers a conversation in which somebody named me."""
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("alt+a")
        await settled(pilot)
        assert app.chat.key == "bob"


@on_a_loop
async def test_a_conversation_that_is_gone_gives_way(app):
    """The first conversation comes to the front when the one there is left."""
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("alt+2")
        app.office.conversations = [one for one in app.office.conversations if one.key != "#ops"]
        app.chat.apply([Listed()])
        await settled(pilot)
        assert app.chat.key == "#general"


@on_a_loop
async def test_changes_are_seen(app):
    """An edit, a deletion and a new topic replace what stood there."""
    async with app.run_test(size=(80, 24)) as pilot:
        app.alter("#general", 8, text="corrected", is_edited=True)
        app.alter("#general", 9, text="", is_redacted=True)
        app.office.get("#general").topic = "Another\x1b[2J topic"
        app.chat.apply([About("#general")])
        async with asyncio.timeout(SEEN_S):
            while not on_screen(app, "(deleted)"):
                await settled(pilot)
        assert on_screen(app, "corrected (edited)")
        assert on_screen(app, "Another␛[2J topic")


@on_a_loop
async def test_without_conversations_the_way_in_is_told():
    """An empty list is no dead end."""
    app = OfficeApp(Office([]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "enter")
        await settled(pilot)
        assert on_screen(app, "Enter a room: /join teamchat")


@on_a_loop
async def test_no_control_character_is_painted(app):
    """Whatever anybody writes or is called, no strip holds what a terminal obeys."""
    hostile = "\x1b]0;x\x07\x9b2J\u202e\x00\x7f"
    room = app.office.get("#general")
    room.entries = [dataclasses.replace(one, sender=hostile, text=hostile) for one in room.entries]
    room.topic = hostile
    room.typing = (hostile,)
    app.office.names = [hostile]
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("ctrl+k")
        await settled(pilot)
        text = "".join(screen_text(app))
        assert [one for one in text if ord(one) < 32 or 127 <= ord(one) < 160] == []
        assert "\u202e" not in text


HOSTILE = "\x1b]0;owned\x07\x9b2J\u202ereversed"


@pytest.mark.parametrize(
    "press",
    (
        pytest.param((), id="input"),
        pytest.param(("ctrl+k",), id="jump"),
        pytest.param(("ctrl+f",), id="search"),
    ),
)
@on_a_loop
async def test_no_control_character_of_a_paste_is_painted(app, press):
    """What was copied from elsewhere does not act on the terminal, wherever it is pasted."""
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.press(*press)
        await settled(pilot)
        app.screen.focused.post_message(Paste(f"a{HOSTILE}b"))
        await settled(pilot)
        assert on_screen(app, "owned")
        assert not set("\x1b\x07\x9b\u202e") & set("".join(screen_text(app)))


@on_a_loop
async def test_no_control_character_is_painted_from_what_is_edited_completed_or_told(app):
    """An own message from another client, a name and an error are made harmless, too."""
    app.office.names = [f"eve{HOSTILE}", f"eve2{HOSTILE}"]
    app.office.get("#general").entries.append(said("z", "alice", f"mine{HOSTILE}", is_own=True))
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.press("up")
        await settled(pilot)
        assert "owned" in app.chat.input.composer.text
        assert not set("\x1b\x07\x9b\u202e") & set("".join(screen_text(app)))
        await pilot.press("ctrl+c", *"eve", "tab")
        app.chat.tell(f"the server says {HOSTILE}")
        await settled(pilot)
        assert on_screen(app, "the server says")
        assert not set("\x1b\x07\x9b\u202e") & set("".join(screen_text(app)))


@on_a_loop
async def test_lines_that_are_asked_about_are_seen_wherever_one_is(app):
    """A banner names them and the keys; F3 sends them, F4 drops them after a question."""
    app.office.connection = Connection(is_online=True, waiting=2, asked=2, may_have_arrived=True)
    async with app.run_test(size=(100, 24)) as pilot:
        await settled(pilot)
        assert on_screen(app, "? 2 lines wait for your word: may have arrived already.")
        await pilot.press("f4", "n", "f4", "y", "f3")
        await settled(pilot)
        assert [wish.is_yes for wish in app.wishes_of(wishes.AnswerAsked)] == [False, True]
        app.office.connection = Connection(is_online=True)
        app.chat.refresh_status()
        await settled(pilot)
        assert not on_screen(app, "for your word")
        await pilot.press("f3")
        await settled(pilot)
        assert on_screen(app, "No line waits for your word.")
