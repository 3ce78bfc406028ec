import pytest

from rookery.core.modes import (
    BY_LETTER,
    MODES,
    Kind,
    ModeChange,
    apply,
    checked,
    shown,
    takes_param,
)
from rookery.core.refusal import Reason, Refusal
from rookery.core.room import OPERATOR, VOICE, prefixes


def _change(text, member=None):
    """Return the change of `+l 5` and the like."""
    letters, _, param = text.partition(" ")
    return ModeChange(letters[0] == "+", BY_LETTER[letters[1]], param, member)


def test_letters_are_unique():
    """Each mode has one row."""
    assert len(MODES) == len(BY_LETTER)


@pytest.mark.parametrize(
    ("text", "is_taken"),
    (
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
    """Ranks and the password take a parameter both ways, the limit when set, a flag never."""
    change = _change(text)
    assert takes_param(change.mode, is_on=change.is_on) is is_taken


@pytest.mark.parametrize("text", ("+m", "-n", "+k sesame", "+l 5", "-k sesame", "-l"))
def test_apply_and_apply_again(stage, text):
    """A checked change is made, and is no change any more."""
    room = stage.room("#a")
    if text[0] == "-" and text[1] in "kl":
        room.password, room.limit = "sesame", 5
    change = checked(room, _change(text), 10)
    assert change is not None
    apply(room, change)
    assert checked(room, _change(text), 10) is None


def test_ranks(stage):
    """Ranks are given and taken one by one; a member may have several."""
    room, ann = stage.room("#a"), stage.person("ann")
    stage.join(ann, room)
    for text, rank in (("+o ann", OPERATOR), ("+v ann", OPERATOR | VOICE), ("-o ann", VOICE)):
        change = checked(room, _change(text, ann), 10)
        apply(room, change)
        assert room.members[ann] == rank
        assert checked(room, change, 10) is None


def test_rank_of_who_has_left(stage):
    """A rank for who is no longer there changes nothing."""
    room, ann = stage.room("#a"), stage.person("ann")
    apply(room, _change("+o ann", ann))
    assert room.members == {}


def test_limit_is_normalized(stage):
    """A limit is told as a plain number."""
    assert checked(stage.room("#a"), _change("+l 007"), 10).param == "7"


def test_password_is_told_when_taken_away(stage):
    """Taking a password away repeats it, whatever was named."""
    room = stage.room("#a")
    room.password = "sesame"
    assert checked(room, _change("-k other"), 10).param == "sesame"


@pytest.mark.parametrize(
    ("text", "reason"),
    (
        ("+k ", Reason.BAD_KEY),
        ("+k 12345678901", Reason.BAD_KEY),
        ("+k a b", Reason.BAD_KEY),
        ("+k :a", Reason.BAD_KEY),
        ("+k a\x07", Reason.BAD_KEY),
        ("+l", Reason.BAD_MODE_PARAM),
        ("+l 0", Reason.BAD_MODE_PARAM),
        ("+l -1", Reason.BAD_MODE_PARAM),
        ("+l ³", Reason.BAD_MODE_PARAM),
        (f"+l {1 << 31}", Reason.BAD_MODE_PARAM),
    ),
)
def test_refused(stage, text, reason):
    """A password that nobody can type and a limit that is none are refused."""
    with pytest.raises(Refusal) as refused:
        checked(stage.room("#a"), _change(text), 10)
    assert refused.value.reason is reason


def test_shown(stage):
    """Modes are shown with their parameters, the password only to those who may know it."""
    room = stage.room("#a")
    assert shown(room, with_password=True) == ("+nt",)
    room.password, room.limit = "sesame", 5
    assert shown(room, with_password=True) == ("+ntkl", "sesame", "5")
    assert shown(room, with_password=False) == ("+ntkl", "*", "5")


def test_kinds_have_modes():
    """Each kind of mode is used."""
    assert {mode.kind for mode in MODES} == set(Kind)


def test_prefixes():
    """The highest prefix, or all of them, highest first."""
    ranks = (0, VOICE, OPERATOR, OPERATOR | VOICE)
    assert [prefixes(rank, all_ranks=False) for rank in ranks] == ["", "+", "@", "@"]
    assert [prefixes(rank, all_ranks=True) for rank in ranks] == ["", "+", "@", "@+"]
