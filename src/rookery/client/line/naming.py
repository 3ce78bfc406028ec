"""Signing in at the prompt: the username, another one where it is taken, or its password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.client.line.questions import SIGNING_IN
from rookery.client.naming import name_fault, refused_name, why_taken
from rookery.client.safe_text import safe
from rookery.errors import RefusedError
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.client.line.talk import Talk
    from rookery.client.shown import NameRefused, NameTaken


def begin(talk: Talk, name: str | None, password: str | None) -> None:
    """Sign in as `name`, or ask for one."""
    if name is None:
        _ask(talk, "Username: ", password or "")
        return
    talk.is_name_given = True
    fault = name_fault(name)
    if fault:
        raise RefusedError(fault)
    _sign_in(talk, name, password or "")


def taken(talk: Talk, refused: NameTaken) -> None:
    """Say that the name is somebody else's, and ask for another."""
    name = safe(refused.name)
    is_again = fold(talk.taken) == fold(refused.name)
    talk.pending = ""
    talk.taken = refused.name
    if not talk.front.is_interactive and (talk.was_in or talk.is_name_given):
        talk.show(why_taken(refused))
        talk.front.finish(RefusedError.exit_code)
        return
    if refused.is_password_wrong:
        talk.show(f'That is not the password of "{name}".')
        _ask_password(talk, refused.name)
        return
    if refused.is_saved_wrong:
        talk.show(f"The password that is kept here for {name} is not right any more.")
    if not is_again:
        talk.show(f"If {name} is you, type {name} again: then its password is asked for.")
    _ask(talk, f'"{name}" is taken. Username: ')


def unusable(talk: Talk, refused: NameRefused) -> None:
    """Say why the server does not take the name, and ask for another."""
    talk.pending = ""
    talk.show(refused_name(refused.name, refused.reason))
    _ask(talk, "Username: ")


def _ask(talk: Talk, prompt: str, password: str = "") -> None:
    talk.ask(prompt, lambda typed: _named(talk, typed.strip(), password))


def _named(talk: Talk, name: str, password: str) -> None:
    fault = name_fault(name) if name else ""
    if not name or fault:
        if fault:
            talk.show(fault)
        _ask(talk, "Username: ", password)
    elif talk.taken and fold(name) == fold(talk.taken):
        _ask_password(talk, name)
    else:
        _sign_in(talk, name, password)


def _ask_password(talk: Talk, name: str) -> None:
    prompt = f"Password for {safe(name)} (Enter for another name): "
    talk.ask(
        prompt,
        lambda typed: _proved(talk, name, typed),
        is_secret=True,
        dropped=lambda: _proved(talk, name, ""),
    )


def _proved(talk: Talk, name: str, password: str) -> None:
    if password:
        _sign_in(talk, name, password)
    else:
        talk.taken = ""
        _ask(talk, "Username: ")


def _sign_in(talk: Talk, name: str, password: str) -> None:
    talk.pending = SIGNING_IN
    talk.session.sign_in(name, password)
