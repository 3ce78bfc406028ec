"""All conversations of one person on one server, and what changed in them.

`told.hear` takes what the session tells, the functions of `asks` what the person wants; both add
to `take_changes`. Everything happens on one thread, with the session's lock held.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rookery.client.conversation import counting, making
from rookery.client.conversation.changes import About, Change, Changed, Listed
from rookery.client.conversation.conversation import Conversation, key_of
from rookery.client.conversation.merging import Reach, trim
from rookery.client.conversation.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rookery.client.conversation.entry import Entry
    from rookery.client.model import Model

MAX_ENTRIES: Final = 5_000
"""Entries kept of a conversation that is not in front; older ones can be fetched again."""
TYPING_S: Final = 6.0
"""How long somebody counts as typing after the last notice. IRCv3 typing."""
PAUSED_S: Final = 30.0


def _clock_ms() -> int:
    return time.time_ns() // 1_000_000


@dataclass(slots=True)
class Held:
    """A conversation with what keeps it."""

    conversation: Conversation
    timeline: Timeline
    reach: Reach = field(default_factory=Reach)
    is_latest_asked: bool = False
    """The latest page was asked for on this connection."""
    edits: dict[str, tuple[str, str]] = field(default_factory=dict)
    """`rookery.chat/id` of a correction that waits to its original's key and its text."""
    typing_until_s: dict[str, float] = field(default_factory=dict)
    typing_told_s: float | None = None
    """When I last told that I type; None when they know that I do not."""
    told_read_ms: int = 0
    """The read marker that the server was told last."""
    is_stale: bool = True
    """Counters are to be reckoned anew."""
    are_members_stale: bool = True
    """The same of members: apart, since sorting a large room for each message is too much."""


class Conversations:
    """The conversations by key, in the order in which they came."""

    def __init__(self, model: Model, clock_ms: Callable[[], int] = _clock_ms) -> None:
        self.model = model
        self.clock_ms = clock_ms
        self.open_key = ""
        """The conversation in front."""
        self.theme = ""
        """The colours that were chosen while it ran; empty: none."""
        self.words: list[str] = []
        """Sentences to the person that no conversation was there to show."""
        self.arrived: list[tuple[str, Entry]] = []
        """Messages of others that came just now, with their conversation: see `notify`."""
        self.looked_s: float | None = None
        """When it was asked last who and which rooms are there."""
        self.closed: dict[str, int] = {}
        """Talks that were taken off the list, and when: they come back with a newer message."""
        self._by_key: dict[str, Held] = {}
        self._changes: list[Change] = []

    def __iter__(self) -> Iterator[Held]:
        return iter(list(self._by_key.values()))

    @property
    def shown(self) -> list[Conversation]:
        """Return all in the order of the list: rooms, then people."""
        every = [held.conversation for held in self._by_key.values()]
        return [one for one in every if one.is_room] + [one for one in every if not one.is_room]

    def get(self, key: str) -> Held | None:
        """Return the conversation where there is one."""
        return self._by_key.get(key)

    def of(self, name: str) -> Held | None:
        """Return the conversation with a room or a person where there is one."""
        return self._by_key.get(key_of(name))

    def take(self, name: str) -> Held:
        """Return the conversation with a room or a person, a new one where there was none."""
        held = self.of(name)
        if held is None:
            held = self.put(Conversation(name))
        return held

    def put(self, conversation: Conversation) -> Held:
        """Add a conversation."""
        held = Held(conversation, Timeline(conversation, self._tell))
        self._by_key[conversation.key] = held
        self._changes.append(Listed())
        return held

    def drop(self, key: str) -> None:
        """Take a conversation off the list."""
        if self._by_key.pop(key, None) is not None:
            self._changes.append(Listed())

    def say_word(self, text: str, name: str = "") -> None:
        """Tell the person a sentence, in the conversation with `name` or else the one in front."""
        held = (self.of(name) if name else None) or self._by_key.get(self.open_key)
        if held is None:
            self.words.append(text)
            return
        settled = held.conversation.entries[: held.timeline.settled]
        at_ms = max(self.clock_ms(), *(entry.at_ms for entry in settled[-1:]), 0)
        held.timeline.append(making.of_word(text, held.timeline.new_key(), at_ms))

    def about(self, held: Held) -> None:
        """Note that something beside the entries changed."""
        held.is_stale = True
        change = About(held.conversation.key)
        if change not in self._changes[-8:]:
            self._changes.append(change)

    def relist(self) -> None:
        """Note that the list is another."""
        self._changes.append(Listed())

    def take_changes(self) -> list[Change]:
        """Return what changed since, once; counters are right from here on."""
        for held in self._by_key.values():
            if held.is_stale:
                self._reckon(held)
        changes, self._changes = self._changes, []
        return changes

    def take_arrived(self) -> list[tuple[str, Entry]]:
        """Return the messages that came since, once."""
        arrived, self.arrived = self.arrived, []
        return arrived

    def take_words(self) -> list[str]:
        """Return the sentences that no conversation shows, once."""
        words, self.words = self.words, []
        return words

    def _reckon(self, held: Held) -> None:
        conversation = held.conversation
        if conversation.key != self.open_key:
            trim(held.timeline, held.reach, MAX_ENTRIES)
        before, members = _visible(conversation), conversation.members
        counting.count_unread(conversation)
        if held.are_members_stale and conversation.is_room and self.model.is_online:
            conversation.members = counting.members(self.model, conversation.name)
            held.are_members_stale = False
        held.is_stale = False
        if _visible(conversation) != before or conversation.members is not members:
            self._changes.append(About(conversation.key))

    def _tell(self, change: Change) -> None:
        assert isinstance(change, Changed)
        held = self._by_key[change.key]
        held.is_stale = True
        last = self._changes[-1] if self._changes else None
        if (
            isinstance(last, Changed)
            and (last.key, last.removed, change.removed) == (change.key, 0, 0)
            and change.at == last.at + last.added
        ):
            self._changes[-1] = Changed(last.key, last.at, 0, last.added + change.added)
        else:
            self._changes.append(change)


def _visible(conversation: Conversation) -> tuple[object, ...]:
    return conversation.unread, conversation.mentions, conversation.new_from_key
