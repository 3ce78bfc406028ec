import pytest

from rookery.client.naming import name_fault, refused_name, room_of, why_taken
from rookery.client.shown import NameTaken

LONG = "a" * 40


@pytest.mark.parametrize(
    ("name", "reason", "told"),
    (
        ("1bob", "Bad", '"1bob" cannot be used: a name cannot begin with a digit.'),
        ("-bob", "Bad", '"-bob" cannot be used: a name cannot begin with "-".'),
        ("b.ob", "Bad", '"b.ob" cannot be used: a name cannot have "." in it.'),
        ("bob\x1b", "Bad", '"bob␛" cannot be used: a name cannot have "␛" in it.'),
        (LONG, "Bad", f'"{LONG}" cannot be used: it is too long, with 40 characters.'),
        ("bob", "Your nickname is banned.", '"bob" cannot be used: Your name is banned.'),
        (
            "bob",
            "That nickname cannot be used",
            '"bob" cannot be used: the server does not allow it.',
        ),
    ),
)
def test_refused_name(name, reason, told):
    """What the server refuses is told with the reason that people can see."""
    assert refused_name(name, reason) == told


@pytest.mark.parametrize(
    ("name", "told"),
    (
        ("bob", ""),
        ("bo b", 'A name has no spaces. Try "bo_b".'),
        ("#bob", '"#bob" cannot be a name: it has "#" in it. Use letters and digits.'),
        ("b\x1bb", '"b␛b" cannot be a name: it has "␛" in it. Use letters and digits.'),
    ),
)
def test_name_that_no_line_carries(name, told):
    """What could not even be asked for is told at once."""
    assert name_fault(name) == told


def test_room():
    """A room is named with or without its sign."""
    assert room_of("ops") == room_of("#ops") == ("#ops", "")
    assert room_of("the ops")[1].endswith('Try "join the-ops".')


def test_taken():
    """A wrong password is told as wrong, not as a taken name."""
    assert why_taken(NameTaken("alice")).startswith('"alice" is taken.')
    wrong = why_taken(NameTaken("alice", is_password_wrong=True))
    assert wrong.startswith('That is not the password of "alice".')
    assert "ROOKERY_PASSWORD" in wrong
