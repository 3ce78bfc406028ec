"""A whole server without sockets, disk, threads or clock: tests speak lines to it and read lines.

Nothing happens by itself: `say` carries lines out, `turn` ends the epoch, commits and reads until
nothing is left to do. What is held (`disk`, `readers`, `hashers`) stays where it is.
"""

import base64
from itertools import count

from tests.unit.command.workers import Disk, FakePasswords, Pool

from rookery.bus.local import LocalBus
from rookery.command.dispatch import handle
from rookery.command.leave import leave
from rookery.command.node import Node, Rules
from rookery.command.presence import keep_presence
from rookery.command.signing import Signing
from rookery.core.clock import IdClock
from rookery.core.world import World
from rookery.deliver.account_records import restore_accounts
from rookery.deliver.epoch import Clocks, Epoch
from rookery.deliver.fanout import Fanout
from rookery.deliver.publish import Publisher
from rookery.deliver.receipts import Receipts
from rookery.deliver.records import restored_metadata, restored_rooms
from rookery.deliver.reply import Replies
from rookery.deliver.session import Reached, Session
from rookery.deliver.talk import Talk
from rookery.store.base import AccountRow, Batch
from rookery.store.memory import MemoryStore
from rookery.wire.casefold import fold
from rookery.wire.message import parse

START_MS = 1_767_607_200_000
"""2026-01-05T10:00:00.000Z, a Monday."""
RULES = {
    "network": "Rook",
    "version": "rookery-test",
    "created_at_ms": START_MS,
    "motd": (),
    "server_password": "",
    "unclaimed": "keep",
    "is_registered_only": False,
    "is_registration_open": True,
    "nick_max_chars": 20,
    "room_max_chars": 32,
    "topic_max_bytes": 80,
    "key_max_chars": 16,
    "rooms_per_user": 5,
    "targets_per_command": 3,
    "history_page": 5,
    "mailbox_page": 4,
}


class Client:
    """One connection: the test's end of it, and the port that the server writes to."""

    def __init__(self, house, number):
        self._house = house
        self._bytes = b""
        self._unread = []
        self._backlog = []
        self._is_waiting = False
        self.session = Session(number, "host", self)
        self.session.signing = Signing()
        self.pings = []
        self.closed_with = None
        self.unsent = 0
        self.end = Reached()
        self.is_slow = False
        """Nothing has left while it is so: see `drains`."""
        self._when_drained = []

    # What a test does.

    def say(self, *lines):
        """Let the server carry out `lines`; nothing leaves it before the next `turn`."""
        self._backlog += lines
        self._carry_out()
        self._house.node.epoch.touch()

    def does(self, *lines):
        """Say `lines`, end the epoch, and return what is heard."""
        self.say(*lines)
        self._house.turn()
        return self.heard()

    def heard(self):
        """Return the lines that came since the last time, without PINGs, which go to `pings`."""
        lines = self._unread + self._bytes.decode().split("\r\n")[:-1]
        self._unread, self._bytes = [], b""
        self.pings += [line for line in lines if line.startswith("PING ")]
        return [line for line in lines if not line.startswith("PING ")]

    def hears(self):
        """Return what is heard, without tags."""
        return untagged(self.heard())

    def skips_the_welcome(self):
        """Leave unread what came behind the welcome and one's own metadata."""
        lines = self.heard()
        ends = [at for at, command in enumerate(numerics(lines)) if command in {"376", "422"}]
        assert ends, "the test's person has signed in"
        unread = lines[ends[0] + 1 :]
        if unread and " metadata " in unread[0]:
            unread = unread[[" BATCH -" in line for line in unread].index(True) + 1 :]
        self._unread = unread

    def pong(self):
        """Prove that all was received, as every client does."""
        self.heard()
        self.say(self.pings.pop().replace("PING", "PONG rookery"))
        self._house.turn()

    def drains(self):
        """Take what a slow line has held up."""
        steps, self._when_drained = self._when_drained, []
        for step in steps:
            step()
        self._house.turn()

    def is_lost(self):
        """Lose the connection."""
        self.session.port = None
        leave(self._house.node, self.session, "Connection lost", has_read_all=False)
        self._house.turn()

    # What the server does: `deliver.session.Port`.

    def write(self, data):
        assert self.closed_with is None, "nothing is written to a closed connection"
        self._bytes += data

    def unsent_bytes(self):
        return self.unsent

    def reached(self):
        return self.end

    def when_drained(self, step):
        if self.is_slow:
            self._when_drained.append(step)
        else:
            step()

    def close(self, reason, *, has_read_all=False, error=""):
        node = self._house.node
        if self.session.id in node.sessions:
            node.fanout.send(self.session, f"ERROR :{error or reason}\r\n".encode())
            leave(node, self.session, reason, has_read_all=has_read_all)
            node.epoch.after_commit(lambda: self._is_closed(reason))

    def abort(self, reason):
        self._is_closed(reason)
        leave(self._house.node, self.session, reason, has_read_all=False)

    def resume(self, step):
        may_go_on = step()
        self._house.node.epoch.touch()
        if may_go_on:
            self._is_waiting = False
            self._carry_out()

    def _is_closed(self, reason):
        self.closed_with = reason
        self.session.port = None

    def _carry_out(self):
        node = self._house.node
        while self._backlog and not self._is_waiting and self.session.id in node.sessions:
            message = parse(self._backlog.pop(0))
            self._is_waiting = not handle(node, self.session, message, node.now_ms())


class House:
    """A node of fakes; `rules` are those that differ from `RULES`."""

    def __init__(self, store=None, **rules):
        self.now_ms = START_MS
        self.store = store or MemoryStore()
        self.disk = Disk(self.store)
        self.readers = Pool()
        self.hashers = Pool()
        self._soon = []
        self._numbers = count(1)
        kept = self.store.load()
        world, ids = World(), IdClock(kept.last_id)
        restore_accounts(world, kept)
        world.rooms = restored_rooms(kept)
        world.metadata = restored_metadata(kept, world.rooms)
        fanout, receipts = Fanout(), Receipts(kept.mailboxes, kept.waiting)
        clocks = Clocks(self._soon.append, self._now, ids)
        epoch = Epoch(fanout, receipts, self.disk, clocks, 1 << 20)
        replies = Replies("irc.test")
        self.node = Node(
            rules=Rules(**(RULES | rules)),
            world=world,
            ids=ids,
            bus=LocalBus(Publisher(world, fanout, epoch, replies, self._now).deliver),
            fanout=fanout,
            epoch=epoch,
            receipts=receipts,
            talk=Talk(fanout, epoch, receipts, self._now),
            replies=replies,
            store=self.store,
            readers=self.readers,
            hashers=self.hashers,
            passwords=FakePasswords(),
            now_ms=self._now,
            secret=kept.cloak_secret,
        )
        self.node.gate.obey(self.node.rules.accounts)
        keep_presence(self.node)

    def _now(self):
        return self.now_ms

    def turn(self):
        """Go on until nothing is left to do but what is held."""
        while True:
            places = [self.disk, self.readers, self.hashers]
            ready = [place for place in places if place.waiting and not place.is_held]
            if self._soon:
                self._soon.pop(0)()
            elif ready:
                ready[0].settle()
            else:
                return

    def later(self, seconds=1):
        """Let time pass, as the sweep does once a second."""
        self.now_ms += seconds * 1000
        self.node.receipts.tick(self.node.epoch.touch)
        self.turn()

    def connection(self):
        """Return a client that has said nothing yet."""
        client = Client(self, next(self._numbers))
        self.node.sessions[client.session.id] = client.session
        self.node.unsigned_count += 1
        return client

    def account(self, name, password="secret"):  # noqa: S107 - a test's
        """Make an account, as a registration of long ago did."""
        proofs = FakePasswords().hash(password)
        row = AccountRow(fold(name), name, START_MS, *proofs)
        self.store.commit(Batch(accounts={row.key: row}))
        self.node.world.accounts[row.key] = name

    def person(self, nick, *caps, account=""):
        """Return a client that has signed in, to an account where one is named."""
        client = self.connection()
        client.say(f"CAP REQ :{' '.join(['sasl', *caps])}", f"NICK {nick}")
        if account:
            client.say("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain(account)}")
        client.say(f"USER {nick} 0 * :{nick.title()}", "CAP END")
        self.turn()
        client.skips_the_welcome()
        return client

    def room(self, name, *clients):
        """Let `clients` join a room, and read all of it."""
        for client in clients:
            client.say(f"JOIN {name}")
        self.turn()
        for client in clients:
            client.heard()


def plain(account, password="secret"):  # noqa: S107 - a test's
    """Return the payload of SASL PLAIN."""
    return base64.b64encode(f"\0{account}\0{password}".encode()).decode()


def untagged(lines):
    """Return `lines` without their tags."""
    return [line.partition(" ")[2] if line.startswith("@") else line for line in lines]


def numerics(lines):
    """Return the commands of `lines`: numerics and words."""
    return [parse(line).command for line in lines]
