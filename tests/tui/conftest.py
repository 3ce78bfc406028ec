"""The person's time zone is UTC, no cursor blinks, and what is told stays."""

import time

import pytest
from textual.widgets import Input, TextArea

from rookery.client.tui import input_area

LONGER_THAN_ANY_TEST_S = 3600.0


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


@pytest.fixture(autouse=True)
def told_for_long(monkeypatch):
    """Let what the person is told stand there until it is looked at, however late that is."""
    monkeypatch.setattr(input_area, "TOLD_S", LONGER_THAN_ANY_TEST_S)
