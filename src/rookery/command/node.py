"""What a command may use: one node's parts, put together by `server.py`."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_bytes
from typing import TYPE_CHECKING, Protocol, TypeVar

from rookery.command.account_rules import AccountRules, Delivery
from rookery.command.alike import Alike
from rookery.command.gate import Gate
from rookery.deliver.strangers import Strangers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rookery.bus.base import Bus
    from rookery.command.subscriptions import Subscriptions
    from rookery.command.uploads import Uploads
    from rookery.core.clock import IdClock
    from rookery.core.operators import Operator
    from rookery.core.world import World
    from rookery.deliver.epoch import Epoch
    from rookery.deliver.fanout import Fanout
    from rookery.deliver.receipts import Receipts
    from rookery.deliver.reply import Replies
    from rookery.deliver.session import Session
    from rookery.deliver.talk import Talk
    from rookery.store.base import Store

T = TypeVar("T")


class Pool(Protocol):
    """Threads for what may not run on the event loop: reads, and password hashing."""

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run `work` on a thread and call `done` or `failed` on the loop's thread."""


class Passwords(Protocol):
    """Hashes and checks passwords; slow on purpose, so called on a pool only."""

    def hash(self, password: str) -> tuple[str, str]:
        """Return the argon2id hash and the SCRAM-SHA-256 verifier."""

    def is_right(self, password_hash: str, password: str) -> bool:
        """Return whether `password` is the one that was hashed."""

    def waste(self, password: str) -> None:
        """Spend the time of a check, so that nobody learns which accounts exist."""


class Rehash(Protocol):
    """Lets the server read its settings again."""

    @property
    def file(self) -> str:
        """Name of the config file, as operators read it."""

    def read(self) -> Callable[[], None]:
        """Read all anew, on a pool; return what then takes it over, on the loop's thread.

        Raises `RookeryError` for a mistake in it, and changes nothing.
        """


class Courier(Protocol):
    """Brings people their codes; takes its time, so called on a pool only."""

    def deliver(self, email: str, account: str, code: str) -> Delivery:
        """Hand the code over for this address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The settings that commands obey; see the reference of settings for their meaning."""

    network: str
    version: str
    created_at_ms: int
    motd: tuple[str, ...]
    server_password: str
    unclaimed: str
    is_registered_only: bool
    is_registration_open: bool
    nick_max_chars: int
    room_max_chars: int
    topic_max_bytes: int
    key_max_chars: int
    rooms_per_user: int
    list_entries: int = 100
    targets_per_command: int
    history_page: int
    mailbox_page: int
    mailbox_messages: int = 10_000
    """Messages that may wait for one name."""
    members_per_room: int = 20_000
    line_bytes: int = 512
    """Longest line of a client, without tags, with its end."""
    monitor_max: int = 100
    """Nicks that a session may watch."""
    accept_max: int = 100
    """People on an accept list."""
    who_max: int = 100_000
    """People that WHO with a mask may list."""
    has_account_hosts: bool = False
    """Who is signed in to an account is shown with a host made of its name."""
    multiline_max_bytes: int = 16_384
    multiline_max_lines: int = 100
    multiline_timeout_ms: int = 60_000
    accounts: AccountRules = field(default_factory=AccountRules)
    unclaimed_per_sender: int = 100
    keeps_events: bool = True
    """Who came and went is a part of a room's history."""
    history_max_age_days: int = 0
    """At which what was said is forgotten; 0 for never."""
    history_max_messages: int = 0
    """Newest that are kept of each conversation; 0 for all."""
    redaction_window_s: int = 0
    """How long an author may delete a message; 0 for good."""
    metadata_max_keys: int = 50
    metadata_max_subscriptions: int = 50
    metadata_max_value_bytes: int = 300
    relay_separators: str = "/"
    """Of which one stands in every name that is spoken for; empty where nobody may."""
    description: str = ""
    """What the server says it is; empty for the network's name."""
    icon: str = ""
    """URL of a picture; empty for none."""
    admin_location: str = ""
    admin_organisation: str = ""
    admin_email: str = ""
    operators: Mapping[str, Operator] = field(default_factory=dict)
    """Name, as OPER gives it, to what it proves and may."""
    has_push: bool = False
    """Devices can be told of messages while nobody looks (WEBPUSH)."""
    sts_port: int = 0
    """Where clients find TLS; 0 where no policy is offered (IRCv3 sts)."""
    sts_duration_s: int = 0
    sts_may_preload: bool = False
    is_unicode: bool = False
    """Nicks may have letters of other scripts (`names.casemapping = "precis"`)."""


@dataclass(slots=True, kw_only=True)
class Node:
    """One server's parts. `rules` is replaced whole when the settings are read again."""

    rules: Rules
    world: World
    ids: IdClock
    bus: Bus
    fanout: Fanout
    epoch: Epoch
    receipts: Receipts
    talk: Talk
    replies: Replies
    store: Store
    readers: Pool
    hashers: Pool
    passwords: Passwords
    now_ms: Callable[[], int]
    alike: Alike = field(default_factory=Alike)
    gate: Gate = field(default_factory=Gate)
    strangers: Strangers = field(default_factory=Strangers)
    courier: Courier | None = None
    errands: Pool | None = None
    """The courier's thread; None without a courier."""
    subscriptions: Subscriptions | None = None
    """None where nothing is pushed."""
    uploads: Uploads | None = None
    """None where nothing can be uploaded."""
    rehash: Rehash | None = None
    """None where nothing can be read again."""
    uses: dict[str, int] = field(default_factory=dict)
    """Command to how often it was given in this run."""
    account_writes: dict[str, int] = field(default_factory=dict)
    """Key of an account to how often its row was written in this run."""
    sessions: dict[int, Session] = field(default_factory=dict)
    unsigned_count: int = 0
    """Sessions that have not signed in."""
    is_stopping: bool = False
    next_batch: int = 0
    secret: bytes = field(default_factory=lambda: token_bytes(32))
    """The same over restarts, where it is the store's."""

    def batch_ref(self) -> str:
        """Return a name for a batch that no other batch of this run has."""
        self.next_batch += 1
        return f"b{self.next_batch:x}"
