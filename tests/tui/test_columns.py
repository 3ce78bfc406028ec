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


def marked(app, panel):
    """Return the rows of a list that have the mark of what is chosen, without blanks."""
    rows = range(app.chat.query_one(panel).size.height)
    lines = [app.chat.query_one(panel).render_line(row).text for row in rows]
    return [" ".join(line.split()) for line in lines if "▸" in line]


@pytest.mark.parametrize(
    ("keys", "key"),
    (
        pytest.param(("enter",), "#general", id="none chosen"),
        pytest.param(("down", "enter"), "#ops", id="one down"),
        pytest.param(("down", "down", "down", "up", "enter"), "bob", id="down and up"),
        pytest.param(("up", "enter"), "#general", id="above the first"),
        pytest.param(("pagedown", "enter"), "carol", id="to the last"),
        pytest.param(("pagedown", "pageup", "down", "enter"), "#ops", id="pages"),
        pytest.param(("down", "escape", "enter"), "#general", id="escaped"),
    ),
)
@on_a_loop
async def test_arrows_choose_in_the_list_of_rooms(app, keys, key):
    """Arrows and pages move the mark, Enter opens what it stands at, and the list is gone."""
    async with app.run_test(size=NARROW) as pilot:
        await pressed("f7", *keys)(pilot)
        assert (app.chat.key, shown(app)) == (key, [])


@on_a_loop
async def test_chosen_row_has_the_mark(app):
    """It is told by a sign which row Enter opens; opened anew, the list is at the open one."""
    async with app.run_test(size=NARROW) as pilot:
        seen = []
        for key in ("f7", "down", "down", "escape", "f7"):
            await pressed(key)(pilot)
            seen.append(marked(app, "#sidebar")[:1] if shown(app) else None)
        general, ops = ["▸ #general 4 @1"], ["▸ #ops 12"]
        assert seen == [general, ops, ["▸ bob ● 1"], None, general]


@on_a_loop
async def test_arrows_choose_in_the_list_of_people(app):
    """Enter talks to whom the mark stands at."""
    async with app.run_test(size=NARROW) as pilot:
        await pressed("f8", "down", "down")(pilot)
        assert marked(app, "#people-list") == ["▸● carol"]
        await pressed("enter")(pilot)
        (wish,) = app.wishes_of(wishes.Command)
        assert (wish.key, wish.name, wish.argument) == ("#general", "msg", "carol")
        assert shown(app) == []


@on_a_loop
async def test_keys_that_come_at_once_mean_the_list(app):
    """Opened and chosen from faster than it is painted, the list opens the right conversation."""
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("f7", "down", "down", "enter", "h", "i")
        await settled(pilot)
        assert (app.chat.key, app.chat.input.composer.text) == ("bob", "hi")


@on_a_loop
async def test_writing_closes_the_list(app):
    """What is typed goes to the input, whose keys are its own again: Enter sends it."""
    async with app.run_test(size=NARROW) as pilot:
        await pressed("f7", "down", "h", "i", "enter")(pilot)
        assert shown(app) == []
        assert [(wish.key, wish.text) for wish in app.wishes_of(wishes.Say)] == [("#general", "hi")]


@on_a_loop
async def test_a_sequence_begun_over_the_list_ends_with_its_second_key(app):
    """Ctrl-X and a key that belongs to no sequence do nothing; what is typed then is written."""
    async with app.run_test(size=NARROW) as pilot:
        await pressed("f7", "down", "ctrl+x", "down", "h", "i")(pilot)
        assert (shown(app), app.chat.input.composer.text) == ([], "hi")


@on_a_loop
async def test_what_is_no_longer_in_the_list_is_not_opened(app):
    """A room that went away after it was chosen: Enter closes the list, and all stays in front."""
    async with app.run_test(size=NARROW) as pilot:
        await pressed("f7", "down")(pilot)
        app.chat.columns.chosen = "#gone"
        await pressed("enter")(pilot)
        assert (app.chat.key, shown(app)) == ("#general", [])


@on_a_loop
async def test_list_beside_the_messages_takes_no_keys(app):
    """On a wide screen the arrows stay with the input: ↑ edits what one said last."""
    async with app.run_test(size=USUAL) as pilot:
        await pressed("up")(pilot)
        assert app.chat.input.composer.text == "done"


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
