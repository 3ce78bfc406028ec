"""Before any conversation is open: what is typed stays, whatever comes meanwhile."""

from tests.tui.loop import on_a_loop
from tests.tui.office import Office, OfficeApp, said
from tests.tui.settled import settled

from rookery.client.conversation.changes import Listed
from rookery.client.conversation.conversation import Conversation
from rookery.client.tui import wishes


@on_a_loop
async def test_what_is_typed_stays_when_anything_changes():
    """The sign-in ends between two keys of the first command, which is understood all the same."""
    app = OfficeApp(Office([]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("/")
        app.chat.apply([Listed()])
        await settled(pilot)
        await pilot.press(*"join team", "enter")
        await settled(pilot)
        (wish,) = app.wishes_of(wishes.Command)
        assert (wish.name, wish.argument, app.chat.input.composer.text) == ("join", "team", "")


@on_a_loop
async def test_what_is_typed_goes_along_into_the_first_conversation():
    """A message from somebody opens a talk by itself, and takes nobody's words away."""
    app = OfficeApp(Office([]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"half a")
        app.office.conversations = [Conversation("bob", entries=[said("a", "bob", "hello")])]
        app.chat.apply([Listed()])
        await settled(pilot)
        await pilot.press(*" thought")
        await settled(pilot)
        assert (app.chat.key, app.chat.input.composer.text) == ("bob", "half a thought")


@on_a_loop
async def test_the_last_conversation_takes_its_words_along():
    """Closed on another device, it leaves an empty input: the words were its own."""
    app = OfficeApp(Office([Conversation("bob", entries=[said("a", "bob", "hello")])]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"to bob")
        app.office.conversations = []
        app.chat.apply([Listed()])
        await settled(pilot)
        assert (app.chat.key, app.chat.input.composer.text) == ("", "")
        assert [(one.key, one.text) for one in app.wishes_of(wishes.DraftChanged)] == [
            ("bob", "to bob")
        ]
