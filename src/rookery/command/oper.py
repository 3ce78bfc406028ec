"""OPER: become an operator of the server. modern IRC, "OPER message"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command.row import Command
from rookery.core.events import UserModesSet
from rookery.core.operators import Operator, check_may_try
from rookery.core.refusal import Reason, Refusal
from rookery.core.user_modes import OPERATOR
from rookery.wire import numerics as num

if TYPE_CHECKING:
    from rookery.command.call import Call

_NOBODY: Final = Operator()


def oper(call: Call) -> None:
    """Check the name's proofs; a name that nobody has costs the time of a wrong password."""
    node = call.node
    operators = node.rules.operators
    if not operators:
        raise Refusal(Reason.NO_OPERATOR_HERE)
    name, password = call.params[0], call.params[1]
    operator = operators.get(name, _NOBODY)
    check_may_try(operator, call.user, call.session.fingerprint)
    guarded = f"OPER {name}"  # No account has a space in its name.
    if node.gate.try_login(call, guarded):
        call.reply(num.RPL_TRYAGAIN, "OPER", "Too many failed tries: wait a while and try again")
        return

    def check() -> bool:
        if operator is _NOBODY:
            node.passwords.waste(password)
            return False
        kept = operator.password_hash
        return not kept or node.passwords.is_right(kept, password)

    def judge(is_right: bool) -> None:  # noqa: FBT001 - what the check has found
        if not is_right:
            raise Refusal(Reason.WRONG_PASSWORD)
        node.gate.logged_in(call, guarded)
        _rise(call, operator)

    def give_up(_: Exception) -> None:
        node.gate.take_back(call, guarded)
        call.reply(num.RPL_TRYAGAIN, "OPER", "Too much is going on: wait a while and try again")

    call.wait_for(node.hashers, check, judge, give_up)


def _rise(call: Call, operator: Operator) -> None:
    call.emit(UserModesSet(call.user, OPERATOR, "", operator.privileges))
    call.reply(num.RPL_YOUREOPER, "You are now an IRC operator")


COMMANDS: Final = (
    Command(
        "OPER",
        oper,
        2,
        "OPER <name> <password>",
        "Become an operator of the server.",
        "modern IRC, OPER",
    ),
)
