"""The person's time zone is UTC, and no cursor blinks."""

import time

import pytest
from textual.widgets import Input, TextArea


@pytest.fixture(autouse=True)
def time_zone(monkeypatch):
    """Read every clock in UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(autouse=True)
def no_colour_wishes(monkeypatch):
    """Paint as on a terminal with colours, whatever this one's person has set."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    for widget in (Input, TextArea):
        monkeypatch.setattr(widget, "cursor_blink", False)
