"""Keys that arrive together act strictly in the order in which they were pressed."""

import asyncio
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tui.loop import on_a_loop
from tests.tui.office import OfficeApp, said
from tests.tui.settled import settled
from textual.events import Key, Paste

from rookery.client.tui import wishes
from rookery.client.tui.ask_screen import AskScreen

PASTED = "pasted"
_LETTERS = "abcxyz "


class Written:
    """A line of text with a cursor: what each key is to do."""

    def __init__(self):
        self.before = self.after = ""
        self.sent = []

    def press(self, key):
        """Do what one key means."""
        acts = {
            "backspace": lambda: (self.before[:-1], self.after),
            "delete": lambda: (self.before, self.after[1:]),
            "left": lambda: (self.before[:-1], self.before[-1:] + self.after),
            "right": lambda: (self.before + self.after[:1], self.after[1:]),
            "home": lambda: ("", self.before + self.after),
            "end": lambda: (self.before + self.after, ""),
            "ctrl+u": lambda: ("", self.after),
            "ctrl+w": lambda: (re.sub(r"\w+\s*$|\s+$", "", self.before), self.after),
            "enter": self._enter,
        }
        typed = lambda: (self.before + key, self.after)  # noqa: E731 - as the others of the table
        self.before, self.after = acts.get(key, typed)()

    def _enter(self):
        text = self.before + self.after
        if not text.strip():
            return self.before, self.after
        self.sent.append(text)
        return "", ""


KEYS = ("backspace", "delete", "left", "right", "end", "ctrl+u", "ctrl+w", "enter", PASTED)
BURSTS = st.lists(st.sampled_from((*_LETTERS, *KEYS)), max_size=40)


def burst(app, *keys):
    """Have keys come in as fast as a terminal hands them on: nobody waits between them."""
    for key in keys:
        character = key if len(key) == 1 else None
        app.post_message(Paste(key) if key == PASTED else Key(key, character))


def said_by(app):
    """Return the texts that were to be said."""
    return [wish.text for wish in app.wishes_of(wishes.Say)]


@settings(max_examples=12, deadline=None)
@given(BURSTS)
def test_any_burst_is_done_in_its_order(keys):
    """Whatever comes together is written and sent as if each key had been waited for."""
    written = Written()
    for key in keys:
        written.press(key)

    async def type_it():
        app = OfficeApp()
        async with app.run_test(size=(80, 24)) as pilot:
            burst(app, *keys)
            await settled(pilot)
            return app.chat.input.composer.text, said_by(app)

    assert asyncio.run(type_it()) == (written.before + written.after, written.sent)


@pytest.mark.parametrize(
    ("keys", "text"),
    (
        ([*"abcdefgh", *["backspace"] * 4, "X", "Y"], "abcdXY"),
        ([*"abc", "left", "left", "X"], "aXbc"),
        ([*"bc", "home", "a", "end", "d"], "abcd"),
        ([*"one two", "ctrl+w", *"three"], "one three"),
        ([*"one", "home", "delete", "O"], "One"),
        ([*"one", "ctrl+u", PASTED, "backspace", *"ed!"], "pasteed!"),
    ),
)
@on_a_loop
async def test_a_burst_is_written_in_its_order(keys, text):
    """Letters overtake neither Backspace nor arrows."""
    app = OfficeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, *keys)
        await settled(pilot)
        assert app.chat.input.composer.text == text


@on_a_loop
async def test_a_correction_in_one_burst():
    """↑ takes the last message in before the keys behind it act."""
    app = OfficeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, "up", "backspace", "backspace", *"g", "enter", *"next", "enter")
        await settled(pilot)
        assert [wish.text for wish in app.wishes_of(wishes.Edit)] == ["dog"]
        assert said_by(app) == ["next"]


@on_a_loop
async def test_what_is_sent_is_not_what_is_edited_next():
    """Enter says what was written before ↑ begins to edit something else."""
    app = OfficeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, *"new", "enter", "up", "!", "enter")
        await settled(pilot)
        assert said_by(app) == ["new"]
        assert [wish.text for wish in app.wishes_of(wishes.Edit)] == ["done!"]


@on_a_loop
async def test_given_up_before_what_is_typed_next():
    """Ctrl-C empties the line of what was written before it alone."""
    app = OfficeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, *"old", "ctrl+c", *"new")
        await settled(pilot)
        assert app.chat.input.composer.text == "new"


@on_a_loop
async def test_a_message_is_selected_edited_and_saved_in_one_burst():
    """Keys behind one that changes who takes them go to the one that takes them then."""
    app = OfficeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.add("#general", said("p", "alice", "dy", 1, is_own=True))
        await settled(pilot)
        burst(app, "alt+m", "e", "backspace", *"one", "enter", *"rdy", "enter")
        await settled(pilot)
        assert [wish.text for wish in app.wishes_of(wishes.Edit)] == ["done"]
        assert said_by(app) == ["rdy"]


@on_a_loop
async def test_a_question_is_answered_in_one_burst():
    """What follows the key that opens a question is its answer."""
    app = OfficeApp()
    answers = []
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(AskScreen("Name?", answers.append))
        await settled(pilot)
        burst(app, *"allice", "left", "left", "left", "backspace", "enter")
        await settled(pilot)
        assert answers == ["alice"]


@on_a_loop
async def test_a_jump_in_one_burst():
    """What follows the key that opens a dialog is typed into the dialog."""
    app = OfficeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, "ctrl+k", "f12", "ctrl+c", *"opz", "backspace", "s", "enter")
        await settled(pilot)
        assert (app.chat.key, app.chat.input.composer.text) == ("#ops", "")


@on_a_loop
async def test_what_follows_a_jump_in_one_burst_is_said_there():
    """Enter closes a dialog before the next key acts; a second Enter closes nothing."""
    app = OfficeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, "ctrl+k", *"ops", "enter", "enter", *"hello", "enter")
        await settled(pilot)
        assert app.screen is app.chat
        assert [(wish.key, wish.text) for wish in app.wishes_of(wishes.Say)] == [("#ops", "hello")]


@on_a_loop
async def test_a_dialog_given_up_in_one_burst():
    """What was typed into a dialog before Escape is gone with it, and what follows is written."""
    app = OfficeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        before = app.chat.key
        burst(app, "ctrl+k", *"ops", "escape", *"on", "ctrl+p", "down", "escape", "escape", *"ly")
        await settled(pilot)
        assert (app.chat.key, app.chat.input.composer.text) == (before, "only")


@on_a_loop
async def test_a_question_of_one_key_in_one_burst():
    """A message is deleted by four keys, and a fifth is a letter again."""
    app = OfficeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.add("#general", said("p", "alice", "oops", 1, is_own=True))
        await settled(pilot)
        burst(app, "alt+m", "d", "y", "y", *"es")
        await settled(pilot)
        assert len(app.wishes_of(wishes.Delete)) == 1
        assert app.chat.input.composer.text == "yes"


@on_a_loop
async def test_the_help_in_one_burst():
    """The help is scrolled and closed before what follows is written."""
    app = OfficeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, "f1", "down", "down", "q", *"quick")
        await settled(pilot)
        assert app.screen is app.chat
        assert app.chat.input.composer.text == "quick"
