import pytest

from rookery.core.account import (
    AccountSettings,
    Pending,
    Presence,
    is_chosen,
    loads,
    loads_pending,
)


@pytest.mark.parametrize(
    "settings",
    (
        AccountSettings(),
        AccountSettings(always_on=True),
        AccountSettings(multiclient=False),
        AccountSettings(True, None, Presence("~ann", "Ann Émile", "host", {"#c": 5, "#d": 0})),
    ),
)
def test_settings_come_back(settings):
    """What an owner has chosen comes back from its text as it was."""
    assert loads(settings.dumps()) == settings


def test_nothing_chosen():
    """Nothing chosen leaves nothing to keep."""
    assert AccountSettings().dumps() == ""


@pytest.mark.parametrize(
    ("policy", "choices"),
    (
        ("off", (False, False, False)),
        ("opt-in", (False, False, True)),
        ("opt-out", (True, False, True)),
        ("always", (True, True, True)),
    ),
)
def test_policy(policy, choices):
    """A policy settles it, or leaves it to the owner, with another default each."""
    assert tuple(is_chosen(policy, choice) for choice in (None, False, True)) == choices


def test_pending_comes_back():
    """A registration that waits comes back from its text."""
    pending = Pending("Ann", "digest", 5000)
    assert loads_pending("Ann", pending.dumps()) == pending


def test_pending_without_text_has_expired():
    """A waiting account of which no code is known cannot be verified."""
    assert loads_pending("Ann", "").is_expired(1)


def test_code():
    """The right code counts before it expires."""
    pending = Pending("Ann", "digest", 5000)
    assert pending.is_right("digest", 4999)
    assert not pending.is_right("digest", 5000)
    assert not pending.is_right("other", 0)
