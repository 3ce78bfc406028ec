"""ACCEPT: who may write to a person that takes messages from accounts only (user mode R).

The list holds people, not names: it ends with either of the two. Whoever one writes to is on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import names
from rookery.command.row import Command
from rookery.core import user_modes
from rookery.core.events import Accepted, AcceptEnded
from rookery.core.refusal import Refusal
from rookery.wire import numerics as num
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.core.user import User


def accept(call: Call) -> None:
    """Change the list, or show it for `*`."""
    for word in call.params[0].split(","):
        try:
            if word == "*":
                _list(call)
            elif word.startswith("-"):
                _remove(call, word.removeprefix("-"))
            else:
                _add(call, word.removeprefix("+"))
        except Refusal as refusal:
            call.refuse(refusal)


def check_may_write(call: Call, person: User) -> None:
    """Raise ACCOUNTS_ONLY where `person` takes no message from the caller.

    Whoever takes messages from accounts only, and writes to somebody, takes theirs from then on.
    """
    user, accepted = call.user, call.node.world.accepted
    user_modes.check_takes_from(person, user, accepted.get(person, {}))
    if user_modes.REGISTERED_ONLY in user.modes and not person.account:
        own = accepted.get(user, {})
        if person is not user and person not in own and len(own) < call.node.rules.accept_max:
            call.emit(Accepted(user, person))


def _add(call: Call, text: str) -> None:
    person, user = names.person(call.node, text), call.user
    accepted = call.node.world.accepted.get(user, {})
    if person in accepted:
        call.reply(num.ERR_ACCEPTEXIST, person.nick, "is on your accept list already")
    elif len(accepted) >= call.node.rules.accept_max:
        call.reply(num.ERR_ACCEPTFULL, "Your accept list is full")
    else:
        call.emit(Accepted(user, person))


def _remove(call: Call, text: str) -> None:
    user = call.user
    person = call.node.world.users.get(fold(text))
    if person is None or person not in call.node.world.accepted.get(user, {}):
        call.reply(num.ERR_ACCEPTNOT, text or "*", "is not on your accept list")
    else:
        call.emit(AcceptEnded(user, person))


def _list(call: Call) -> None:
    for person in call.node.world.accepted.get(call.user, {}):
        call.reply(num.RPL_ACCEPTLIST, person.nick)
    call.reply(num.RPL_ENDOFACCEPT, "End of ACCEPT list")


COMMANDS: Final = (
    Command(
        "ACCEPT",
        accept,
        1,
        "ACCEPT <nick | -nick | *>[,...]",
        "Let people without an account write to you while you have mode +R; * lists them.",
        "docs/ext/accept.md",
    ),
)
