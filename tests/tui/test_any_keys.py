"""No keys, in no order and on no size of terminal, end the client or leave it without an input."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tui.loop import on_a_loop
from tests.tui.office import OfficeApp, said
from tests.tui.test_bursts import burst, settled

from rookery.client.tui.keys import KEYS
from rookery.client.tui.message_view import MessageView

OF_FIELDS = ("left", "right", "home", "end", "delete", "backspace", "escape", "y", "n")
ELSEWHERE = {"leave_client", "external_editor"}
"""What rightly ends the client, or starts another program."""
OF_TABLE = sorted({press for key in KEYS if key.action not in ELSEWHERE for press in key.keys})
PRESSES = st.lists(st.sampled_from((*OF_TABLE, *OF_FIELDS, *"abo #/@:")), min_size=1, max_size=8)
SIZES = st.tuples(st.integers(20, 130), st.integers(4, 40))
STEPS = st.lists(st.tuples(PRESSES, st.none() | SIZES), min_size=5, max_size=20)


@settings(max_examples=8, deadline=None)
@given(STEPS)
def test_any_keys(steps):
    """Whatever is pressed, Escape leads back to the chat, where letters are written."""

    async def press_all():
        app = OfficeApp()
        async with app.run_test(size=(80, 24)) as pilot:
            app.add("#general", said("p", "alice", "hello there", 1, is_own=True))
            for keys, size in steps:
                burst(app, *keys)
                if size is not None:
                    await pilot.resize_terminal(*size)
            await settled(pilot)
            for _ in range(3):
                burst(app, "escape")
                await settled(pilot)
            app.chat.input.composer.put("")
            burst(app, *"written")
            await settled(pilot)
            return app.screen is app.chat, app.chat.input.composer.text

    assert asyncio.run(press_all()) == (True, "written")


@on_a_loop
async def test_back_where_nothing_was_said():
    """PgUp in a conversation without a message does nothing."""
    app = OfficeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, "ctrl+k", *"bob", "enter", "pageup", "pageup", *"hello")
        await settled(pilot)
        assert app.chat.query_one(MessageView).is_mounted
        assert (app.chat.key, app.chat.input.composer.text) == ("bob", "hello")
