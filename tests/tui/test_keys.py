"""The table of keys, a person's own keys, and keys as old terminals send them."""

import pytest
from textual._xterm_parser import XTermParser

from rookery.client.tui.keys import KEYS, MESSAGE, SEQUENCES, WRITING, bound, groups, keys_shown
from rookery.client.tui.message_acts import ACTS
from rookery.client.tui.pressed import Pressed
from rookery.client.tui.screen_acts import DOINGS
from rookery.client.tui.terminal_keys import AltKey, teach
from rookery.errors import ClientError

SELECTING = {"select_previous", "select_next"}


def keys_of(action, table):
    """Return the keys of an action."""
    return next(key.keys for key in table if key.action == action)


def test_every_action_does_something():
    """Each row of the table has its doing, and nothing is done that has no row."""
    doable = set(DOINGS) | set(ACTS) | SELECTING
    assert {key.action for key in KEYS if key.group != WRITING} == doable


def test_every_action_is_in_the_help():
    """The help has a row for each action; the nine numbers are one."""
    shown = {key.action for rows in groups().values() for key in rows}
    assert {key.action for key in KEYS} - shown == {f"conversation_{at}" for at in range(2, 10)}


@pytest.mark.parametrize(
    ("given", "expected"),
    (
        ("Ctrl-G", ("ctrl+g",)),
        ("alt+g", ("alt+g",)),
        (["F6", "PgUp"], None),
        ("Shift-Ctrl-Up", ("ctrl+shift+up",)),
        ([], ()),
    ),
)
def test_a_person_has_own_keys(given, expected):
    """Keys are written as people write them, and a key that is taken is refused."""
    if expected is None:
        with pytest.raises(ClientError, match="given to both"):
            bound({"jump": given})
    else:
        assert keys_of("jump", bound({"jump": given})) == expected


@pytest.mark.parametrize(
    ("overrides", "words"),
    (
        ({"jmp": "F6"}, 'no action. Did you mean "jump"?'),
        ({"jump": "Hyper-X"}, "is no key. Write it like"),
        ({"jump": "F1"}, "F1 is given to both help and jump. Give one of them another key."),
    ),
)
def test_what_cannot_be_bound_is_told(overrides, words):
    """An unknown action, an unknown key and a key given twice are each one sentence."""
    with pytest.raises(ClientError) as refused:
        bound(overrides)
    assert words in str(refused.value)


def test_a_sequence_needs_both_keys():
    """Ctrl-X Ctrl-E opens the editor; Ctrl-X and another key does nothing at all."""
    pressed = Pressed(KEYS, {WRITING})
    assert [pressed.action(key) for key in ("ctrl+x", "ctrl+e")] == ["", "external_editor"]
    assert [pressed.action(key) for key in ("ctrl+x", "a", "a")] == ["", "", None]
    assert {"external_editor"} == SEQUENCES


def test_a_selected_message_has_keys_of_its_own():
    """Esc goes back to writing while a message is selected, and marks as read otherwise."""
    assert Pressed(KEYS, {"Reading", MESSAGE}).action("escape") == "deselect"
    assert Pressed(KEYS, {"Reading"}).action("escape") == "mark_read"


@pytest.mark.parametrize("key", AltKey, ids=lambda key: key.value)
def test_alt_is_heard_without_the_kitty_protocol(key):
    """A terminal that sends Escape and the key is understood: Alt-Enter never sends."""
    teach()
    last = key.value.removeprefix("alt+")
    parser = XTermParser()
    events = [*parser.feed("\x1b" + ("\r" if last == "enter" else last)), *parser.tick()]
    assert [event.key for event in events] == [key.value]


def test_keys_are_shown_as_people_write_them():
    """What is bound as ctrl+k is shown as Ctrl-K."""
    shown = {key.action: keys_shown(key) for key in KEYS}
    assert (shown["jump"], shown["page_up"], shown["react"]) == ("Ctrl-K", "PgUp", "+")
    assert (shown["external_editor"], shown["newline"]) == ("Ctrl-X Ctrl-E", "Alt-Enter, Ctrl-J")
