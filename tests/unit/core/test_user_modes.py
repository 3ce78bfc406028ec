import pytest

from rookery.core import user_modes
from rookery.core.names import Name
from rookery.core.refusal import Reason, Refusal
from rookery.core.user import User


def _user(letters="", account=""):
    user = User(Name("ann", "ann"), "ann", "host", "Ann")
    user.modes = frozenset(letters)
    user.account = account
    return user


@pytest.mark.parametrize(
    ("has", "changes", "wanted"),
    (
        ("", "+iw", ("iw", "", "")),
        ("", "iw", ("iw", "", "")),
        ("i", "+i-w", ("", "", "")),
        ("iB", "-i+w-B", ("w", "iB", "")),
        ("", "+i-i", ("", "", "")),
        ("i", "-i+i", ("", "", "")),
        ("", "+o", ("", "", "")),
        ("o", "-o", ("", "o", "")),
        ("", "+xi-y", ("i", "", "xy")),
        ("", "+-", ("", "", "")),
    ),
)
def test_wanted(has, changes, wanted):
    """Only what changes is wanted; of a repeat the last counts; +o is left out."""
    assert user_modes.wanted(_user(has), changes) == wanted


def test_shown():
    """Modes are shown in the order of the table."""
    assert user_modes.shown(_user("wBi")) == "+Biw"
    assert user_modes.shown(_user()) == "+"


def test_accounts_only():
    """Mode R keeps away who has no account and is not accepted."""
    person, sender = _user("R"), _user()
    with pytest.raises(Refusal) as refused:
        user_modes.check_takes_from(person, sender, ())
    assert refused.value.reason is Reason.ACCOUNTS_ONLY
    user_modes.check_takes_from(person, sender, [sender])
    user_modes.check_takes_from(person, _user(account="bob"), ())
    user_modes.check_takes_from(person, person, ())
    user_modes.check_takes_from(_user(), sender, ())
