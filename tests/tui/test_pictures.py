"""How the screen looks: each picture was looked at before it was kept.

After a change of the looks: `pytest tests/tui --snapshot-update`, look, `make docs`.
"""

import importlib.util
from pathlib import Path

import pytest
from tests.tui.office import NOON_MS, Office, OfficeApp, conversations, friendly
from tests.tui.settled import pressed, settled

from rookery.client.happened import Found
from rookery.client.said import Said

SCRIPT = Path(__file__).parents[2] / "scripts/tui_pictures.py"
SIZES = {"wide": (120, 40), "usual": (80, 24), "phone": (40, 20)}


@pytest.mark.parametrize("theme", ("dark", "light", "high-contrast"))
@pytest.mark.parametrize("size", SIZES)
def test_chat(snap_compare, size, theme):
    """The chat fits at every width, in every theme."""
    assert snap_compare(OfficeApp(theme=theme), run_before=settled, terminal_size=SIZES[size])


@pytest.mark.parametrize(
    ("size", "theme", "press"),
    (
        pytest.param((112, 21), "dark", (), id="columns"),
        pytest.param((80, 24), "light", (), id="light"),
        pytest.param((40, 20), "dark", (), id="narrow"),
        pytest.param((80, 24), "dark", ("alt+m", "up", "up", "up"), id="message"),
    ),
)
def test_documentation(snap_compare, size, theme, press):
    """The pictures of the documentation are of a friendly day, without much that is empty."""
    app = OfficeApp(Office(conversations(friendly)), theme)
    assert snap_compare(app, run_before=pressed(*press), terminal_size=size)


@pytest.mark.parametrize("size", SIZES)
def test_help(snap_compare, size):
    """F1 shows all keys and commands."""
    assert snap_compare(OfficeApp(), run_before=pressed("f1"), terminal_size=SIZES[size])


@pytest.mark.parametrize(
    ("name", "press"),
    (
        ("message-mode", ["alt+m", "up", "up"]),
        ("reply", ["alt+m", "up", "r"]),
        ("edit", ["up"]),
        ("jump", ["ctrl+k", "o"]),
        ("react", ["alt+m", "up", "plus", "t", "a"]),
        ("delete", ["alt+m", "up", "up", "d"]),
        ("unfolded", ["alt+j"]),
        ("mistake", ["slash", "j", "i", "o", "n", "enter"]),
        ("person", ["alt+4"]),
        ("palette", ["ctrl+p"]),
    ),
)
def test_mode(snap_compare, name, press):
    """Each mode says what it is and what its keys are."""
    assert snap_compare(OfficeApp(), run_before=pressed(*press), terminal_size=(80, 24))


def test_beginning(snap_compare):
    """Where nothing is open yet, the first steps are told."""
    assert snap_compare(OfficeApp(Office([])), run_before=settled, terminal_size=(80, 24))


def test_rooms_over_a_narrow_screen(snap_compare):
    """F7 lays the rooms over the messages where there is no place beside them."""
    assert snap_compare(OfficeApp(), run_before=pressed("f7"), terminal_size=(40, 20))


def test_search(snap_compare):
    """A search lists what was found, the newest first."""

    async def find(pilot):
        await pressed("ctrl+f", *"lunch", "enter")(pilot)
        items = tuple(
            Said(
                "bob",
                "#general",
                f"lunch number {at}",
                NOON_MS + at * 60_000,
                f"m{at}",
                is_room=True,
            )
            for at in range(3)
        )
        pilot.app.chat.show_found(Found("lunch", "#general", items))
        await settled(pilot)

    assert snap_compare(OfficeApp(), run_before=find, terminal_size=(80, 24))


def test_no_colour(snap_compare, monkeypatch):
    """Without colours everything is still told: by signs and words."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(OfficeApp(), run_before=settled, terminal_size=(80, 24))


def test_pictures_of_the_documentation_are_these():
    """What the documentation shows is what the tests have seen."""
    spec = importlib.util.spec_from_file_location("tui_pictures", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    wanted = script.pictures()
    assert {path: path.read_text() for path in wanted} == wanted
