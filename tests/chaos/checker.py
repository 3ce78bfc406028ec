"""What must be true of every run, whatever went wrong in it: pure, from a book and the histories.

`complaints` returns one sentence for each thing that must not be; none means that all promises
were kept. `history` is conversation to its messages, oldest first, as read after the last fault.
"""

from collections import Counter
from itertools import pairwise

from tests.chaos.book import conversation, is_private


def complaints(book, history):
    """Return what is wrong, as sentences."""
    found = [
        *_losses(book, history),
        *_duplicates(history),
        *_phantoms(book, history),
        *_room_orders(book, history),
        *_sender_orders(book, history),
        *_undelivered(book, history),
        *_private_orders(book, history),
    ]
    return list(dict.fromkeys(found))


def _places(history):
    """Return msgid to its message and its place in its conversation."""
    return {
        kept.msgid: (kept, place)
        for messages in history.values()
        for place, kept in enumerate(messages)
    }


def _losses(book, history):
    """What was echoed, or called stored before, is in the history."""
    kept = {(one.sender, one.target, one.text) for rows in history.values() for one in rows}
    for one in book.echoes:
        if (one.sender, one.target, one.text) not in kept:
            yield f"lost: {one.text} to {one.target} was echoed and is not in the history"
    for one in book.stored_before:
        if one not in kept:
            yield f"lost: {one.text} to {one.target} was called stored and is not in the history"


def _duplicates(history):
    """No text is in the history twice, and no msgid."""
    messages = [one for rows in history.values() for one in rows]
    for what, count in Counter((one.sender, one.target, one.text) for one in messages).items():
        if count > 1:
            yield f"doubled: {what[2]} to {what[1]} is in the history {count} times"
    for msgid, count in Counter(one.msgid for one in messages).items():
        if count > 1:
            yield f"doubled: msgid {msgid} is in the history {count} times"


def _phantoms(book, history):
    """Nothing is in the history that nobody sent, or that was refused; nobody saw anything else."""
    kept = {(one.sender, one.target, one.text) for rows in history.values() for one in rows}
    for code, one in book.refused:
        if one in kept:
            yield f"phantom: {one.text} was refused ({code}) and is in the history"
    sent = set(book.sent)
    for messages in history.values():
        for one in messages:
            if (one.sender, one.target, one.text) not in sent:
                yield f"phantom: {one.text} is in the history and was never sent"
    places = _places(history)
    for one in (*book.echoes, *book.seen):
        kept = places.get(one.msgid)
        if kept is None or kept[0] != (one.sender, one.target, one.text, one.msgid):
            yield f"phantom: {one.text} ({one.msgid}) was shown and is not in the history so"


def _live_by_connection(book, is_wanted):
    """Return (connection, reader, conversation) to what came live, in the order it came."""
    lists = {}
    for one in book.seen:
        if not one.is_replayed and is_wanted(one):
            lists.setdefault((one.connection, one.reader, conversation(one)), []).append(one)
    return lists


def _room_orders(book, history):
    """What a member sees live of a room is a piece of the history: its order, without a gap."""
    places = _places(history)
    live = _live_by_connection(book, lambda one: not is_private(one))
    for (connection, reader, room), messages in live.items():
        known = [places[one.msgid][1] for one in messages if one.msgid in places]
        for before, after in pairwise(known):
            if after != before + 1:
                what = "a gap" if after > before else "another order"
                yield f"order: {reader} ({connection}) saw {what} in {room} behind place {before}"


def _sender_orders(book, history):
    """In each conversation, a person's messages stand in the order in which they were sent."""
    number = {one: place for place, one in enumerate(book.sent)}
    for name, messages in history.items():
        last = {}
        for one in messages:
            place = number.get((one.sender, one.target, one.text), -1)
            if 0 <= place < last.get(one.sender, -1):
                yield f"order: {one.text} of {one.sender} stands behind a later one in {name}"
            last[one.sender] = max(place, last.get(one.sender, -1))


def _received(book):
    """Return who received which private messages, each once, in the order of the first times."""
    received = {}
    for one in book.seen:
        if is_private(one) and one.target == one.reader:
            received.setdefault(one.reader, {}).setdefault(one.msgid, one)
    return received


def _undelivered(book, history):
    """A private message reaches its addressee, and who drops known msgids is shown it once."""
    received = _received(book)
    for messages in history.values():
        for one in messages:
            if is_private(one) and one.msgid not in received.get(one.target, {}):
                yield f"undelivered: {one.text} never reached {one.target}"
    for reader in book.dedupers:
        shown = Counter((one.sender, one.text) for one in received.get(reader, {}).values())
        for (sender, text), count in shown.items():
            if count > 1:
                yield f"doubled: {reader} was shown {text} of {sender} {count} times"


def _private_orders(book, history):
    """What somebody writes is received in that order, for the first time and in each connection."""
    places = _places(history)
    firsts = {
        (0, reader, conversation(one), one.sender): [] for reader, one in _first_private(book)
    }
    for reader, one in _first_private(book):
        firsts[0, reader, conversation(one), one.sender].append(one)
    for one in book.seen:
        if is_private(one) and one.target == one.reader:
            key = (one.connection, one.reader, conversation(one), one.sender)
            firsts.setdefault(key, []).append(one)
    for (connection, reader, _, sender), messages in firsts.items():
        known = [(places[one.msgid][1], one) for one in messages if one.msgid in places]
        for before, after in pairwise(known):
            if after[0] <= before[0]:
                what = f"{_briefly(after[1])} behind {_briefly(before[1])}"
                yield f"order: {reader} ({connection}) received {what} of {sender}"


def _briefly(one):
    text = one.text.partition(" ")[0]
    return f"{text} ({'replayed' if one.is_replayed else 'live'} in {one.connection})"


def _first_private(book):
    return [
        (reader, one) for reader, messages in _received(book).items() for one in messages.values()
    ]
