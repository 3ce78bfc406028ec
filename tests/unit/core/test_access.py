import pytest

from rookery.core import access
from rookery.core.refusal import Reason, Refusal
from rookery.core.room import OPERATOR, VOICE


def _reason(check, *arguments):
    """Return why something is refused, None where it is not."""
    try:
        check(*arguments)
    except Refusal as refusal:
        return refusal.reason
    return None


@pytest.mark.parametrize(
    ("flags", "rank", "reason"),
    (
        ("n", None, Reason.CANNOT_SEND),
        ("", None, None),
        ("m", None, Reason.CANNOT_SEND),
        ("n", 0, None),
        ("m", 0, Reason.CANNOT_SEND),
        ("m", VOICE, None),
        ("mn", OPERATOR, None),
    ),
)
def test_may_speak(stage, flags, rank, reason):
    """Members speak; others where the room is open; in a moderated room only those with a rank."""
    room, ann = stage.room("#a"), stage.person("ann")
    room.flags = frozenset(flags)
    if rank is not None:
        stage.join(ann, room, rank)
    assert _reason(access.check_may_speak, room, ann) is reason


def test_may_join(stage):
    """A password and a limit keep people out, but not the founder."""
    room, bob = stage.room("#a", founder="ann"), stage.person("bob")
    room.password, room.limit = "sesame", 1
    assert _reason(access.check_may_join, room, bob, "guess") is Reason.WRONG_KEY
    assert _reason(access.check_may_join, room, bob, "sesame") is None
    stage.join(bob, room)
    cat = stage.person("cat")
    assert _reason(access.check_may_join, room, cat, "sesame") is Reason.ROOM_FULL
    assert _reason(access.check_may_join, room, stage.person("ann", "ann"), "") is None


@pytest.mark.parametrize(
    ("flags", "rank", "reason"),
    (
        ("t", None, Reason.NOT_IN_ROOM),
        ("", None, Reason.NOT_IN_ROOM),
        ("t", VOICE, Reason.MUST_BE_OPERATOR),
        ("t", OPERATOR, None),
        ("", 0, None),
    ),
)
def test_may_set_topic(stage, flags, rank, reason):
    """Members set the topic, in a `t` room only operators."""
    room, ann = stage.room("#a"), stage.person("ann")
    room.flags = frozenset(flags)
    if rank is not None:
        stage.join(ann, room, rank)
    assert _reason(access.check_may_set_topic, room, ann) is reason


def test_founder(stage):
    """A founder is who is signed in to the founding account; a room of guests has none."""
    assert access.is_founder(stage.room("#a", founder="ann"), stage.person("x", "ann"))
    assert not access.is_founder(stage.room("#a", founder="ann"), stage.person("ann"))
    assert not access.is_founder(stage.room("#b"), stage.person("guest"))


def test_visible(stage):
    """A secret room is visible to members alone."""
    room, ann, bob = stage.room("#a"), stage.person("ann"), stage.person("bob")
    stage.join(ann, room)
    assert [access.is_visible(room, one) for one in (ann, bob)] == [True, True]
    room.flags = frozenset("s")
    assert [access.is_visible(room, one) for one in (ann, bob)] == [True, False]
