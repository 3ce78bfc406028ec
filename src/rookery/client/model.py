"""What a client knows of its server, sans-I/O: lines in, lines and things to show out.

Call `connected` on a fresh connection, `sign_in` with a name, `receive` for every message, the
functions of `asking` for what the person wants. After each call deal with `take_shown` first,
then send `take_lines`: a PONG among the lines tells the server that what was shown before it has
arrived (`docs/ext/mailbox.md`).
Nothing here knows prompts, wording, sockets or clocks; times are seconds of one monotonic clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client import history, units
from rookery.client.batches import Batches
from rookery.client.negotiation import FULL, UNDERSTOOD
from rookery.client.outbox import Outbox
from rookery.client.registration import Identity, SignIn
from rookery.client.requests import UNSHOWN, Kind, Request, Requests
from rookery.client.returning import Returning
from rookery.client.rooms import Rooms, Seen
from rookery.client.shown import Done, Refused, SecretProved, Shown, SignedIn
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rookery.client.happened import Presence
    from rookery.client.marks import Mark
    from rookery.wire.message import Message

LOST: Final = "LOST"
"""`Refused.code` of a question whose answer went down with the connection."""
MAX_WRITERS: Final = 100
"""People remembered for completion."""


class Model:
    """One person on one server, over any number of connections.

    `next_client_id` returns a fresh value for `rookery.chat/id`, growing from call to call.
    `mark_of` returns how far a room was read before this run. `is_full`: everything is told that
    a client needs which shows conversations (`happened`), of all rooms that I am in.
    """

    def __init__(
        self,
        next_client_id: Callable[[], str],
        server_password: str = "",
        mark_of: Callable[[str], Mark | None] = lambda _: None,
        *,
        is_full: bool = False,
    ) -> None:
        self.is_full = is_full
        self._server_password = server_password
        self.nick = ""
        self.account = ""
        self.source = ""
        """`nick!user@host` as others see me; empty before it was heard."""
        self.isupport: dict[str, str] = {}
        self.rooms = Rooms()
        self.outbox = Outbox()
        self.seen = Seen()
        self.writers: dict[str, None] = {}
        """With whom private messages were exchanged, the last one last."""
        self.people: set[str] = set()
        """Who was here when that was asked last."""
        self.open_rooms: set[str] = set()
        """The same of rooms."""
        self.presence: dict[str, Presence] = {}
        """Where people are, by folded nick, as far as the server told."""
        self.requests = Requests()
        self.returning = Returning(self)
        self.now_s = 0.0
        self.next_client_id = next_client_id
        self.mark_of = mark_of
        self.is_leaving = False
        """QUIT was said."""
        self._identity: Identity | None = None
        self._sign_in: SignIn | None = None
        self._batches = Batches()
        self._lines: list[Message] = []
        self._shown: list[Shown] = []

    # What the shell asks.

    @property
    def is_online(self) -> bool:
        """Return whether we are signed in over a connection that stands."""
        sign_in = self._sign_in  # read once: a view looks at this without the session's lock
        return sign_in is not None and sign_in.is_in

    @property
    def has_name(self) -> bool:
        """Return whether a name is known that can be signed in with."""
        return self._identity is not None

    @property
    def caps(self) -> set[str]:
        """Return the capabilities of this connection."""
        return self._sign_in.caps if self._sign_in is not None else set()

    @property
    def offered(self) -> dict[str, str]:
        """Return the values of the capabilities of this connection's server."""
        return self._sign_in.offered if self._sign_in is not None else {}

    @property
    def is_waiting(self) -> bool:
        """Return whether the server owes an answer that takes it no time."""
        sign_in = self._sign_in
        is_signing_in = sign_in is not None and not sign_in.is_judged and not self.is_online
        return bool(self.requests) or (is_signing_in and self.has_name)

    def known_names(self) -> set[str]:
        """Return the names that were heard of lately: members of rooms, and who wrote to me."""
        members = {name for room in self.rooms for name in room.members.values()}
        return (members | set(self.writers) | self.people) - {self.nick}

    def known_rooms(self) -> set[str]:
        """Return the rooms that were heard of, by their wire names."""
        return {room.name for room in self.rooms} | self.open_rooms

    def take_shown(self) -> list[Shown]:
        """Return what is to be shown or saved, once; deal with it before `take_lines`."""
        shown, self._shown = self._shown, []
        return shown

    def take_lines(self) -> list[Message]:
        """Return what is to be sent, once."""
        lines, self._lines = self._lines, []
        return lines

    # What happens to the connection.

    def connected(self, now_s: float) -> None:
        """Begin on a fresh connection."""
        self.now_s = now_s
        self._batches = Batches()
        self._sign_in = SignIn(
            self._identity, self._server_password, FULL if self.is_full else UNDERSTOOD
        )
        self._sign_in.start()
        self._gather()

    def sign_in(self, identity: Identity) -> None:
        """Be `identity` from now on: the first name, or another after it was refused."""
        self._identity = identity
        if self._sign_in is not None:
            self._sign_in.give(identity)
            self._gather()

    def forget_name(self) -> None:
        """Wait for another name: the one there was is taken."""
        self._identity = None

    def disconnected(self, now_s: float) -> None:
        """The connection is gone: what was under way waits for the next one."""
        self.now_s = now_s
        was_online = self.is_online
        if self._sign_in is not None and self._sign_in.unheard_secret:
            self.proved(self._sign_in.unheard_secret)
        self._sign_in = None
        self._lines.clear()
        self.returning.lost(was_online=was_online)
        for request in self.requests.lost():
            if request.kind not in UNSHOWN:
                self.show(Refused(request.kind.value, request.subject, LOST, ""))
                self.show(Done(request.label))
        self.outbox.lost()
        for room in self.rooms:
            history.finish(self, room, is_whole=False)
            room.lost()
            if not (room.is_wanted and room.was_lost) and not room.is_leaving:
                self.rooms.forget(room)

    def receive(self, message: Message, now_s: float) -> None:
        """Take one message from the server."""
        self.now_s = now_s
        if self._sign_in is not None:
            self._sign_in.receive(message)
            self._gather()
        for unit in self._batches.feed(message):
            units.take(self, unit)

    # What the modules beside this one use.

    def show(self, thing: Shown) -> None:
        """Put `thing` into the order of what is shown."""
        held = self.returning.held
        (self._shown if held is None else held).append(thing)

    def show_held(self, things: list[Shown]) -> None:
        """Show what was held back."""
        self._shown += things

    def wrote(self, name: str) -> None:
        """Remember somebody with whom private messages are exchanged."""
        self.writers.pop(name, None)
        self.writers[name] = None
        if len(self.writers) > MAX_WRITERS:
            del self.writers[next(iter(self.writers))]

    def send(self, message: Message) -> None:
        """Put a line behind those to be sent."""
        self._lines.append(message)

    def ask(
        self, kind: Kind, subject: str, message: Message, tags: Mapping[str, str] | None = None
    ) -> Request:
        """Send a question and return it; `Done` tells when it is answered."""
        request, lines = self.requests.ask((kind, subject), message, tags)
        self._lines += lines
        return request

    def proved(self, secret: str) -> None:
        """Sign in with `secret` from the next connection on."""
        if self._identity is not None:
            self._identity = Identity(self._identity.name, (secret,))

    def is_me(self, nick: str) -> bool:
        """Return whether `nick` is mine."""
        return fold(nick) == fold(self.nick)

    # How messages become things to show.

    def _gather(self) -> None:
        sign_in = self._sign_in
        assert sign_in is not None
        for thing in sign_in.shown:
            if isinstance(thing, SecretProved):
                self.proved(thing.secret)
            if isinstance(thing, SignedIn):
                self._welcome(thing, sign_in)
            else:
                self._shown.append(thing)
        sign_in.shown.clear()
        self._lines += sign_in.lines
        sign_in.lines.clear()
        self.account = sign_in.account or self.account

    def _welcome(self, signed_in: SignedIn, sign_in: SignIn) -> None:
        self.nick = signed_in.nick
        self.account = signed_in.account
        self.isupport.clear()
        self.requests.is_labelled = {"labeled-response", "batch"} <= sign_in.caps
        if self.returning.begin():
            return
        self._shown.append(signed_in)
        self.returning.first()
