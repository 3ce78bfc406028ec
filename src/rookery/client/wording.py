"""What the clients say: from a thing that happened to the line that tells it.

Everything that others wrote passes through `safe`. PRODUCT's wording is kept to the letter.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final

from rookery.client.model import LOST
from rookery.client.safe_text import safe
from rookery.client.shown import (
    BackOnline,
    Entered,
    Invited,
    Joined,
    Kept,
    Left,
    Missed,
    NotSent,
    PasswordChanged,
    People,
    Refused,
    Renamed,
    RoomList,
    Said,
    Sent,
    Topic,
    WaitingSent,
    Went,
    Why,
    Word,
    plain_room,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rookery.client.news import News

OFFLINE: Final = "You are offline. Messages are kept, this is not: do it again when you are back."
WEEK_S: Final = 7 * 24 * 3600
MAX_NAMES: Final = 40
"""Names listed before "and 460 more"."""
MINUTE_S: Final = 60
_IN_OUR_WORDS: Final = (
    (re.compile(r"\b[Nn]ick(name)?\b"), "name"),
    (re.compile(r"\bChannel\b"), "Room"),
    (re.compile(r"\bchannel\b"), "room"),
)
"""What IRC servers say, and what people are told here."""


def tell(news: News, me: str) -> list[str]:
    """Return the lines that tell `news` to `me`; none for what is not told."""
    line = _of_messages(news) or _of_answers(news, me) or _of_rooms(news)
    return [line] if line else []


def _of_messages(news: News) -> str:
    match news:
        case Said():
            return said(news)
        case Sent(target):
            return f"Sent to {safe(target)}."
        case Kept():
            return _kept(news)
        case NotSent(target, text, _, reason):
            return f'Not sent to {place(target)} ({refusal(reason)}): "{safe(text)}"'
        case Missed(count, room):
            where = f" in {place(room)}" if room else ""
            return f"{_count(count, 'message')}{where} while you were away:"
        case _:
            return ""


def _of_answers(news: News, me: str) -> str:
    match news:
        case BackOnline(after_s, sent):
            also = f" Sent {_count(sent, 'waiting line')}." if sent else ""
            return f"Back online after {_span(after_s)}.{also}"
        case WaitingSent(count):
            return f"Sent {_count(count, 'waiting line')}."
        case People():
            return _people(news, me)
        case RoomList(rooms):
            return _rooms(rooms)
        case Refused():
            return _refused(news)
        case PasswordChanged(is_first):
            done = "set" if is_first else "changed"
            return f"Your password is {done}. Use it with your name on other computers."
        case Word(text):
            return f"Server: {_sentence(text)}"
        case _:
            return ""


def _of_rooms(news: News) -> str:
    match news:
        case Entered():
            return _entered(news)
        case Joined(room, who):
            return f"{safe(who)} joined {place(room)}."
        case Left(room, who):
            return f"{safe(who)} left {place(room)}."
        case Went(room, by, reason):
            why = f" ({_clause(reason)})" if reason else ""
            told = f"{safe(by)} removed you from {place(room)}{why}." if by else ""
            return told or f"Left {place(room)}."
        case Renamed(before, after, is_me):
            who = "You are" if is_me else f"{safe(before)} is"
            return f"{who} {safe(after)} now."
        case Topic(room, text, by):
            who = f"{safe(by)} set the topic" if by else "Topic"
            return f"{who} of {place(room)}: {safe(text)}"
        case Invited(who, room):
            return f'{safe(who)} invites you to {place(room)}. Type "join {place(room)}" to go.'
        case _:
            return ""


def said(one: Said, now_s: float | None = None) -> str:
    """Return the line of a message, with its time in front where it was missed.

    Lines once printed stay: a correction is another, marked as such (`docs/ext/edit.md`).
    """
    when = ""
    if one.is_missed and one.at_ms is not None:
        when = clock(one.at_ms / 1000, time.time() if now_s is None else now_s)
    text = safe(one.text)
    edited = ", edited" if one.edit_of else ""
    if one.is_room:
        where = f"{safe(one.sender)} (in {place(one.target)}{edited})"
    elif one.is_own and one.target != one.sender:
        where = f"To {safe(one.target)} (from another session{edited})"
    else:
        where = f"{safe(one.sender)} (private{edited})"
    return f"{when}{where}: {f'* {text}' if one.is_action else text}"


def clock(at_s: float, now_s: float) -> str:
    """Return `[Tue 18:02] ` in local time; with the date where the weekday says too little."""
    form = "[%a %H:%M] " if 0 <= now_s - at_s < WEEK_S else "[%Y-%m-%d %H:%M] "
    return time.strftime(form, time.localtime(at_s))


def place(target: str) -> str:
    """Return a room or a person as people call it."""
    return safe(plain_room(target))


def refusal(reason: str) -> str:
    """Return why a server refuses, in the words that we have for names and rooms."""
    words = _clause(reason)
    for irc, ours in _IN_OUR_WORDS:
        words = irc.sub(ours, words)
    return words


def _kept(kept: Kept) -> str:
    name = safe(kept.target)
    if kept.is_known:
        return f"{name} is offline: delivered when {name} connects."
    meant = f" Did you mean {safe(kept.suggestion)}?" if kept.suggestion else ""
    return f'Nobody has signed in as "{name}" yet: kept for whoever does.{meant}'


def _entered(entered: Entered) -> str:
    room = place(entered.room)
    match entered.why:
        case Why.ASKED:
            return f'Joined {room}: {names(entered.members)}. Type "leave" to go back.'
        case Why.ELSEWHERE:
            return f'You are in {room} from another session. Type "join {room}" to talk there.'
        case _:
            return ""


def names(people: Iterable[str]) -> str:
    """Return a list of names of bearable length."""
    every = [safe(one) for one in people]
    more = f" and {len(every) - MAX_NAMES} more" if len(every) > MAX_NAMES else ""
    return ", ".join(every[:MAX_NAMES]) + more


def _people(people: People, me: str) -> str:
    marked = [
        name + (" (you)" if name == me else " (away)" if name in people.away else "")
        for name in people.names
    ]
    where = f"in {place(people.room)}" if people.room else "here"
    if not marked and not people.unlisted:
        room = place(people.room)
        return f"There is no room {room}, or nobody is in it." if room else "Nobody is here."
    if not marked:
        return f"{_people_are(people.unlisted)} {where}, but not listed."
    who = _people_are(len(marked))
    return f"{who} {where}: {', '.join(map(safe, marked))}.{_more(people)}"


def _more(people: People) -> str:
    """Return the sentence on those who are there and not listed."""
    if not people.unlisted:
        return ""
    are = "is" if people.unlisted == 1 else "are"
    # Mostly they are invisible, but a server may hide people for other reasons.
    return f" {people.unlisted} more {are} {'there' if people.room else 'here'}, but not listed."


def _rooms(rooms: tuple[tuple[str, int], ...]) -> str:
    if not rooms:
        return "Nobody is in a room now. Make one: join NAME"
    counted = [f"{plain_room(room)} ({_people_count(count)})" for room, count in rooms]
    return f"{_count(len(rooms), 'room')}: {names(counted)}."


def _people_count(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _people_are(count: int) -> str:
    return f"{_people_count(count)} {'is' if count == 1 else 'are'}"


def _refused(refused: Refused) -> str:
    if refused.code == LOST:
        return "The connection was lost before the server answered. Try again when it is back."
    reason = refusal(refused.reason)
    match refused.command:
        case "join":
            return f"You cannot enter {place(refused.subject)}: {reason}."
        case "password":
            return f"Your password is not changed: {reason}."
        case _:
            about = f"{safe(refused.subject)}: " if refused.subject else ""
            return f"Server: {about}{reason}."


def _sentence(words: str) -> str:
    """Return the server's words with a full stop behind what is a sentence."""
    line = safe(words).rstrip()
    is_of_motd = line.startswith("- ")
    return f"{line}." if line[-1:].isalnum() and not is_of_motd else line


def _clause(reason: str) -> str:
    """Return the server's words without the full stop."""
    return safe(reason).strip().rstrip(".")


def _count(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _span(seconds: float) -> str:
    whole = max(1, round(seconds))
    return f"{whole} s" if whole < 2 * MINUTE_S else f"{round(whole / MINUTE_S)} min"
