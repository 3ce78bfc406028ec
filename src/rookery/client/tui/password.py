"""`/password`: set a password that a person can remember."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.client import asking
from rookery.client.line.lobby import GOOD_PASSWORD_CHARS, MAX_PASSWORD_BYTES
from rookery.client.tui.ask import ask

if TYPE_CHECKING:
    from rookery.client.tui.app import RookeryApp


def ask_new(app: RookeryApp) -> None:
    """Ask for the new password, twice, and change it."""
    fault = _fault(app)
    if fault:
        app.tell(fault)
        return

    def answered(new: str | None) -> None:
        if not new:
            app.tell("Nothing typed, nothing changed.")
        elif len(new.encode()) > MAX_PASSWORD_BYTES:
            app.tell(f"A password has at most {MAX_PASSWORD_BYTES} bytes. Nothing changed.")
        else:
            _confirm(app, new)

    question = "A password that opens your name on any computer:"
    ask(app, question, answered, is_secret=True)


def _fault(app: RookeryApp) -> str:
    assert app.run_ is not None
    session = app.run_.session
    if not session.model.is_online:
        return "You are offline. This has to wait until you are back."
    if not session.model.account:
        return "This server keeps no accounts, so there is no password to set."
    if not session.saved_password():
        return "The present password is not known here. Set it where you signed in with it."
    return ""


def _confirm(app: RookeryApp, new: str) -> None:
    def answered(again: str | None) -> None:
        assert app.run_ is not None
        session = app.run_.session
        if again != new:
            app.tell("The two are not the same. Nothing changed.")
        elif not session.model.is_online:
            app.tell("You are offline. Nothing changed.")
        else:
            with session.using() as model:
                asking.change_password(model, session.saved_password(), new)

    is_short = len(new) < GOOD_PASSWORD_CHARS
    warning = (
        f"Fewer than {GOOD_PASSWORD_CHARS} characters are easily guessed. " if is_short else ""
    )
    ask(app, f"{warning}Once more:", answered, is_secret=True)
