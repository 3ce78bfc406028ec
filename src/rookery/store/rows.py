"""What a store keeps, as plain values; `base` is where others import them from.

Keys are casefolded names (`core.names`); ids are `core.clock` ids; texts called settings are JSON
that the commands own and no store reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from rookery.core.events import Said


class AccountRow(NamedTuple):
    """An account and what proves its owner; the proofs are opaque strings."""

    key: str
    name: str
    created_at_ms: int
    password_hash: str
    """argon2id in its encoded form."""
    scram: str
    """SCRAM-SHA-256 `iterations:salt:stored_key:server_key`, base64 parts."""
    email: str = ""
    is_verified: bool = True
    settings: str = ""
    """JSON of the commands (always-on, and what waits to be verified); empty for none."""


class RoomRow(NamedTuple):
    """A room that has something to remember."""

    key: str
    name: str
    created_at_ms: int
    founder: str
    """Key of the founding account; empty for none."""
    topic: str
    topic_by: str
    topic_at_ms: int
    modes: str
    """Letters of the flags that are set, sorted."""
    password: str
    """Mode `k`; empty for none."""
    limit: int
    """Mode `l`; 0 for none."""
    settings: str = ""
    """JSON of the commands (forwarding, history policy); empty for none."""


class ListEntryRow(NamedTuple):
    """A mask in one of a room's lists."""

    mode: str
    """The list's letter: b, e, I, …"""
    mask: str
    by: str
    """Who set it, as shown."""
    at_ms: int


class MailboxRow(NamedTuple):
    """How far a name is known to have received its private messages."""

    key: str
    watermark: int
    """Highest id that is proven received; 0 for none."""
    seen_at_ms: int
    """When the name last signed in; 0 for never."""


class RoomMove(NamedTuple):
    """A room took another name; `Batch.move_room` makes it."""

    old_key: str
    key: str


class RoomRemoval(NamedTuple):
    """A room is kept no longer; `Batch.remove_room` makes it."""

    key: str
    is_forgotten: bool
    """What was said there goes too."""


class AccountRemoval(NamedTuple):
    """An account is kept no longer; `Batch.remove_account` makes it."""

    key: str
    at_id: int
    """Whoever takes the name later reads no private message up to this id."""


class Redaction(NamedTuple):
    """A message to be erased for good. That it was is an event of its own, if at all."""

    conversation: str
    id: int


class Forget(NamedTuple):
    """An order to delete old messages; it is carried out behind, while the writer is idle.

    It is not remembered over a restart: give it again from time to time.
    """

    conversation: str
    """Empty for every conversation."""
    before_id: int
    """What is below goes; 0 for none. `clock.first_id_at` makes it of an age."""
    keep_newest: int
    """How many messages of each conversation stay; 0 for all."""


class UploadRow(NamedTuple):
    """A file that somebody has uploaded; its bytes are on the shelf (`store.shelf`)."""

    id: str
    """Unguessable: whoever knows it may read the file."""
    account: str
    """Key of the account whose file it is; empty once that is gone."""
    name: str
    media_type: str
    """What its bytes are, for HTTP."""
    bytes: int
    at_ms: int


class SubscriptionRow(NamedTuple):
    """A device that wants to be told of messages while it is away."""

    endpoint: str
    """URL of its push service; whoever knows it can reach the device."""
    account: str
    public_key: str
    """The device's P-256 key, as it gave it (base64url)."""
    secret: str
    """The shared one of 16 bytes, as it gave it (base64url)."""
    caps: str
    """Names of the capabilities that it had agreed on, with blanks between."""
    at_ms: int


class Search(NamedTuple):
    """What is looked for, and where the asker may look."""

    words: str
    """As typed. All of the words must occur, in whatever order; none for all that was said."""
    places: Mapping[str, int]
    """Conversations that the asker may read, each with the id above which."""
    name: str
    """The asker's key, when private conversations are looked through; else empty."""
    name_floor_id: int
    """The id above which the asker may read private conversations."""
    sender: str
    """Key of who must have said it; empty for whoever."""
    after_id: int
    before_id: int
    max_messages: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a server holds in memory from its start on; accounts come without their proofs."""

    last_id: int
    accounts: dict[str, str]
    """Key to name as registered."""
    unverified: set[str]
    """Keys of the accounts that wait for VERIFY."""
    account_settings: dict[str, str]
    """Key to `AccountRow.settings`, where there are any."""
    certificates: dict[str, str]
    """Fingerprint to account key."""
    given_up: dict[str, int]
    """Names of removed accounts to `AccountRemoval.at_id`."""
    rooms: list[RoomRow]
    room_lists: dict[str, list[ListEntryRow]]
    """Room to its masks, in the order in which they were set."""
    room_ranks: dict[str, dict[str, int]]
    """Room to the ranks that accounts hold when they enter."""
    metadata: dict[str, dict[str, str]]
    """Key of a room or an account to key and value."""
    mailboxes: list[MailboxRow]
    waiting: dict[str, list[int]]
    """Name to the ids of the private messages above its watermark, in order."""
    cloak_secret: bytes
    """32 random bytes, made with the data: hides addresses in host names."""
    uploads: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Account to how many files it has uploaded, and their bytes."""
    subscriptions: list[SubscriptionRow] = field(default_factory=list)


class Welcome(NamedTuple):
    """What a name is owed when it signs in."""

    messages: list[Said]
    resends: dict[str, int]
