"""Asking a person for a line of text; the dialog is imported when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App


def ask(
    app: App[int],
    question: str,
    answered: Callable[[str | None], None],
    *,
    is_secret: bool = False,
) -> None:
    """Ask; `answered` gets what was typed, or None where the person gave up."""
    from rookery.client.tui.ask_screen import AskScreen

    app.push_screen(AskScreen(question, answered, is_secret=is_secret))
