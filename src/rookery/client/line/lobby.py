"""What the lobby's commands do. Each gets the rest of its line and asks for what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.client import asking, new_password, split
from rookery.client.line.questions import LEAVING, ROOM, SENDING, TO
from rookery.client.naming import name_fault, room_of
from rookery.client.safe_text import safe
from rookery.client.shown import plain_room
from rookery.client.wording import OFFLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.client.line.talk import Talk


def message(talk: Talk, rest: str) -> None:
    """Send a private message."""
    name, _, text = rest.partition(" ")
    if name.startswith("#"):
        _join_first(talk, name)
    elif name and text.strip():
        _send(talk, name, text.strip())
    elif name:
        _ask_text(talk, name)
    else:
        _ask(talk, TO, lambda typed: _ask_text(talk, typed.strip()))


def _ask_text(talk: Talk, name: str) -> None:
    if not name:
        talk.show("Nobody named, nothing sent.")
        return
    if name.startswith("#"):
        _join_first(talk, name)
        return
    fault = name_fault(name)
    if fault:
        talk.show(f"{fault} Nothing sent.")
        return
    _ask(talk, "Message: ", lambda text: _send(talk, name, text))


def _join_first(talk: Talk, room: str) -> None:
    name = safe(plain_room(room))
    talk.has_failed = True
    talk.show(f"Join {name} first: join {name}")


def _send(talk: Talk, name: str, text: str) -> None:
    fault = name_fault(name)
    if fault:
        talk.show(f"{fault} Nothing sent.")
    elif not split.text_lines(text):
        talk.show("No text, nothing sent.")
    else:
        asking.say(talk.model, name, text)
        talk.pending = SENDING if talk.model.is_online else ""


def who(talk: Talk, rest: str) -> None:
    """List everybody who is connected, or in a room."""
    room, fault = room_of(rest) if rest else ("", "")
    if fault:
        talk.show(fault)
    elif not talk.model.is_online:
        talk.show(OFFLINE)
    else:
        talk.pending = asking.who(talk.model, room).label


def list_rooms(talk: Talk, _: str) -> None:
    """List the rooms."""
    if talk.model.is_online:
        talk.pending = asking.list_rooms(talk.model).label
    else:
        talk.show(OFFLINE)


def join(talk: Talk, rest: str) -> None:
    """Enter a room."""
    if not rest:
        _ask(talk, ROOM, lambda typed: _join(talk, typed.strip()))
    else:
        _join(talk, rest)


def _join(talk: Talk, name: str) -> None:
    room, fault = room_of(name)
    if not name:
        talk.show("No room named.")
    elif fault:
        talk.show(fault)
    elif not talk.model.is_online:
        talk.show(OFFLINE)
    else:
        talk.pending = asking.join(talk.model, room).label


def leave(talk: Talk, _: str) -> None:
    """Leave the room; in the lobby there is none."""
    if not talk.room:
        talk.show("You are not in a room.")
        return
    talk.pending = LEAVING
    asking.leave(talk.model, talk.room)


def password(talk: Talk, _: str) -> None:
    """Set a password that a person can remember."""
    if why_not := new_password.why_not_now(talk.session):
        talk.show(why_not)
    else:
        talk.show("It opens your name on any computer. Typing shows nothing.")
        _ask(talk, "New password: ", lambda new: _confirm(talk, new), is_secret=True)


def _confirm(talk: Talk, new: str) -> None:
    if fault := new_password.fault(new):
        talk.show(fault)
    else:
        if warning := new_password.warning(new):
            talk.show(f"{warning} Type it once more to try it all the same.")
        _ask(talk, "Once more: ", lambda again: _change(talk, new, again), is_secret=True)


def _change(talk: Talk, new: str, again: str) -> None:
    if new != again:
        talk.show(new_password.NOT_THE_SAME)
    elif not talk.model.is_online:
        talk.show(OFFLINE)
    else:
        old = talk.session.saved_password()
        talk.pending = asking.change_password(talk.model, old, new).label


def exit_(talk: Talk, _: str) -> None:
    """Disconnect; offline, say first what would not be sent."""
    waiting = len(talk.model.outbox)
    if talk.is_offline and waiting and talk.front.is_interactive and not talk.was_exit_asked:
        talk.was_exit_asked = True
        lines, them = ("1 line is", "it") if waiting == 1 else (f"{waiting} lines are", "them")
        talk.show(f"{lines} not sent. Type exit again to leave without {them}.")
        return
    talk.front.finish(0)


def _ask(
    talk: Talk, prompt: str, answer: Callable[[str], None], *, is_secret: bool = False
) -> None:
    """Ask for what is missing; Ctrl-C goes back to the lobby."""
    talk.ask(prompt, answer, is_secret=is_secret, dropped=lambda: None)
