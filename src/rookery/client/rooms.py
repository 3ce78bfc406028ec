"""The rooms that I am in, or want to be in: members, and what was missed of each."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rookery.wire.casefold import fold
from rookery.wire.standard import CHANTYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rookery.client.shown import Said

MAX_SEEN: Final = 20_000
"""Message ids remembered, so that nothing is shown twice."""
HISTORY_PAGE: Final = 100
"""Messages asked for at once with CHATHISTORY; servers may give fewer."""


@dataclass(slots=True)
class CatchUp:
    """What was said while I was away is being fetched; what is said now waits behind it."""

    missed: list[Said] = field(default_factory=list)
    live: list[Said] = field(default_factory=list)
    is_asked: bool = False
    """The person waits for it: it is the room that they entered just now."""
    label: str = ""
    """The request that is done with it."""


@dataclass(slots=True)
class Room:
    """One room; `name` as on the wire."""

    name: str
    members: dict[str, str] = field(default_factory=dict)
    """Folded nick to nick, in the order of their arrival."""
    ranks: dict[str, str] = field(default_factory=dict)
    """Folded nick to the signs of the ranks that were told; of nobody else is one known."""
    topic: str = ""
    is_in: bool = False
    is_asked: bool = False
    """This client asked to enter, and the server's answer is not complete."""
    is_wanted: bool = False
    """Entered by this client, and to be entered again after a lost connection.

    What happens in others, where only another session of mine is, is not shown.
    """
    is_leaving: bool = False
    """The person has left; what was said to it before is not stored yet."""
    is_left_quietly: bool = False
    """The person was told already that it is left."""
    is_listing: bool = False
    """The names that come now are the whole room, not additions to it."""
    newest_msgid: str = ""
    newest_time: str = ""
    """The newest server-time heard in the room, as on the wire."""
    was_lost: bool = False
    """I was in it when the connection died, and what I missed has not been fetched yet."""
    catch_up: CatchUp | None = None

    def lost(self) -> None:
        """The connection is gone."""
        self.was_lost = self.was_lost or self.is_in
        self.is_in = self.is_asked = self.is_listing = False
        self.members.clear()
        self.catch_up = None

    def heard(self, msgid: str, time: str) -> None:
        """Remember how far the room is known; nothing older than this is asked for again."""
        self.newest_msgid = msgid or self.newest_msgid
        self.newest_time = max(self.newest_time, time)

    def after(self) -> tuple[str, str]:
        """Return the CHATHISTORY subcommand and selector for what came after all this."""
        if self.newest_msgid:
            return "AFTER", f"msgid={self.newest_msgid}"
        if self.newest_time:
            return "AFTER", f"timestamp={self.newest_time}"
        return "LATEST", "*"


class Rooms:
    """All rooms by their folded names."""

    def __init__(self) -> None:
        self._by_key: dict[str, Room] = {}

    def __iter__(self) -> Iterator[Room]:
        return iter(list(self._by_key.values()))

    def get(self, name: str) -> Room | None:
        """Return the room where there is one."""
        return self._by_key.get(fold(name))

    def take(self, name: str) -> Room:
        """Return the room, a new one where there was none."""
        return self._by_key.setdefault(fold(name), Room(name))

    def forget(self, room: Room) -> None:
        """Drop the room with all that is known of it."""
        self._by_key.pop(fold(room.name), None)


class Seen:
    """The ids of messages that were shown, the newest `MAX_SEEN`."""

    def __init__(self, max_ids: int = MAX_SEEN) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._max_ids = max_ids

    def is_new(self, msgid: str) -> bool:
        """Return whether `msgid` was not shown yet, and count it as shown; no id is always new."""
        if not msgid:
            return True
        if msgid in self._ids:
            return False
        self._ids[msgid] = None
        if len(self._ids) > self._max_ids:
            self._ids.popitem(last=False)
        return True


def is_room(target: str) -> bool:
    """Return whether a message's target is a room."""
    return target[:1] in CHANTYPES and bool(target)
