"""What news does to the conversation beside being shown: the room, the prompt, the questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.client import asking, wording
from rookery.client.line import hints, naming
from rookery.client.line.questions import LEAVING, SIGNING_IN
from rookery.client.news import GaveUp, Lost
from rookery.client.requests import Kind
from rookery.client.safe_text import safe
from rookery.client.shown import (
    AskResend,
    BackOnline,
    Done,
    Entered,
    NameRefused,
    NameTaken,
    Refused,
    Said,
    SignedIn,
    Went,
    Why,
)
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from rookery.client.line.talk import Talk
    from rookery.client.news import News


def hear(talk: Talk, news: News) -> None:
    """Show one thing that happened, and draw the consequences."""
    match news:
        case SignedIn(nick):
            _signed_in(talk, nick)
        case NameTaken():
            naming.taken(talk, news)
        case NameRefused():
            naming.unusable(talk, news)
        case Lost():
            _lost(talk, news)
        case GaveUp(error):
            talk.show(str(error))
            talk.front.finish(error.exit_code)
        case AskResend():
            _ask_resend(talk, news)
        case Done(label):
            talk.pending = "" if talk.pending == label else talk.pending
            if talk.looking == label:
                talk.looking = ""
                talk.front.complete()
        case _:
            _before(talk, news)
            for line in _lines(talk, news):
                talk.show(line)
            _behind(talk, news)


def _lines(talk: Talk, news: News) -> list[str]:
    is_own_doing = talk.pending == LEAVING or talk.is_offline
    if isinstance(news, Went) and not news.by and not is_own_doing:
        return [f"Left {wording.place(news.room)} (from another session)."]
    return wording.tell(news, talk.model.nick)


def _before(talk: Talk, news: News) -> None:
    if isinstance(news, BackOnline):
        talk.is_offline = False
        talk.pending = "" if talk.pending == SIGNING_IN else talk.pending


def _behind(talk: Talk, news: News) -> None:
    match news:
        case Entered(room, _, Why.ASKED):
            talk.room = room
        case Went(room) if fold(room) == fold(talk.room):
            _to_lobby(talk)
        case Refused(command, room) if command == Kind.JOIN.value and fold(room) == fold(talk.room):
            _to_lobby(talk)
        case Said(is_own=True, is_room=True, is_action=False, is_missed=False):
            hints.after_saying(talk, news.text)


def _to_lobby(talk: Talk) -> None:
    talk.room = ""
    if talk.pending == LEAVING:
        talk.pending = ""


def _signed_in(talk: Talk, nick: str) -> None:
    talk.pending = ""
    talk.taken = ""
    talk.was_in = True
    session = talk.session
    how = " (TLS)" if session.is_encrypted else ""
    if not how and not session.options.is_loopback:
        how = " (not encrypted)"
    where = f"{session.options.address}{how}"
    talk.show(f'Connected to {where}. You are {nick}. Type "help" for the commands.')


def _lost(talk: Talk, lost: Lost) -> None:
    talk.is_offline = True
    wait_s = max(1, round(lost.wait_s))
    if lost.is_first:
        talk.show(f"Connection lost. Trying again in {wait_s} s. Keep typing: lines are kept.")
    elif talk.is_hurried:
        talk.show(f"No connection yet. Trying again in {wait_s} s.")
    talk.is_hurried = False


def _ask_resend(talk: Talk, asked: AskResend) -> None:
    if not talk.front.is_interactive:
        if asked.may_have_arrived:
            talk.dropped += asked.lines
        asking.answer_resend(talk.model, is_yes=not asked.may_have_arrived)
        return
    count = len(asked.lines)
    lines = "1 line" if count == 1 else f"{count} lines"
    why = "may have been sent before" if asked.may_have_arrived else "waited more than 10 minutes"
    talk.show(f"{lines} {why}:")
    for target, text in asked.lines:
        talk.show(f"  to {wording.place(target)}: {safe(text)}")
    talk.ask("Send now? (yes/no): ", lambda typed: _answer(talk, typed))


def _answer(talk: Talk, typed: str) -> None:
    word = typed.strip().lower()
    if word in {"y", "yes"}:
        asking.answer_resend(talk.model, is_yes=True)
    elif word in {"n", "no"}:
        asking.answer_resend(talk.model, is_yes=False)
        talk.show("Not sent, and forgotten.")
    else:
        talk.show("Please type yes or no.")
        talk.ask("Send now? (yes/no): ", lambda again: _answer(talk, again))
