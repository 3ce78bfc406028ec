"""Signing in on the screen: the name, another one where it is taken, or its password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.client.naming import name_fault, refused_name
from rookery.client.safe_text import safe
from rookery.client.tui.ask import ask
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.client.shown import NameRefused, NameTaken
    from rookery.client.tui.app import RookeryApp


def ask_name(app: RookeryApp, why: str = "") -> None:
    """Ask for a name, and sign in with it."""

    def answered(typed: str | None) -> None:
        if typed is None:
            app.leave()
            return
        fault = name_fault(typed) if typed else "Without a name nobody can be talked to."
        if fault:
            ask_name(app, fault)
        else:
            app.be(typed)

    question = f"{why} Your name:" if why else "Your name:"
    ask(app, question, answered)


def taken(app: RookeryApp, refused: NameTaken) -> None:
    """Say that the name is somebody else's, and ask for its password or another name."""
    name = safe(refused.name)
    if refused.is_password_wrong:
        why = f'That is not the password of "{name}".'
    elif refused.is_saved_wrong:
        why = f"The password that is kept here for {name} is not right any more."
    else:
        why = f'"{name}" is taken.'

    def answered(typed: str | None) -> None:
        if typed is None:
            app.leave()
        elif fold(typed) == fold(refused.name):
            _ask_password(app, refused.name)
        elif name_fault(typed):
            ask_name(app, name_fault(typed))
        else:
            app.be(typed)

    question = f"{why} Type another name; or type {name} once more to give its password:"
    ask(app, question, answered)


def unusable(app: RookeryApp, refused: NameRefused) -> None:
    """Say why the server does not take the name, and ask for another."""
    ask_name(app, refused_name(refused.name, refused.reason))


def _ask_password(app: RookeryApp, name: str) -> None:
    def answered(typed: str | None) -> None:
        if typed:
            app.be(name, typed)
        else:
            ask_name(app)

    ask(app, f"Password for {safe(name)}:", answered, is_secret=True)
