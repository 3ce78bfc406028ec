"""What is done about each wish of the chat screen: one row for each kind, one for each command."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from rookery.client import wording
from rookery.client.conversation import asks, outgoing
from rookery.client.conversation.conversation import key_of
from rookery.client.naming import room_of
from rookery.client.tui import wishes

if TYPE_CHECKING:
    from rookery.client.conversation.conversations import Conversations

_NO_ROOM: Final = "This is for rooms: open one first."


def grant(conversations: Conversations, wish: wishes.Wish) -> str:
    """Do what is wished; return the key of a conversation to be brought to the front, if any."""
    row = _GRANTS.get(type(wish))
    return row(conversations, wish) or "" if row is not None else ""


def _say(conversations: Conversations, wish: wishes.Say) -> None:
    asks.say(conversations, wish.key, wish.text, wish.reply_to, is_action=wish.is_action)


def _command(conversations: Conversations, wish: wishes.Command) -> str:
    row = COMMANDS.get(wish.name)
    return row(conversations, wish.key, wish.argument) or "" if row is not None else ""


def _join(conversations: Conversations, _: str, argument: str) -> str:
    return asks.join(conversations, argument)


def _message(conversations: Conversations, _: str, argument: str) -> str:
    name, _space, text = argument.partition(" ")
    return asks.message(conversations, name, text)


def _leave(conversations: Conversations, key: str, argument: str) -> None:
    named = key_of(room_of(argument)[0] or argument) if argument else key
    held = conversations.get(named) or conversations.get(key_of(argument))
    if held is None:
        conversations.say_word("You are not in a room." if not argument else "There is no such.")
    else:
        asks.leave(conversations, held.conversation.key)


def _me(conversations: Conversations, key: str, argument: str) -> None:
    asks.say(conversations, key, argument, is_action=True)


def _room(conversations: Conversations, key: str) -> str:
    """Return the wire name of the room in front; empty where there is none, which is told."""
    held = conversations.get(key)
    if held is not None and held.conversation.is_room:
        return held.conversation.name
    conversations.say_word(_NO_ROOM)
    return ""


def _topic(conversations: Conversations, key: str, argument: str) -> None:
    room = _room(conversations, key)
    held = conversations.get(key)
    if not room or held is None:
        return
    if argument:
        asks.do(conversations, "TOPIC", room, room, argument)
    else:
        topic = held.conversation.topic
        place = wording.place(room)
        told = f"Topic of {place}: {topic}" if topic else f"{place} has no topic."
        conversations.say_word(told)


def _invite(conversations: Conversations, key: str, argument: str) -> None:
    room = _room(conversations, key)
    if room:
        asks.do(conversations, "INVITE", room, argument.split(maxsplit=1)[0], room)


def _kick(conversations: Conversations, key: str, argument: str) -> None:
    room = _room(conversations, key)
    if room:
        name, _, reason = argument.partition(" ")
        asks.do(conversations, "KICK", room, room, name, *([reason] if reason else []))


def _nick(conversations: Conversations, _: str, argument: str) -> None:
    asks.do(conversations, "NICK", argument, argument)


def _away(conversations: Conversations, _: str, argument: str) -> None:
    asks.do(conversations, "AWAY", "", *([argument] if argument else []))


def _who(conversations: Conversations, key: str, _: str) -> None:
    asks.who(conversations, key)


def _rooms(conversations: Conversations, _: str, __: str) -> None:
    asks.rooms(conversations)


def _theme(conversations: Conversations, wish: wishes.ThemeChosen) -> None:
    conversations.theme = wish.theme


COMMANDS: Final[dict[str, Callable[[Conversations, str, str], str | None]]] = {
    "join": _join,
    "msg": _message,
    "leave": _leave,
    "me": _me,
    "topic": _topic,
    "who": _who,
    "rooms": _rooms,
    "invite": _invite,
    "kick": _kick,
    "nick": _nick,
    "away": _away,
}
"""The commands of `slash.COMMANDS` that are about conversations."""

_GRANTS: Final[dict[type, Callable[[Conversations, Any], str | None]]] = {
    wishes.Opened: lambda all_, wish: asks.open_(all_, wish.key),
    wishes.Closed: lambda all_, wish: asks.leave(all_, wish.key),
    wishes.FetchOlder: lambda all_, wish: asks.older(all_, wish.key),
    wishes.ReadAll: lambda all_, wish: asks.read_all(all_, wish.key, is_asked=wish.is_asked),
    wishes.Say: _say,
    wishes.DraftChanged: lambda all_, wish: asks.draft(all_, wish.key, wish.text),
    wishes.TypingNow: lambda all_, wish: asks.typing(all_, wish.key, is_active=wish.is_active),
    wishes.Edit: lambda all_, wish: asks.edit(all_, wish.key, wish.entry_key, wish.text),
    wishes.Delete: lambda all_, wish: asks.delete(all_, wish.key, wish.entry_key),
    wishes.React: lambda all_, wish: asks.react(all_, wish.key, wish.entry_key, wish.emoji),
    wishes.LookAround: lambda all_, _: asks.look_around(all_),
    wishes.ThemeChosen: _theme,
    wishes.AnswerAsked: lambda all_, wish: outgoing.answer_all(all_, is_yes=wish.is_yes),
    wishes.Retry: lambda all_, wish: asks.retry(all_, wish.key, wish.entry_key),
    wishes.Discard: lambda all_, wish: asks.discard(all_, wish.key, wish.entry_key),
    wishes.Command: _command,
    wishes.Search: lambda all_, wish: asks.search(all_, wish.key, wish.words),
}
