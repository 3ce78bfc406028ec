"""Lists beside the messages and over them: none hides the conversation for longer than it is read.

A narrow terminal has room for one of them, over the messages.
"""

import pytest
from tests.tui.loop import on_a_loop
from tests.tui.office import OfficeApp
from tests.tui.settled import pressed, settled

from rookery.client.tui import wishes

NARROW, USUAL = (40, 20), (80, 24)


@pytest.fixture
def app():
    """Return the application with two rooms and two people."""
    return OfficeApp()


def shown(app):
    """Return which lists are to be seen."""
    return [name for name in ("rooms", "people") if app.chat.query_one(f"#{name}").display]


@on_a_loop
async def test_narrow_screen_shows_one_list_at_a_time(app):
    """The list of people takes the place of the list of rooms, and its key closes it."""
    async with app.run_test(size=NARROW) as pilot:
        seen = []
        for key in ("f7", "f8", "f8"):
            await pressed(key)(pilot)
            seen.append(shown(app))
        assert seen == [["rooms"], ["people"], []]


@pytest.mark.parametrize(
    "press",
    (
        pytest.param(("escape",), id="escape"),
        pytest.param(("alt+2",), id="number"),
        pytest.param(("alt+down",), id="next"),
        pytest.param(("ctrl+k",), id="dialog"),
        pytest.param(("ctrl+k", "o", "p", "s", "enter"), id="jump"),
        pytest.param(("alt+m",), id="selection"),
        pytest.param((*"/help", "enter"), id="order"),
    ),
)
@pytest.mark.parametrize("opening", ("f7", "f8"))
@on_a_loop
async def test_list_over_the_messages_gives_way(app, press, opening):
    """Escape, another conversation, a dialog and a selected message close what hides them."""
    async with app.run_test(size=NARROW) as pilot:
        await pressed(opening)(pilot)
        assert shown(app)
        await pressed(*press)(pilot)
        assert shown(app) == []


@on_a_loop
async def test_escape_closes_the_list_and_does_no_more(app):
    """The messages behind a list are not said to be read: nobody saw them."""
    async with app.run_test(size=NARROW) as pilot:
        await pressed("f7", "escape")(pilot)
        assert [wish for wish in app.wishes_of(wishes.ReadAll) if wish.is_asked] == []
        await pressed("escape")(pilot)
        assert [wish.is_asked for wish in app.wishes_of(wishes.ReadAll)][-1]


@on_a_loop
async def test_list_ends_the_selection_of_a_message_that_it_hides(app):
    """No key acts on a message that is not to be seen."""
    async with app.run_test(size=NARROW) as pilot:
        await pressed("alt+m", "f7", "d")(pilot)
        assert (app.screen, app.chat.input.composer.text) == (app.chat, "d")


@on_a_loop
async def test_list_of_a_narrow_screen_leaves_the_wide_one_as_it_is(app):
    """Opened and closed over the messages, the list of rooms stands beside them all the same."""
    async with app.run_test(size=NARROW) as pilot:
        await pressed("f7", "f7")(pilot)
        await pilot.resize_terminal(*USUAL)
        await settled(pilot)
        assert shown(app) == ["rooms"]


@on_a_loop
async def test_list_hidden_on_a_wide_screen_stays_hidden(app):
    """What the person hid beside the messages comes over them when they ask, and goes again."""
    async with app.run_test(size=USUAL) as pilot:
        await pressed("f7")(pilot)
        await pilot.resize_terminal(*NARROW)
        await pressed("f7")(pilot)
        assert shown(app) == ["rooms"]
        await pilot.resize_terminal(*USUAL)
        await settled(pilot)
        assert shown(app) == []
