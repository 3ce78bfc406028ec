import pytest

from rookery.core.modes import BY_LETTER, MODES, Kind, shown, takes_param
from rookery.core.room import ADMIN, FOUNDER, OPERATOR, VOICE, prefixes


@pytest.mark.parametrize(
    ("text", "is_taken"),
    (
        ("+b", True),
        ("-b", True),
        ("+k", True),
        ("-k", True),
        ("+l", True),
        ("-l", False),
        ("+o", True),
        ("-o", True),
        ("+m", False),
    ),
)
def test_takes_param(text, is_taken):
    """Ranks, lists and the password take a parameter both ways, the limit when set, flags never."""
    assert takes_param(BY_LETTER[text[1]], is_on=text[0] == "+") is is_taken


def test_shown(stage):
    """Modes are shown with their parameters, the password only to those who may know it."""
    room = stage.room("#a")
    assert shown(room, with_password=True) == ("+nt",)
    room.password, room.limit, room.forward = "sesame", 5, "#b"
    assert shown(room, with_password=True) == ("+ntklf", "sesame", "5", "#b")
    assert shown(room, with_password=False) == ("+ntklf", "*", "5", "#b")


def test_kinds_have_modes():
    """Each kind of mode is used."""
    assert {mode.kind for mode in MODES} == set(Kind)


def test_prefixes():
    """The highest prefix, or all of them, highest first."""
    ranks = (0, VOICE, OPERATOR, OPERATOR | VOICE, FOUNDER | ADMIN | OPERATOR)
    assert [prefixes(rank, all_ranks=False) for rank in ranks] == ["", "+", "@", "@", "~"]
    assert [prefixes(rank, all_ranks=True) for rank in ranks] == ["", "+", "@", "@+", "~&@"]
