"""What a member missed in a room while away, when they enter it again.

An account's seat remembers how far it had read when its last session went. A client that fetches
history by itself (`draft/chathistory`) is left to do so.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rookery.core.access import history_floor
from rookery.core.clock import time_of
from rookery.deliver.history import Reader, replayed
from rookery.wire.capabilities import BATCH, CHATHISTORY, EVENT_PLAYBACK, SERVER_TIME

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call
    from rookery.command.node import Node
    from rookery.core.events import Said
    from rookery.core.room import Room
    from rookery.core.user import User


def keep_seats(node: Node, user: User, read_id: int) -> None:
    """Remember in each room what a person who is going is known to have read."""
    for room in user.rooms:
        keep_seat(node, user, room, read_id)


def keep_seat(node: Node, user: User, room: Room, read_id: int) -> None:
    """Remember what a person who is leaving the room has read there; call before they leave."""
    if user.account_key:
        seats, place = node.epoch.batch.seats, (user.account_key, room.key)
        # Not 0, which would mean never: on its first day a server has no ids yet.
        seats[place] = max(1, read_id, seats.get(place, 0))
        node.epoch.rows += 1


def replay_missed(call: Call, rooms: list[Room], then: Callable[[], None] = lambda: None) -> None:
    """Send what was said in each of the rooms since the account was last in it; `then` go on."""
    node, account = call.node, call.user.account_key
    if not rooms or not account or call.session.caps & CHATHISTORY:
        then()
        return
    before_id, max_messages = node.ids.next_id(call.now_ms), node.rules.history_page
    store, talk_only = node.store, not call.session.caps & EVENT_PLAYBACK
    places = [(room.name, room.key, history_floor(room, call.user)) for room in rooms]

    def read() -> list[tuple[str, list[Said]]]:
        missed = []
        for name, key, floor_id in places:
            seat = store.seat(account, key)
            if seat:
                after_id = max(seat, floor_id)
                rows = store.history(
                    key, after_id, before_id, max_messages, newest=True, talk_only=talk_only
                )
                missed.append((name, rows))
        return missed

    def tell(missed: list[tuple[str, list[Said]]]) -> None:
        for name, rows in missed:
            if rows:
                send_batch(call, f"chathistory {name}", rows)
        then()

    call.finish()
    call.wait_for(node.readers, read, tell, lambda _: then())


def send_batch(call: Call, batch: str, rows: list[Said]) -> None:
    """Send stored messages as a batch (its type and parameters), or bare without IRCv3 batch."""
    session, server = call.session, call.node.replies.server
    ref = call.node.batch_ref() if session.caps & BATCH else ""
    if ref:
        call.send(f":{server} BATCH +{ref} {batch}\r\n".encode())
    reader = Reader(call.user.key, session.caps, call.node.batch_ref)
    for row in rows:
        when = "" if session.caps & SERVER_TIME else readable_time(row.id)
        data = replayed(row, reader, ref, when)
        if data:
            call.send(data)
    if ref:
        call.send(f":{server} BATCH -{ref}\r\n".encode())


def readable_time(message_id: int) -> str:
    """Return `[Tue 18:02] `, in UTC: the time for a client that cannot be told in a tag."""
    return time.strftime("[%a %H:%M] ", time.gmtime(time_of(message_id) / 1000))
