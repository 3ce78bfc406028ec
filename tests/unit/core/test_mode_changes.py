"""Mode changes of one command are judged in order, each on top of those before it."""

from hypothesis import given
from hypothesis import strategies as st

from rookery.core import mode_changes
from rookery.core.modes import BY_LETTER, MODES, Kind, ModeChange
from rookery.core.names import Name
from rookery.core.refusal import Refusal
from rookery.core.room import HALF_OPERATOR, OPERATOR, VOICE, Room, prefixes
from rookery.core.user import User

PARAMS = {"k": ("x", "y"), "l": ("1", "2"), "f": ("#a", "#b"), "b": ("a", "b")}
CHANGES = st.lists(
    st.tuples(st.sampled_from("klfbimnst"), st.booleans(), st.integers(0, 1)), max_size=12
)


def _change(letter, is_on, which):
    return ModeChange(is_on, BY_LETTER[letter], PARAMS.get(letter, ("", ""))[which], by="x")


def _state(room):
    return room.flags, room.password, room.limit, room.forward, tuple(room.lists["b"])


@given(CHANGES)
def test_kept_changes_do_what_all_would(asked):
    """The changes that are left lead to the same room as all of them, and each changes it."""
    kept, straight = Room(Name("#r", "#r"), 0), Room(Name("#r", "#r"), 0)
    draft = mode_changes.Draft(kept, 10, 100)
    for letter, is_on, which in asked:
        change = _change(letter, is_on, which)
        draft.add(change)
        one = mode_changes.Draft(straight, 10, 100)
        one.add(change)
        for done in one.changes:
            mode_changes.apply(straight, done)
    for change in draft.changes:
        before = _state(kept)
        mode_changes.apply(kept, change)
        assert _state(kept) != before
    assert _state(kept) == _state(straight)


@given(st.sampled_from("klb"), st.text(max_size=20))
def test_any_parameter_is_taken_or_refused(letter, param):
    """A parameter of whatever text raises nothing but a refusal."""
    draft = mode_changes.Draft(Room(Name("#r", "#r"), 0), 10, 100)
    try:
        draft.add(ModeChange(True, BY_LETTER[letter], param))
    except Refusal:
        assert draft.changes == []


def test_every_mode_has_a_row_of_its_own():
    """No letter stands for two modes, and every row says what it does."""
    assert len(BY_LETTER) == len(MODES)
    assert all(mode.summary.endswith(".") for mode in MODES)
    assert all((mode.kind is Kind.RANK) == bool(mode.rank) for mode in MODES)


def test_prefixes():
    """The highest rank first; only it where others are not understood."""
    rank = VOICE | OPERATOR | HALF_OPERATOR
    assert prefixes(rank, all_ranks=True) == "@%+"
    assert prefixes(rank, all_ranks=False) == "@"


def test_rank_of_one_who_left():
    """A rank for somebody who is gone by then changes nothing."""
    room, user = Room(Name("#r", "#r"), 0), User(Name("a", "a"), "u", "h", "r")
    mode_changes.apply(room, ModeChange(True, BY_LETTER["o"], "a", user))
    assert room.members == {}
