import pytest

from rookery.core.names import Name
from rookery.core.naming import check_may_take, one_slip_away
from rookery.core.refusal import Reason, Refusal

ANN = Name("Ann", "ann")


def _reason(*arguments):
    with pytest.raises(Refusal) as refused:
        check_may_take(*arguments)
    assert refused.value.subjects == ("Ann",)
    return refused.value.reason


def test_free(stage):
    """A nick that nobody has or owns is free."""
    check_may_take(stage.world, ANN, "", None)


def test_in_use(stage):
    """A nick that somebody has is not."""
    stage.person("ann")
    bob = stage.person("bob")
    assert _reason(stage.world, ANN, "", None) is Reason.NICK_IN_USE
    assert _reason(stage.world, ANN, "", bob) is Reason.NICK_IN_USE


def test_own(stage):
    """One's own nick in another case is free."""
    ann = stage.person("ann")
    check_may_take(stage.world, ANN, "", ann)


def test_reserved(stage):
    """An account's nick is for its account, whether somebody has it now or not."""
    stage.world.accounts["ann"] = "ann"
    assert _reason(stage.world, ANN, "", None) is Reason.NICK_RESERVED
    assert _reason(stage.world, ANN, "bob", None) is Reason.NICK_RESERVED
    check_may_take(stage.world, ANN, "ann", None)


def test_second_session(stage):
    """The owner who signs in joins who is there; one who is there already cannot rename so."""
    stage.world.accounts["ann"] = "ann"
    stage.person("ann", "ann")
    other = stage.person("anna", "ann")
    check_may_take(stage.world, ANN, "ann", None)
    assert _reason(stage.world, ANN, "ann", other) is Reason.NICK_IN_USE


@pytest.mark.parametrize(
    ("key", "known"),
    (
        ("bbo", "bob"),
        ("boob", "bob"),
        ("bo", "bob"),
        ("ob", "bob"),
        ("bib", "bob"),
        ("bob1", "bob"),
        ("b-ob", "bob"),
        ("", ""),
        ("obb", "bob"),
        ("bobby", ""),
        ("alice", ""),
    ),
)
def test_one_slip_away(key, known):
    """One letter too many, too few, wrong, or two swapped: the name that is meant is found."""
    assert one_slip_away(key, {"bob", "carol"}) == known
