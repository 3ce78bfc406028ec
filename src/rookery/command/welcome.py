"""The first lines that a person reads, and the mailbox behind them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rookery.command import info, join, markread, metadata_shown
from rookery.command.isupport import tell_isupport
from rookery.command.missed import replay_missed, send_batch
from rookery.core import modes, user_modes
from rookery.deliver import render
from rookery.wire import numerics as num
from rookery.wire.capabilities import RESEND

if TYPE_CHECKING:
    from rookery.command.call import Call
    from rookery.store.base import Welcome


def welcome(call: Call, *, is_second: bool, was_absent: bool) -> None:
    """Greet a session that has just signed in; `is_second` where its person was here before.

    `was_absent` is for a person who stayed in their rooms without a connection.
    """
    node, user = call.node, call.user
    rules, server = node.rules, node.replies.server
    made = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(rules.created_at_ms / 1000))
    letters = sorted(mode.letter for mode in modes.MODES)
    takes = sorted(mode.letter for mode in modes.MODES if mode.kind is not modes.Kind.FLAG)
    mode_words = (user_modes.LETTERS, "".join(letters), "".join(takes))
    call.reply(num.RPL_WELCOME, f"Welcome to {rules.network}, {user.source}")
    call.reply(num.RPL_YOURHOST, f"Your host is {server}, running {rules.version}")
    call.reply(num.RPL_CREATED, f"This server was started {made}")
    call.reply(num.RPL_MYINFO, server, rules.version, *mode_words)
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
    """Send what the person has not received, before anything newer; the session waits for it."""
    node, session, user = call.node, call.session, call.user
    is_owed = node.receipts.may_be_owed(user.key)
    wants_resends = bool(session.caps & RESEND) and user.resends is None
    if user.is_stand_in:
        user.resends = {}
    if user.is_stand_in or (not is_owed and not wants_resends):
        _release(call, 0)
        return
    call.finish()
    watermark = node.receipts.watermark(user.key)
    held, session.held = session.held or [], []
    for message_id, line in held:
        if message_id <= watermark:  # Proven by another session of the person: not in the mailbox.
            call.send_once_stored(line)
    _read_page(call, watermark, node.ids.last_id)


def _read_page(call: Call, above_id: int, upto_id: int) -> None:
    name, max_messages = call.user.key, call.node.rules.mailbox_page
    call.wait_for(
        call.node.readers,
        lambda: call.node.store.welcome(name, above_id, upto_id, max_messages),
        lambda page: _deliver_page(call, page, above_id, upto_id),
        lambda _: _unreadable(call),
    )


def _deliver_page(call: Call, page: Welcome, above_id: int, upto_id: int) -> None:
    node, session, user = call.node, call.session, call.user
    resends = user.resends or {}
    user.resends = {
        device: max(counter, resends.get(device, 0)) for device, counter in page.resends.items()
    } | {device: counter for device, counter in resends.items() if device not in page.resends}
    if page.messages:
        send_batch(call, f"rookery.chat/mailbox {len(page.messages)}", page.messages)
        newest_id = page.messages[-1].id
        node.receipts.delivered(session, newest_id, node.now_ms)
        if len(page.messages) == node.rules.mailbox_page:
            _read_page(call, newest_id, upto_id)
            return
    else:
        node.receipts.has_none_above(user.key, above_id)
    _release(call, upto_id)


def _release(call: Call, upto_id: int) -> None:
    """Send what came in while the mailbox was read; what the mailbox held is not sent again."""
    session = call.session
    held, session.held = session.held or [], None
    for message_id, line in held:
        if message_id > upto_id:
            call.send_once_stored(line)
            call.node.receipts.delivered(session, message_id, call.node.now_ms)


def _unreadable(call: Call) -> None:
    call.fail("STORE_UNAVAILABLE", "Your waiting messages cannot be read now: sign in again later")
    call.user.resends = call.user.resends or {}
    _release(call, 0)
