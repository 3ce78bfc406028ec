"""What I say, from the key to the server's disk: waiting, stored, refused, asked about.

A message stands in its conversation from the moment on at which it was typed; a correction in the
place of its original.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.client import asking, saying
from rookery.client.conversation import making
from rookery.client.conversation.entry import Entry, Kind, State
from rookery.client.safe_text import safe
from rookery.client.wording import place, refusal
from rookery.wire.standard import TAG_EDIT, TAG_REPLY

if TYPE_CHECKING:
    from rookery.client.conversation.conversations import Conversations, Held
    from rookery.client.happened import Stored
    from rookery.client.outbox import Waiting
    from rookery.client.shown import AskResend, NotSent


def say(conversations: Conversations, held: Held, text: str, reply_to: str = "") -> None:
    """Say something, as soon as that is possible."""
    model = conversations.model
    tags = {TAG_REPLY: reply_to} if reply_to else {}
    for waiting in saying.put_by(model, held.conversation.name, text, tags):
        show(conversations, held, waiting)
    asking.flush(model)


def show(conversations: Conversations, held: Held, waiting: Waiting) -> None:
    """Show a message of the outbox behind all others; a correction in its original's place."""
    if TAG_EDIT in waiting.tags:
        original = held.timeline.of_msgid(waiting.tags[TAG_EDIT])
        if original is not None:
            held.edits[waiting.client_id] = (original.key, waiting.text)
            held.timeline.correct_mine(original.key, waiting.text)
        return
    now_ms, nick = conversations.clock_ms(), conversations.model.nick
    key, reply_to = held.timeline.new_key(), waiting.tags.get(TAG_REPLY, "")
    entry = making.of_waiting(waiting, key, nick, now_ms, reply_to)
    held.timeline.wait(entry, waiting.client_id)


def edit(conversations: Conversations, held: Held, original: Entry, text: str) -> None:
    """Correct a message of mine; what is corrected twice is corrected from what was first said."""
    model = conversations.model
    (waiting,) = saying.put_by(model, held.conversation.name, text, {TAG_EDIT: original.msgid})
    show(conversations, held, waiting)
    asking.flush(model)


def edit_stored(held: Held, client_id: str) -> None:
    """Show what became of a correction: it counts now, or never will."""
    edited = held.edits.pop(client_id, None) if client_id else None
    if edited is not None:
        key = edited[0]
        still_waiting = [text for other, text in held.edits.values() if other == key]
        held.timeline.correct_mine(key, still_waiting[-1] if still_waiting else "")


def stored(conversations: Conversations, one: Stored) -> None:
    """Settle a message of mine that nothing else has shown as stored."""
    held = conversations.of(one.target)
    if held is None:
        return
    edit_stored(held, one.client_id)
    held.timeline.settle_mine(one.client_id)


def not_sent(conversations: Conversations, refused: NotSent) -> None:
    """Show that a message of mine, or a correction, was refused."""
    held = conversations.of(refused.target)
    reason = refusal(refused.reason)
    if held is None:
        told = f"Not sent to {place(refused.target)}: {safe(refused.text)} ({reason})"
        conversations.say_word(told)
        return
    if refused.client_id in held.edits:
        edit_stored(held, refused.client_id)
        conversations.say_word(f"Your correction was not taken: {reason}.", refused.target)
        return
    held.timeline.set_state(held.timeline.key_of_mine(refused.client_id), State.FAILED, reason)
    held.timeline.forget_mine(refused.client_id)


def asked_about(conversations: Conversations, _: AskResend) -> None:
    """Show which messages the person has to decide about."""
    for waiting in conversations.model.outbox:
        if waiting.is_asked_about:
            why = "it may have arrived" if waiting.may_have_left else "it has waited long"
            _set_state(conversations, waiting, State.ASKED_ABOUT, why)


def answer_all(conversations: Conversations, *, is_yes: bool) -> None:
    """Send all that was asked about, or drop it."""
    asked = [waiting for waiting in conversations.model.outbox if waiting.is_asked_about]
    for waiting in asked:
        if is_yes:
            _set_state(conversations, waiting, State.WAITING)
        else:
            _drop(conversations, waiting)
    if asked:
        asking.answer_resend(conversations.model, is_yes=is_yes)


def retry(conversations: Conversations, held: Held, entry: Entry) -> None:
    """Send again what failed, or all that was asked about."""
    if entry.state is State.ASKED_ABOUT:
        answer_all(conversations, is_yes=True)
    elif entry.state is State.FAILED:
        held.timeline.remove(entry.key)
        text = f"\x01ACTION {entry.text}\x01" if entry.kind is Kind.ACTION else entry.text
        say(conversations, held, text, entry.reply_to)


def discard(conversations: Conversations, held: Held, entry: Entry) -> None:
    """Drop what failed, or this one of what was asked about."""
    if entry.state is State.FAILED:
        held.timeline.remove(entry.key)
        return
    model = conversations.model
    for waiting in model.outbox:
        mine = held.timeline.key_of_mine(waiting.client_id) == entry.key
        if mine and waiting.is_asked_about:
            _drop(conversations, waiting)
            model.outbox.answered(waiting)
            asking.flush(model)


def _drop(conversations: Conversations, waiting: Waiting) -> None:
    held = conversations.of(waiting.target)
    if held is None:
        return
    edit_stored(held, waiting.client_id)
    held.timeline.remove(held.timeline.key_of_mine(waiting.client_id))
    held.timeline.forget_mine(waiting.client_id)


def _set_state(
    conversations: Conversations, waiting: Waiting, state: State, reason: str = ""
) -> None:
    held = conversations.of(waiting.target)
    if held is not None:
        held.timeline.set_state(held.timeline.key_of_mine(waiting.client_id), state, reason)


def unsent(conversations: Conversations) -> list[str]:
    """Return a line for each message that is not stored, for when the program ends."""
    return [
        f"  to {place(waiting.target)}: {safe(waiting.text)}"
        for waiting in conversations.model.outbox
    ]
