"""The first lines that a person reads, and the mailbox behind them."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from rookery.command import info, join, markread, metadata_shown
from rookery.command.isupport import tell_isupport
from rookery.command.missed import replay_missed, send_batch
from rookery.core import modes, user_modes
from rookery.deliver import render
from rookery.wire import numerics as num
from rookery.wire.capabilities import RESEND

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.command.node import Node
    from rookery.store.base import Welcome


class _Mailbox(NamedTuple):
    """One reading of a mailbox; it is over when the session holds messages for another."""

    name: str
    upto_id: int
    held: list[tuple[int, bytes]]


def welcome(call: Call, *, is_second: bool, was_absent: bool) -> None:
    """Greet a session that has just signed in; `is_second` where its person was here before.

    `was_absent` is for a person who stayed in their rooms without a connection.
    """
    node, user = call.node, call.user
    call.reply(num.RPL_WELCOME, f"Welcome to {node.rules.network}, {user.source}")
    call.send(node.alike.lines("host", user.nick, node.rules, partial(_about_the_host, node)))
    tell_isupport(call)
    info.lusers(call)
    info.motd(call)
    metadata_shown.greet(call)
    if not is_second:
        node.receipts.signed_in(user.key, call.now_ms)
        deliver_mailbox(call)
        return
    # What comes from now on waits behind what is read first.
    call.session.held = []
    rooms = [room.key for room in user.rooms]
    markread.known_on_entry(call, rooms, lambda: _enter_all_again(call, was_absent=was_absent))


def _about_the_host(node: Node, nick: str) -> bytes:
    rules, numeric, server = node.rules, node.replies.numeric, node.replies.server
    made = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(rules.created_at_ms / 1000))
    letters = sorted(mode.letter for mode in modes.MODES)
    takes = sorted(mode.letter for mode in modes.MODES if mode.kind is not modes.Kind.FLAG)
    mode_words = (user_modes.LETTERS, "".join(letters), "".join(takes))
    return (
        numeric(nick, num.RPL_YOURHOST, f"Your host is {server}, running {rules.version}")
        + numeric(nick, num.RPL_CREATED, f"This server was started {made}")
        + numeric(nick, num.RPL_MYINFO, server, rules.version, *mode_words)
    )


def _enter_all_again(call: Call, *, was_absent: bool) -> None:
    rooms = list(call.user.rooms)
    for room in rooms:
        _enter_again(call, room.name)
        join.tell_room(call, room)
    if was_absent:
        call.node.receipts.signed_in(call.user.key, call.now_ms)
        replay_missed(call, rooms, lambda: deliver_mailbox(call))
    else:
        deliver_mailbox(call)


def _enter_again(call: Call, room: str) -> None:
    line = render.join_line(call.user, room, call.session.caps)
    call.send(render.happened(line, call.session.caps, call.now_ms, call.user.account))


def deliver_mailbox(call: Call) -> None:
    """Send what the person has not received, before anything newer; the session waits for it.

    On a slow line it waits for the first page alone, so that its proof of that is heard.
    """
    node, session, user = call.node, call.session, call.user
    is_owed = node.receipts.may_be_owed(user.key)
    wants_resends = bool(session.caps & RESEND) and user.resends is None
    session.lacks_mail = is_owed
    if user.is_stand_in:
        user.resends = {}
    if user.is_stand_in or (not is_owed and not wants_resends):
        _release(call, 0)
        return
    watermark = node.receipts.watermark(user.key)
    held, session.held = session.held or [], []
    for message_id, line in held:
        if message_id <= watermark:  # Proven by another session of the person: not in the mailbox.
            call.send(line)
    call.finish()
    mailbox = _Mailbox(user.key, node.ids.last_id, session.held)
    _read_page(call, mailbox, watermark)


def _read_page(call: Call, mailbox: _Mailbox, above_id: int) -> None:
    name, upto_id, _ = mailbox
    max_messages = call.node.rules.mailbox_page
    call.wait_for(
        call.node.readers,
        lambda: call.node.store.welcome(name, above_id, upto_id, max_messages),
        lambda page: _deliver_page(call, page, mailbox, above_id),
        lambda _: _unreadable(call, mailbox),
    )


def _deliver_page(call: Call, page: Welcome, mailbox: _Mailbox, above_id: int) -> None:
    node, session, user = call.node, call.session, call.user
    if session.held is not mailbox.held:
        return  # The session has taken another name since, and reads the mailbox of that.
    if user.key != mailbox.name:
        # Another session has changed the name: these are not messages that the new one can prove.
        deliver_mailbox(call)
        return
    resends = user.resends or {}
    user.resends = {
        device: max(counter, resends.get(device, 0)) for device, counter in page.resends.items()
    } | {device: counter for device, counter in resends.items() if device not in page.resends}
    session.lacks_mail = False
    if page.messages:
        send_batch(call, f"rookery.chat/mailbox {len(page.messages)}", page.messages)
        newest_id = page.messages[-1].id
        node.receipts.delivered(session, newest_id, node.now_ms)
        if len(page.messages) == node.rules.mailbox_page:
            call.wait_until_drained(lambda: _read_page(call, mailbox, newest_id))
            return
    elif above_id == node.receipts.watermark(user.key):
        for other in user.sessions:
            other.lacks_mail = False
    _release(call, mailbox.upto_id)


def _release(call: Call, upto_id: int) -> None:
    """Send what came in while the mailbox was read; what the mailbox held is not sent again."""
    held, epoch = call.session.held, call.node.epoch
    if held and epoch.is_committing:
        epoch.after_commit(lambda: _let_go(call, held, upto_id))
    else:
        _let_go(call, held, upto_id)


def _let_go(call: Call, held: list[tuple[int, bytes]] | None, upto_id: int) -> None:
    """Send what was held; when no commit is under way, since each line hangs on its own epoch."""
    node, session = call.node, call.session
    if session.held is not held or session.id not in node.sessions:
        return
    session.held = None
    for message_id, line in held or ():
        if message_id > upto_id:
            is_stored = message_id <= node.epoch.sealed_id
            send = node.fanout.send if is_stored else node.fanout.send_once_stored
            send(session, line)
            node.receipts.delivered(session, message_id, node.now_ms)
    node.epoch.touch()


def _unreadable(call: Call, mailbox: _Mailbox) -> None:
    """Let the person in without their mail; nothing that the session reads now is proven."""
    if call.session.held is not mailbox.held:
        return
    call.fail("STORE_UNAVAILABLE", "Your waiting messages cannot be read now: sign in again later")
    call.session.lacks_mail = True
    _release(call, 0)
