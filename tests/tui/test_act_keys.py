"""A selected message tells its keys: those that it answers to, each beside its word."""

from dataclasses import replace

import pytest
from tests.tui.loop import on_a_loop
from tests.tui.office import OfficeApp, said
from tests.tui.settled import pressed
from textual.widgets import Static

from rookery.client.conversation.entry import State
from rookery.client.tui.act_keys import act_keys
from rookery.client.tui.keys import KEYS

WIDE = 200
THEIRS = said("a", "bob", "lunch?")
MINE = said("b", "alice", "yes", is_own=True)


@pytest.mark.parametrize(
    ("entry", "told"),
    (
        pytest.param(THEIRS, "r reply  + react  d delete  y copy  Esc back", id="theirs"),
        pytest.param(MINE, "r reply  e edit  + react  d delete  y copy  Esc back", id="mine"),
        pytest.param(
            replace(THEIRS, text="see https://chat.lan/x"),
            "r reply  + react  d delete  y copy  o open link  Esc back",
            id="link",
        ),
        pytest.param(
            replace(MINE, state=State.FAILED, msgid=""),
            "r send again  d delete  y copy  Esc back",
            id="failed",
        ),
        pytest.param(replace(THEIRS, msgid=""), "y copy  Esc back", id="not-kept"),
    ),
)
def test_only_what_can_be_done_is_offered(entry, told):
    """No key is named that would only be refused."""
    assert act_keys(KEYS, entry, WIDE) == told


def test_no_line_ends_between_a_key_and_its_word():
    """A narrow screen has whole pairs in each line."""
    assert act_keys(KEYS, MINE, 38).split("\n") == [
        "r reply  e edit  + react  d delete",
        "y copy  Esc back",
    ]


@on_a_loop
async def test_keys_follow_the_selection():
    """Another message has other keys, and the screen tells them in whole pairs."""
    app = OfficeApp()
    app.office.get("#general").entries += [THEIRS, MINE]
    async with app.run_test(size=(40, 20)) as pilot:
        await pressed("alt+m")(pilot)
        assert "e edit" in str(app.chat.query_one("#told", Static).render())
        await pressed("up")(pilot)
        told = str(app.chat.query_one("#told", Static).render())
        assert told.split("\n") == ["r reply  + react  d delete  y copy", "Esc back"]


@on_a_loop
async def test_going_past_the_newest_message_ends_the_selection():
    """↓ on the newest message leads back to the input, and nothing more is told of it."""
    app = OfficeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed("alt+m", "up", "down", "down", "x")(pilot)
        assert app.chat.input.composer.text == "x"
        assert not app.chat.query_one("#told", Static).has_class("-shown")


@pytest.mark.parametrize(
    ("entry", "question"),
    (
        (THEIRS, 'Delete "lunch?" by bob for everybody?'),
        (MINE, 'Delete "yes" for everybody?'),
    ),
)
@on_a_loop
async def test_question_before_a_deletion_says_whose_message_it_is(entry, question):
    """Nobody takes somebody else's message for their own."""
    app = OfficeApp()
    app.office.get("#general").entries.append(entry)
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed("alt+m", "d")(pilot)
        asked = " ".join(str(label.render()) for label in app.screen.query(Static))
        assert question in asked
