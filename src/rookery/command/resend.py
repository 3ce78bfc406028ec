"""Messages that are sent again after a lost connection: `docs/ext/resend.md`."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from rookery.core.clock import MAX_ID
from rookery.wire.capabilities import RESEND
from rookery.wire.standard import TAG_RESEND

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call
    from rookery.core.user import User
    from rookery.store.base import Welcome

_ID: Final = re.compile(r"([A-Za-z0-9-]{8,32})\.([0-9]{1,16})")
MAX_COUNTER: Final = (1 << 53) - 1


def is_resent(call: Call, client_id: str, again: Callable[[], None]) -> bool:
    """Return whether the message needs nothing more here: stored before, malformed, or put off.

    Otherwise `take` its counter once it is accepted. `again` is called where the counters must be
    read first.
    """
    if not call.session.caps & RESEND:
        return False
    match = _ID.fullmatch(client_id)
    counter = int(match[2]) if match else 0
    if match is None or not 0 < counter <= MAX_COUNTER:
        call.fail("INVALID_ID", call.params[0], f"{TAG_RESEND} is <device>.<counter>")
        return True
    user = call.user
    if user.resends is None:
        _read_counters(call, again)
        return True
    if counter <= user.resends.get(match[1], 0):
        _answer_when_stored(call, client_id, again)
        return True
    return False


def take(call: Call, client_id: str) -> None:
    """Spend the counter of a message that is accepted; a refused one may come again."""
    user, epoch = call.user, call.node.epoch
    if user.resends is None or not call.session.caps & RESEND:
        return
    device, _, digits = client_id.partition(".")
    counter, before = int(digits), user.resends.get(device, 0)
    if counter <= before:
        return  # Taken for the target before, of several.
    user.resends[device] = counter
    epoch.batch.resends[user.key, device] = counter
    epoch.rows += 1
    undo = partial(_untake, user, device, counter, before)
    epoch.waiting.append((_say_nothing, "", undo))


def _answer_when_stored(call: Call, client_id: str, again: Callable[[], None]) -> None:
    """Say that the message was stored before, once it is: the first copy may still be under way.

    Where that copy could not be stored, its counter is free again, and so is the message.
    """

    def then(_: None) -> None:
        device, counter = client_id.split(".")
        if call.user.resends is None or call.user.resends.get(device, 0) < int(counter):
            again()
            return
        text = "This message was stored before; it is not posted twice."
        call.send(call.note("ALREADY_STORED", call.params[0], client_id, text))

    call.wait_for(call.node.readers, lambda: None, then, lambda _: then(None))


def _say_nothing(_: str) -> None:
    """Leave it to the message: it answers for itself, and for its counter."""


def _untake(user: User, device: str, counter: int, before: int) -> None:
    if user.resends is not None and user.resends.get(device) == counter:
        user.resends[device] = before


def _read_counters(call: Call, again: Callable[[], None]) -> None:
    name = call.user.key

    def take(read: Welcome) -> None:
        if call.user.resends is None:
            call.user.resends = dict(read.resends)
        again()

    def cannot(_: Exception) -> None:
        text = "The server cannot read its disk now: the message was not stored. Try again later"
        call.fail("STORE_UNAVAILABLE", call.params[0], text)

    call.wait_for(
        call.node.readers,
        lambda: call.node.store.welcome(name, MAX_ID, MAX_ID, 1),
        take,
        cannot,
    )
