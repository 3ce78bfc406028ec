"""Tell a person who looks elsewhere: bell, terminal, desktop; `notify` decides what."""

from __future__ import annotations

import shutil
from html import escape
from typing import TYPE_CHECKING

from rookery.client import notify
from rookery.client.notify import Notice, Way

if TYPE_CHECKING:
    from collections.abc import Collection

    from textual.app import App


def tell(app: App[int], told: Notice, ways: Collection[Way]) -> None:
    """Tell a notice in all of these ways."""
    if Way.BELL in ways:
        app.bell()
    driver = app._driver  # noqa: SLF001 - Textual has no other way to write what is no picture
    if Way.TERMINAL in ways and driver is not None:
        driver.write(notify.escape_codes(told))
    program = shutil.which("notify-send") if Way.DESKTOP in ways else None
    if program is not None:
        from rookery.client.tui.outside import run_beside

        # The body is markup to the desktop: what others wrote must not be a link or an image.
        body = escape(told.text, quote=False)
        run_beside(program, "--app-name=Rookery", "--", told.title, body)
