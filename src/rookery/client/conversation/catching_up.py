"""Reading up: the latest page of each conversation on each connection, older ones on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client import acts, asking, paging
from rookery.client.conversation import merging
from rookery.client.conversation.conversation import key_of
from rookery.client.happened import Presence, Toward
from rookery.client.rooms import is_room

if TYPE_CHECKING:
    from rookery.client.conversation.conversations import Conversations, Held
    from rookery.client.happened import Correspondents, Page
    from rookery.client.news import Lost

MAX_PEOPLE: Final = 30
"""Talks that are opened by themselves on sign-in: those with the newest messages."""


def fetch_latest(conversations: Conversations, held: Held) -> None:
    """Ask for the latest page, once on a connection."""
    model = conversations.model
    if held.is_latest_asked or not model.is_online or "draft/chathistory" not in model.caps:
        return
    held.is_latest_asked = True
    held.conversation.is_loading = True
    paging.latest(model, held.conversation.name)
    conversations.about(held)


def meet(conversations: Conversations, name: str) -> Held:
    """Return the conversation with a person; a new one is read up and looked after."""
    known = conversations.of(name)
    if known is not None:
        return known
    held = conversations.take(name)
    known_presence = conversations.model.presence.get(key_of(name), Presence.UNKNOWN)
    held.conversation.presence = known_presence
    if conversations.model.is_online:
        acts.monitor(conversations.model, [name])
        acts.ask_read(conversations.model, name)
    fetch_latest(conversations, held)
    return held


def page(conversations: Conversations, page: Page) -> None:
    """Take a page, and ask for the one before it where a gap is left."""
    held = conversations.of(page.target)
    if held is None:
        return
    me, now_ms = conversations.model.nick, conversations.clock_ms()
    held.conversation.is_loading = page.toward is Toward.UNASKED and held.conversation.is_loading
    if merging.merge(held.timeline, held.reach, page, me, now_ms):
        fetch_before(conversations, held)
    if page.is_failed and page.toward is Toward.LATEST:
        held.is_latest_asked = False
    conversations.about(held)


def fetch_before(conversations: Conversations, held: Held) -> None:
    """Ask for the page before what is read, or into the gap."""
    model = conversations.model
    msgid = merging.before_msgid(held.timeline, held.reach)
    if held.conversation.is_loading or not model.is_online or not msgid:
        return
    held.conversation.is_loading = True
    paging.before(model, held.conversation.name, msgid)
    conversations.about(held)


def correspondents(conversations: Conversations, found: Correspondents) -> None:
    """Open the talks with the newest messages, but those that the person has closed since."""
    for name, last_ms in found.names[-MAX_PEOPLE:]:
        if not is_room(name) and last_ms > conversations.closed.get(key_of(name), 0):
            meet(conversations, name)


def signed_in(conversations: Conversations, _: object) -> None:
    """Come (back) online: enter what was left open, and read up."""
    model = conversations.model
    people = []
    for held in conversations:
        conversation = held.conversation
        room = model.rooms.get(conversation.name)
        if not conversation.is_room:
            people.append(conversation.name)
            acts.ask_read(model, conversation.name)
            fetch_latest(conversations, held)
        elif conversation.is_joined and room is None:
            asking.join(model, conversation.name)
    acts.monitor(model, people)
    if "draft/chathistory" in model.caps:
        paging.targets(model)
    asking.flush(model)
    conversations.relist()


def lost(conversations: Conversations, _: Lost) -> None:
    """Know that what is here may end before a gap."""
    for held in conversations:
        merging.lost(held.timeline, held.reach)
        held.is_latest_asked = False
        held.conversation.is_loading = False
        held.conversation.typing = ()
        held.typing_until_s.clear()
        held.typing_told_s = None
        held.told_read_ms = 0
        conversations.about(held)
    conversations.relist()
