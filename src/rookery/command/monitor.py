"""MONITOR: be told when somebody comes or goes. IRCv3 monitor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import names
from rookery.command.row import Command
from rookery.core.refusal import Refusal
from rookery.wire import numerics as num
from rookery.wire.lists import packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rookery.command.call import Call
    from rookery.core.names import Name

LIST_BYTES: Final = 400
"""Of names in one reply."""


def monitor(call: Call) -> None:
    """Change, clear or show the list of those whom this session watches."""
    change = _CHANGES.get(call.params[0].upper())
    if change is None:
        call.reply(num.ERR_UNKNOWNERROR, "MONITOR", "Give +, -, C, L or S")
    else:
        change(call)


def _add(call: Call) -> None:
    monitors, session = call.node.fanout.monitors, call.session
    max_targets = call.node.rules.monitor_max
    watched = monitors.targets(session)
    targets = _targets(call)
    taken: list[Name] = []
    for at, target in enumerate(targets):
        if target.key not in watched:
            if len(watched) >= max_targets:
                _refuse(call, targets[at:])
                break
            monitors.add(session, target)
            watched = monitors.targets(session)
        taken.append(target)
    _tell_status(call, {target.key: target.text for target in taken}.items())


def _refuse(call: Call, targets: list[Name]) -> None:
    rest = ",".join(target.text for target in targets)
    limit = str(call.node.rules.monitor_max)
    call.reply(num.ERR_MONLISTFULL, limit, rest, "Monitor list is full")


def _remove(call: Call) -> None:
    for target in _targets(call):
        call.node.fanout.monitors.remove(call.session, target.key)


def _clear(call: Call) -> None:
    call.node.fanout.monitors.clear(call.session)


def _list(call: Call) -> None:
    targets = call.node.fanout.monitors.targets(call.session)
    for line in packed(targets.values(), ",", LIST_BYTES):
        call.reply(num.RPL_MONLIST, line)
    call.reply(num.RPL_ENDOFMONLIST, "End of MONITOR list")


def _status(call: Call) -> None:
    _tell_status(call, call.node.fanout.monitors.targets(call.session).items())


def _tell_status(call: Call, targets: Iterable[tuple[str, str]]) -> None:
    users = call.node.world.users
    online: list[str] = []
    offline: list[str] = []
    for key, text in targets:
        if key in users:
            online.append(users[key].source)
        else:
            offline.append(text)
    for line in packed(online, ",", LIST_BYTES):
        call.reply(num.RPL_MONONLINE, line)
    for line in packed(offline, ",", LIST_BYTES):
        call.reply(num.RPL_MONOFFLINE, line)


def _targets(call: Call) -> list[Name]:
    """Return the nicks of the list; what cannot be one is left out."""
    targets = []
    for text in call.param(1).split(","):
        try:
            targets.append(names.nick(call.node, text))
        except Refusal:
            continue
    return targets


_CHANGES: Final[dict[str, Callable[[Call], None]]] = {
    "+": _add,
    "-": _remove,
    "C": _clear,
    "L": _list,
    "S": _status,
}


COMMANDS: Final = (
    Command(
        "MONITOR",
        monitor,
        1,
        "MONITOR <+ | - | C | L | S> [nick,...]",
        "Be told when these people come or go.",
        "IRCv3 monitor",
    ),
)
