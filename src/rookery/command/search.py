"""SEARCH: find what was said, in rooms and private conversations. soju.im/search.

Who may read what is said in `place`; without `in` all that the asker may read is looked through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command.missed import send_batch
from rookery.command.place import place, private_floor
from rookery.command.row import Command
from rookery.command.selector import BadSelectorError, time_ms
from rookery.core.access import history_floor
from rookery.core.clock import MAX_ID, first_id_at
from rookery.store.base import Search
from rookery.wire.casefold import fold
from rookery.wire.tags import parse_tags

if TYPE_CHECKING:
    from rookery.command.call import Call

_ATTRIBUTES: Final = frozenset({"in", "from", "after", "before", "text", "limit"})


class _BadAttributeError(ValueError):
    """An attribute that cannot be searched by."""


def search(call: Call) -> None:
    """Send what matches all attributes as a batch, in the order in which it was said."""
    try:
        wanted = _wanted(call, parse_tags(call.params[0]))
    except _BadAttributeError as error:
        call.fail("INVALID_PARAMS", str(error), "Invalid parameters")
        return
    store = call.node.store
    call.wait_for(
        call.node.readers,
        lambda: store.search(wanted),
        lambda rows: send_batch(call, "soju.im/search", rows),
        lambda _: call.fail("INTERNAL_ERROR", "The search could not be run"),
    )


def _wanted(call: Call, attributes: dict[str, str]) -> Search:
    unknown = [name for name in attributes if name not in _ATTRIBUTES]
    if unknown or not attributes:
        raise _BadAttributeError(unknown[0].split(" ")[0] if unknown else "*")
    places, name, floor_id = _places(call, attributes)
    return Search(
        words=attributes.get("text", ""),
        places=places,
        name=name,
        name_floor_id=floor_id,
        sender=fold(attributes.get("from", "")),
        after_id=max(0, first_id_at(_ms(attributes, "after", 0)) - 1),
        before_id=_before_id(attributes),
        max_messages=_limit(call, attributes),
    )


def _places(call: Call, attributes: dict[str, str]) -> tuple[dict[str, int], str, int]:
    """Return the conversations to look through, with the asker's key and floor for all private."""
    user = call.user
    target = attributes.get("in")
    if target is None:
        rooms = {room.key: history_floor(room, user) for room in user.rooms}
        return rooms, user.key, private_floor(user)
    there = place(call, target)
    if there is None:
        raise _BadAttributeError("in")
    return {there.conversation: there.floor_id}, "", 0


def _before_id(attributes: dict[str, str]) -> int:
    at_ms = _ms(attributes, "before", -1)
    return MAX_ID if at_ms < 0 else first_id_at(at_ms + 1)


def _ms(attributes: dict[str, str], name: str, default: int) -> int:
    value = attributes.get(name)
    if value is None:
        return default
    try:
        return time_ms(value)
    except BadSelectorError:
        raise _BadAttributeError(name) from None


def _limit(call: Call, attributes: dict[str, str]) -> int:
    page = call.node.rules.history_page
    text = attributes.get("limit", str(page))
    if not (text.isascii() and text.isdigit()) or not int(text[:9]):
        raise _BadAttributeError("limit")
    return min(int(text[:9]), page)


COMMANDS: Final = (
    Command(
        "SEARCH",
        search,
        1,
        "SEARCH <in=…;from=…;after=…;before=…;text=…;limit=…>",
        "Find what was said in your rooms and private conversations.",
        "soju.im/search",
    ),
)
