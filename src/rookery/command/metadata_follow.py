"""METADATA SUB, UNSUB and SUBS: which keys a session follows. IRCv3 draft/metadata-2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rookery.command import metadata_shown
from rookery.command.batched import send_batched
from rookery.wire import numerics as num
from rookery.wire.lists import packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rookery.command.call import Call

KEY: Final = re.compile(r"[a-z0-9_./-]{1,64}")
_KEYS_BYTES: Final = 400
"""Of keys in one reply."""


def _sub(call: Call, keys: list[str]) -> None:
    """Follow keys in their order, until there are too many."""
    session = call.session
    if session.followed is None:
        session.followed = {}
    taken: dict[str, None] = {}
    for key in keys:
        if len(session.followed) >= call.node.rules.metadata_max_subscriptions:
            call.fail("TOO_MANY_SUBS", key.split(" ")[0] or "*", "Too many subscriptions")
            break
        if KEY.fullmatch(key):
            taken[key] = session.followed[key] = None
        else:
            call.fail("KEY_INVALID", key.split(" ")[0] or "*", "Invalid key name")
    _reply(call, num.RPL_METADATASUBOK, taken)
    metadata_shown.tell_followed(call, taken)


def _unsub(call: Call, keys: list[str]) -> None:
    dropped: dict[str, None] = {}
    for key in keys:
        if not KEY.fullmatch(key):
            call.fail("KEY_INVALID", key.split(" ")[0] or "*", "Invalid key name")
            continue
        dropped[key] = None
        if call.session.followed:
            call.session.followed.pop(key, None)
    _reply(call, num.RPL_METADATAUNSUBOK, dropped)


def _subs(call: Call, _: list[str]) -> None:
    send_batched(
        call,
        "metadata-subs",
        _lines(call, num.RPL_METADATASUBS, call.session.followed or {}),
    )


def _reply(call: Call, code: str, keys: Iterable[str]) -> None:
    for line in _lines(call, code, keys):
        call.send(line)


def _lines(call: Call, code: str, keys: Iterable[str]) -> list[bytes]:
    """Return a numeric with the keys as its parameters, in as many lines as they need."""
    numeric, nick = call.node.replies.numeric, call.session.nick
    return [numeric(nick, code, *line.split(" ")) for line in packed(keys, " ", _KEYS_BYTES)]


SUBCOMMANDS: Final[dict[str, Callable[[Call, list[str]], None]]] = {
    "SUB": _sub,
    "UNSUB": _unsub,
    "SUBS": _subs,
}
