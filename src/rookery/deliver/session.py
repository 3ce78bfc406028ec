"""One connection as delivery sees it: who it belongs to, what it understands, what waits for it.

Nobody writes to a connection but the epoch's flush; all others append to `out` through
`fanout.Fanout`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rookery.core.room import Room
    from rookery.core.user import User


class Reached(NamedTuple):
    """Our end of a connection as the client knows it; empty and 0 where that is unknown."""

    host: str = ""
    port: int = 0
    page: str = ""
    """Origin of our own web page, where the client is that."""


class Port(Protocol):
    """The way out of a session: a transport, seen from inside."""

    def write(self, data: bytes) -> None:
        """Send `data`; called by the flush only."""

    def unsent_bytes(self) -> int:
        """Return how much was written and has not left yet."""

    def reached(self) -> Reached:
        """Return where the client has found us."""

    def close(self, reason: str, *, has_read_all: bool = False, error: str = "") -> None:
        """Say ERROR with `error` or else `reason`, send what waits, and close.

        The others read `reason`.
        `has_read_all` is for a client that said goodbye: it has seen what it was sent.
        """

    def resume(self, step: Callable[[], bool]) -> None:
        """Run the rest of a command that has waited; go on with the next lines where it is True.

        A fault in it ends this session alone.
        """

    def when_drained(self, step: Callable[[], None]) -> None:
        """Call `step` when most of what was written has left: at once where little waits.

        Not at all where the connection ends before.
        """

    def abort(self, reason: str) -> None:
        """Close at once; what waits is dropped."""


class Framing(Protocol):
    """Makes what is written of the chunks that wait for a session."""

    def joined(self, chunks: Sequence[bytes]) -> bytes:
        """Return all of them as they are sent; each is one or more whole lines."""


class Unconditional(bytes):
    """Lines that may be shown even when the epoch they belong to could not be stored.

    All other bytes in an outbox are taken back then: what nobody has marked is not shown.
    """

    __slots__ = ()


class Session:
    """One connection. `user` is None until it has signed in; `port` is None once it is gone."""

    __slots__ = (
        "address",
        "asked",
        "asked_at_ms",
        "caps",
        "capture",
        "client_batch",
        "failed_logins",
        "fingerprint",
        "early_metadata",
        "followed",
        "frames",
        "held",
        "host",
        "id",
        "is_absent",
        "is_encrypted",
        "lacks_mail",
        "out",
        "owed_id",
        "port",
        "read_id",
        "route",
        "sasl",
        "signing",
        "spoke_in",
        "user",
    )

    frames: Framing | None
    """How its lines are sent; None for as they are."""
    sasl: object
    """A SASL exchange under way (`command/sasl.py`)."""
    client_batch: object
    """A batch that the client has opened (`command/multiline.py`)."""
    route: object
    """The way that its last plain message went (`command/route.py`)."""
    signing: object
    """What is known of a connection that has not signed in yet (`command/signing.py`)."""

    def __init__(self, session_id: int, host: str, port: Port) -> None:
        self.id = session_id
        self.host = host
        self.address = ""
        """The IP address that `host` hides; empty where unknown."""
        self.is_encrypted = False
        """Whether the connection is TLS all the way to the client."""
        self.is_absent = False
        """Nobody looks at it: it counts for nothing in who is away (IRCv3 pre-away)."""
        self.fingerprint = ""
        """SHA-256 of the client's TLS certificate, in hexadecimal; empty without one."""
        self.port: Port | None = port
        self.user: User | None = None
        self.caps = self.failed_logins = 0
        self.out: list[bytes] = []
        self.capture: list[bytes] | None = None
        """While a labelled command runs: its replies."""
        self.early_metadata: dict[str, str] | None = None
        """What METADATA set before there was a person."""
        self.followed: dict[str, None] | None = None
        """Keys of metadata that the session wants to be told of; None for none ever."""
        self.frames = None
        self.lacks_mail = False
        """Messages wait for its name that it has not been sent: it can prove nothing of later ones.
        """
        self.held: list[tuple[int, bytes]] | None = None
        """While the mailbox is being read: newer private messages, which come behind it."""
        self.spoke_in: Room | None = None
        """The room in whose open log this session last spoke."""
        self.owed_id = 0
        """Highest private message sent and not yet asked about; see `receipts`."""
        self.asked: tuple[str, int, int] | None = None
        """The receipt that is out: the name, what all of it proves, its highest private message."""
        self.asked_at_ms = self.read_id = 0
        """Everything up to this id that was for the session is proven received."""
        self.sasl = self.client_batch = self.route = self.signing = None

    @property
    def nick(self) -> str:
        """The nick that replies address; `*` before there is one."""
        return self.user.nick if self.user else "*"
