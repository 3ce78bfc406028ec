"""`/password`: set a password that a person can remember."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.client import asking, new_password
from rookery.client.tui.ask import ask

if TYPE_CHECKING:
    from rookery.client.tui.app import RookeryApp


def ask_new(app: RookeryApp) -> None:
    """Ask for the new password, twice, and change it."""
    assert app.run_ is not None
    if why_not := new_password.why_not_now(app.run_.session):
        app.tell(why_not)
        return

    def answered(new: str | None) -> None:
        if fault := new_password.fault(new or ""):
            app.tell(fault)
        else:
            _confirm(app, new or "")

    question = "A password that opens your name on any computer:"
    ask(app, question, answered, is_secret=True)


def _confirm(app: RookeryApp, new: str) -> None:
    def answered(again: str | None) -> None:
        run = app.run_
        if run is None:
            return
        if again != new:
            app.tell(new_password.NOT_THE_SAME)
        elif why_not := new_password.why_not_now(run.session):
            app.tell(why_not)
        else:
            with run.session.using() as model:
                asking.change_password(model, run.session.saved_password(), new)

    warning = new_password.warning(new)
    ask(app, f"{warning} Once more:".lstrip(), answered, is_secret=True)
