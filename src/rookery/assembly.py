"""The parts of a server, put together from its settings."""

from __future__ import annotations

import shlex
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rookery import pushing, trusted, uploading
from rookery.bus.local import LocalBus
from rookery.command.gate import Gate
from rookery.command.node import Node, Rules
from rookery.command.presence import keep_presence
from rookery.core.clock import IdClock
from rookery.core.world import World
from rookery.courier import CommandCourier
from rookery.deliver.account_records import restore_accounts
from rookery.deliver.epoch import Clocks, Epoch
from rookery.deliver.fanout import Fanout
from rookery.deliver.publish import Publisher
from rookery.deliver.receipts import Receipts
from rookery.deliver.records import restored_metadata, restored_rooms
from rookery.deliver.reply import Replies
from rookery.deliver.talk import Talk
from rookery.errors import ConfigError
from rookery.hashing import RELIEF_THREADS, Hashers, processors
from rookery.net.hall import Hall, Limits
from rookery.net.pacing import Pace
from rookery.net.session import guarded
from rookery.passwords import Argon2Passwords
from rookery.rules import rules_of
from rookery.store.memory import MemoryStore
from rookery.store.reader import Readers
from rookery.store.sqlite import SqliteStore
from rookery.store.writer import InlineWriter, Writer
from rookery.wire import casefold

if TYPE_CHECKING:
    import asyncio

    from rookery.pusher import Pusher
    from rookery.settings import Config
    from rookery.store.base import BatchWriter, Snapshot, Store


DAY_MS: Final = 86_400_000
ERRAND_STOP_S: Final = 0.2
"""A mailer has its mail by then, and goes on without the server."""


def now_ms() -> int:
    """Return the time in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


@dataclass(slots=True)
class Assembly:
    """A node with its connections and threads."""

    node: Node
    hall: Hall
    writer: BatchWriter
    readers: Readers
    hashers: Hashers
    errands: Readers | None = None
    files: Readers | None = None
    lookups: Readers | None = None
    sealers: Readers | None = None
    pusher: Pusher | None = None

    def rules(self, config: Config) -> Rules:
        """Return what commands will obey; reads the files that are named, so not on the loop."""
        return rules_of(config, self.node.rules.created_at_ms)

    def obey(self, config: Config, rules: Rules) -> None:
        """Take the settings that may change while the server runs."""
        self.node.rules = rules
        self.node.gate.obey(self.node.rules.accounts)
        if self.node.uploads is not None:
            self.node.uploads.rules = uploading.upload_rules(config)
        if self.node.subscriptions is not None:
            self.node.subscriptions.rules = pushing.push_rules(config)
        self.node.epoch.max_outbox_bytes = config.limits.outbox_bytes
        self.node.epoch.keeps_events = config.history.events
        self.hall.limits = _limits(config)
        self.hall.pace = _pace(config)

    def is_busy(self) -> bool:
        """Return whether something is not yet stored, or not yet sent."""
        unsent = any(pump.unsent_bytes() for pump in self.hall.pumps.values())
        return self.node.epoch.is_busy() or unsent

    def close(self) -> None:
        """End the threads and release the data folder."""
        self.hashers.stop()
        if self.errands is not None:
            self.errands.stop(ERRAND_STOP_S)
        if self.files is not None:
            self.files.stop()
        for threads in (self.lookups, self.sealers):
            if threads is not None:
                threads.stop(ERRAND_STOP_S)
        self.readers.stop()
        self.node.epoch.commit_rest()
        self.writer.stop()
        self.node.store.close()


def assemble(config: Config, loop: asyncio.AbstractEventLoop) -> Assembly:
    """Open the store, read what was kept, and return the parts. Raises `RookeryError`."""
    store: Store
    if config.server.is_ephemeral:
        store = MemoryStore()
    else:
        # Who checks a password reads its account first.
        checking_threads = config.limits.hashing_threads + RELIEF_THREADS
        store = SqliteStore.open(
            config.server.data, config.limits.reader_threads + checking_threads
        )
    try:
        return _around(store, config, loop)
    except BaseException:
        store.close()
        raise


def _around(store: Store, config: Config, loop: asyncio.AbstractEventLoop) -> Assembly:
    casefold.choose(config.names.casemapping)
    rules = rules_of(config, now_ms())
    days, accounts = config.names.forget_guests_after_days, config.accounts
    kept = store.load(now_ms() - days * DAY_MS if days else 0)
    world, ids = _restored(config, kept), IdClock(kept.last_id)
    fanout, receipts = Fanout(), Receipts(kept.mailboxes, kept.waiting)
    writer = _writer(store, config, loop)
    epoch = _epoch(config, fanout, receipts, writer, Clocks(loop.call_soon, now_ms, ids))
    readers = Readers(config.limits.reader_threads, loop.call_soon_threadsafe)
    hashers = _hashers(config, loop)
    replies = Replies(config.server.name)
    publisher = Publisher(world, fanout, epoch, replies, now_ms)
    node = Node(
        rules=rules,
        world=world,
        ids=ids,
        bus=LocalBus(publisher.deliver),
        fanout=fanout,
        epoch=epoch,
        receipts=receipts,
        talk=Talk(fanout, epoch, receipts, now_ms),
        replies=replies,
        store=store,
        readers=readers,
        hashers=hashers,
        passwords=Argon2Passwords(accounts.hash_time_cost, accounts.hash_memory_kib),
        gate=Gate(rules.accounts),
        now_ms=now_ms,
        secret=kept.cloak_secret,
    )
    keep_presence(node)
    hall = Hall(node, loop, _limits(config), _pace(config), config.limits.epoch_rows)
    hall.cloak_secret = kept.cloak_secret
    parts = Assembly(node, hall, writer, readers, hashers)
    _add_errands(parts, config, loop)
    _add_uploads(parts, config, kept, loop)
    _add_pushes(parts, config, kept, loop)
    return parts


def _restored(config: Config, kept: Snapshot) -> World:
    """Return the world as it was at the end. Raises `ConfigError`."""
    world = World(config.limits.whowas_entries)
    restore_accounts(world, kept)
    world.rooms = restored_rooms(kept)
    _check_keys(config, world)
    world.metadata = restored_metadata(kept, world.rooms)
    return world


def _writer(store: Store, config: Config, loop: asyncio.AbstractEventLoop) -> BatchWriter:
    if config.server.is_ephemeral:
        return InlineWriter(store)
    return Writer(store, loop.call_soon_threadsafe)


def _epoch(
    config: Config, fanout: Fanout, receipts: Receipts, writer: BatchWriter, clocks: Clocks
) -> Epoch:
    epoch = Epoch(fanout, receipts, writer, clocks, config.limits.outbox_bytes)
    epoch.keeps_events = config.history.events
    epoch.guard = guarded
    return epoch


def _hashers(config: Config, loop: asyncio.AbstractEventLoop) -> Hashers:
    threads = min(config.limits.hashing_threads, processors())
    return Hashers(threads, loop.call_soon_threadsafe, config.limits.hashing_queue)


def _add_errands(parts: Assembly, config: Config, loop: asyncio.AbstractEventLoop) -> None:
    if config.accounts.verify_command:
        parts.node.courier = _courier(config)
        parts.errands = Readers(1, loop.call_soon_threadsafe, config.limits.hashing_queue)
        parts.node.errands = parts.errands


def _add_uploads(
    parts: Assembly, config: Config, kept: Snapshot, loop: asyncio.AbstractEventLoop
) -> None:
    if uploading.is_on(config):
        parts.files = Readers(uploading.THREADS, loop.call_soon_threadsafe)
        uploads = uploading.uploads_of(config, parts.files, kept.uploads)
        uploading.clean_up(uploads, parts.node, config)
        parts.node.uploads = uploads


def _add_pushes(
    parts: Assembly, config: Config, kept: Snapshot, loop: asyncio.AbstractEventLoop
) -> None:
    if pushing.is_on(config):
        parts.lookups = Readers(pushing.THREADS, loop.call_soon_threadsafe, pushing.MAX_LOOKUPS)
        parts.sealers = Readers(pushing.SEALING_THREADS, loop.call_soon_threadsafe)
        parts.pusher = pushing.pusher_of(config, parts.sealers)
        pushing.start(parts.node, config, parts.pusher, parts.lookups, kept.subscriptions)


def _check_keys(config: Config, world: World) -> None:
    """Raise `ConfigError` where names on disk were folded by another mapping."""
    named = ((key, room.name) for key, room in world.rooms.items())
    for key, name in (*world.accounts.items(), *named):
        if casefold.fold(name) != key:
            other = {"ascii": "precis", "precis": "ascii"}[config.names.casemapping]
            raise ConfigError(f'names.casemapping: {name} was kept with "{other}"; set that again.')


def _courier(config: Config) -> CommandCourier:
    accounts = config.accounts
    try:
        argv = shlex.split(accounts.verify_command)
    except ValueError as error:
        raise ConfigError(f"accounts.verify_command: {error}; check its quotes.") from error
    return CommandCourier(argv, config.server.network, accounts.verify_timeout_s)


def _limits(config: Config) -> Limits:
    limits = config.limits
    return Limits(
        registration_timeout_s=limits.registration_timeout_s,
        ping_interval_s=limits.ping_interval_s,
        ping_timeout_s=limits.ping_timeout_s,
        connections=limits.connections if limits.enabled else 0,
        connections_per_address=limits.connections_per_address if limits.enabled else 0,
        unregistered=limits.unregistered if limits.enabled else 0,
        unregistered_per_address=limits.unregistered_per_address if limits.enabled else 0,
        exempt=trusted.exempt(config),
        proxies=trusted.proxies(config),
    )


def _pace(config: Config) -> Pace | None:
    limits = config.limits
    if not limits.enabled:
        return None
    return Pace(limits.lines_per_s, limits.burst_lines, limits.bytes_per_s, limits.burst_bytes)
