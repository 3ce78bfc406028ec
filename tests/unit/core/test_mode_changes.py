"""Mode changes of one command are judged in order, each on top of those before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rookery.core import mode_changes
from rookery.core.modes import BY_LETTER, MODES, Kind, ModeChange
from rookery.core.names import Name
from rookery.core.refusal import Reason, Refusal
from rookery.core.room import OPERATOR, VOICE, Room
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


def test_rank_of_one_who_left():
    """A rank for somebody who is gone by then changes nothing."""
    room, user = Room(Name("#r", "#r"), 0), User(Name("a", "a"), "u", "h", "r")
    mode_changes.apply(room, ModeChange(True, BY_LETTER["o"], "a", user))
    assert room.members == {}


def _added(room, text, member=None):
    """Return the changes that `+l 5` and the like are."""
    letters, _, param = text.partition(" ")
    draft = mode_changes.Draft(room, 10, 100)
    draft.add(ModeChange(letters[0] == "+", BY_LETTER[letters[1]], param, member))
    return draft.changes


def test_ranks(stage):
    """Ranks are given and taken one by one; a member may have several."""
    room, ann = stage.room("#a"), stage.person("ann")
    stage.join(ann, room)
    for text, rank in (("+o ann", OPERATOR), ("+v ann", OPERATOR | VOICE), ("-o ann", VOICE)):
        (change,) = _added(room, text, ann)
        mode_changes.apply(room, change)
        assert room.members[ann] == rank
        assert _added(room, text, ann) == []


def test_limit_is_normalised(stage):
    """A limit is told as a plain number."""
    assert _added(stage.room("#a"), "+l 007")[0].param == "7"


def test_password_is_told_when_taken_away(stage):
    """Taking a password away repeats it, whatever was named."""
    room = stage.room("#a")
    room.password = "sesame"
    assert _added(room, "-k other")[0].param == "sesame"


@pytest.mark.parametrize(
    "text",
    (
        "+k ",
        "+k 12345678901",
        "+k a b",
        "+k :a",
        "+k a\x07",
        "+l",
        "+l 0",
        "+l -1",
        "+l ³",
        f"+l {mode_changes.MAX_LIMIT}",
    ),
)
def test_refused(stage, text):
    """A password that nobody can type and a limit that is none are refused."""
    with pytest.raises(Refusal) as refused:
        _added(stage.room("#a"), text)
    assert refused.value.reason is Reason.BAD_MODE_PARAM
