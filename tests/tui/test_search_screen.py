"""The search tells what it looks for, also on a narrow screen."""

import pytest
from tests.tui.loop import on_a_loop
from tests.tui.office import OfficeApp
from tests.tui.settled import pressed, settled

from rookery.client.happened import Found
from rookery.client.tui.line_label import LineLabel


@pytest.mark.parametrize("size", ((40, 20), (80, 24)))
@on_a_loop
async def test_nothing_found_says_that_whole_words_are_looked_for(size):
    """Part of a word finds nothing, and the sentence that says why fits."""
    app = OfficeApp()
    async with app.run_test(size=size) as pilot:
        await pressed("ctrl+f", *"relea", "enter")(pilot)
        app.chat.show_found(Found("relea", "#general", ()))
        await settled(pilot)
        label = app.screen.query_one("#dialog-hint", LineLabel)
        assert "Nothing found: whole words only" in label.render_line(0).text
