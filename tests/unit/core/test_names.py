import pytest

from rookery.core.names import Name, conversation_key, nick, room_name
from rookery.core.refusal import Reason, Refusal


@pytest.mark.parametrize("text", ("ann", "A", "[a]", "a-1", "_^`{|}\\", "a" * 20))
def test_nick(text):
    """Letters, digits behind the first, and the signs of RFC 2812 make a nick."""
    assert nick(text, "key", 20) == Name(text, "key")


@pytest.mark.parametrize(
    "text", ("1a", "-a", "a b", "a!b", "a@b", "#a", "é", "a:", "a" * 21, "a\n")
)
def test_bad_nick(text):
    """Everything else is refused with what was asked for."""
    with pytest.raises(Refusal) as refused:
        nick(text, text, 20)
    assert (refused.value.reason, refused.value.subjects) == (Reason.BAD_NICK, (text,))


def test_no_nick():
    """An empty nick is none."""
    with pytest.raises(Refusal) as refused:
        nick("", "", 20)
    assert refused.value.reason is Reason.NO_NICK_GIVEN


@pytest.mark.parametrize("text", ("#a", "##", "#Über-Café", "#🐦", "#" + "a" * 19))
def test_room_name(text):
    """A room's name begins with a sign and may be of any script."""
    assert room_name(text, "key", 20) == Name(text, "key")


@pytest.mark.parametrize("text", ("", "#", "a", "#a b", "#a,b", "#a:b", "#a\x07", "#" + "a" * 20))
def test_bad_room_name(text):
    """Spaces, commas, colons, what cannot be seen and too much are refused."""
    with pytest.raises(Refusal) as refused:
        room_name(text, text, 20)
    assert refused.value.subjects == (text or "*",)


def test_conversation_key_is_the_same_from_both_sides():
    """Two people have one conversation."""
    assert conversation_key("bob", "ann") == conversation_key("ann", "bob") == "ann,bob"
