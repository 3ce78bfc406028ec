"""The histories of a run, after it: rooms as a member reads them, the rest from the disk."""

import contextlib
import itertools
import re

from tests.chaos.book import Kept, conversation, is_private
from tests.chaos.checker import complaints
from tests.e2e.irc import Irc
from tests.e2e.waits import SEEN_S

from rookery.core.names import conversation_key
from rookery.deliver.render import msgid
from rookery.store.sqlite import SqliteStore

PAGE = 10_000
CONFIG = f"""
[accounts]
hash_memory_kib = 64
[limits]
history_page = {PAGE}
mailbox_page = 50
"""
MESSAGE = re.compile(r"@(\S+) :([^!]+)\S* PRIVMSG (\S+) :(.*)")
EVERYTHING = 1 << 62


def check(server, crowd):
    """Settle, end the server with kill -9, read what is kept, and fail on any complaint."""
    crowd.settle()
    server.kill()
    server.start_again()
    history = {room: in_room(server.port, room) for room in crowd.rooms}
    assert server.stop() == 0
    names = [talker.name for talker in crowd.talkers]
    history |= in_private(server.data, names)
    strange = [line for talker in crowd.talkers for line in talker.strangest]
    assert strange == []
    found = complaints(crowd.book, history)
    assert not found, "\n".join([f"{len(found)} complaints:", *found[:30]])
    return history


def in_room(port, room):
    """Return the whole history of a room, page after page."""
    with contextlib.closing(Irc(port)) as irc:
        irc.sign_in("auditor", "batch server-time message-tags draft/chathistory").join(room)
        kept, after = [], "timestamp=2024-01-01T00:00:00.000Z"
        while True:
            first = len(irc.lines)
            irc.send(f"CHATHISTORY AFTER {room} {after} {PAGE}")
            irc.expect(r"BATCH \+")
            irc.expect("BATCH -", SEEN_S)
            page = [_kept(line) for line in irc.lines[first:] if "PRIVMSG" in line]
            if not page:
                return kept
            kept += page
            after = f"msgid={page[-1].msgid}"


def _kept(line):
    tags, sender, target, text = MESSAGE.fullmatch(line).groups()
    tags = dict(tag.partition("=")[::2] for tag in tags.split(";"))
    return Kept(sender, target, text, tags["msgid"])


def in_private(data, names):
    """Return all private conversations between these, from the database of a stopped server."""
    store = SqliteStore.open(data)
    try:
        store.load()
        history = {}
        for pair in itertools.combinations(names, 2):
            rows = store.history(conversation_key(*pair), 0, EVERYTHING, EVERYTHING, newest=False)
            for row in rows:
                kept = Kept(row.sender, row.target, row.text, msgid(row.id))
                assert is_private(kept)
                history.setdefault(conversation(kept), []).append(kept)
        return history
    finally:
        store.close()
