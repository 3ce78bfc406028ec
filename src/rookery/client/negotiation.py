"""Agree with the server on capabilities: ask for all that it offers and the client understands.

Who asks for more must make something of what it brings.

Source: IRCv3 capability-negotiation 302.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.wire import capabilities as cap
from rookery.wire import numerics as num
from rookery.wire.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

UNDERSTOOD: Final = (
    cap.SERVER_TIME
    | cap.MESSAGE_TAGS
    | cap.ACCOUNT_TAG
    | cap.ECHO_MESSAGE
    | cap.BATCH
    | cap.LABELED_RESPONSE
    | cap.EXTENDED_JOIN
    | cap.MULTI_PREFIX
    | cap.STANDARD_REPLIES
    | cap.SASL
    | cap.ACCOUNT_REGISTRATION
    | cap.CHATHISTORY
    | cap.RESEND
)
"""What the line clients make something of."""
FULL: Final = (
    UNDERSTOOD
    | cap.AWAY_NOTIFY
    | cap.EVENT_PLAYBACK
    | cap.EXTENDED_MONITOR
    | cap.MESSAGE_REDACTION
    | cap.MULTILINE
    | cap.READ_MARKER
    | cap.SEARCH
)
"""What a client that shows conversations makes something of."""


class Negotiation:
    """One connection's CAP exchange; `is_settled` when nothing more is to be waited for."""

    def __init__(self, understood: int = UNDERSTOOD) -> None:
        self._wanted = [row.name for row in cap.CAPABILITIES if row.bit & understood]
        self.offered: dict[str, str] = {}
        self.caps: set[str] = set()
        self.is_settled = False
        self.is_open = True
        """CAP END is still to be sent; False for a server that knows no CAP."""
        self._is_asking = False

    def start(self) -> Message:
        """Return the first line."""
        return Message("CAP", ["LS", "302"])

    def receive(self, message: Message) -> list[Message]:
        """Take one message; return the lines that answer it."""
        if self.is_settled:
            return []
        if message.command in {num.ERR_UNKNOWNCOMMAND, num.ERR_NOTREGISTERED}:
            self.is_settled, self.is_open = True, False
        elif message.command == "CAP" and len(message.params) > 2:  # noqa: PLR2004 - nick, verb
            return self._cap(message.params)
        return []

    def end(self) -> list[Message]:
        """Return the line that ends it, once."""
        is_open, self.is_open = self.is_open, False
        return [Message("CAP", ["END"])] if is_open else []

    def _cap(self, params: Sequence[str]) -> list[Message]:
        verb, names = params[1].upper(), params[-1].split()
        if verb == "LS" and not self._is_asking:
            self.offered |= {word.partition("=")[0]: word.partition("=")[2] for word in names}
            return [] if params[2] == "*" else self._ask()
        if verb in {"ACK", "NAK"} and self._is_asking:
            self.caps |= set(names) if verb == "ACK" else set()
            self.is_settled = True
        return []

    def _ask(self) -> list[Message]:
        asked = [name for name in self._wanted if name in self.offered]
        self._is_asking = True
        self.is_settled = not asked
        return [Message("CAP", ["REQ", " ".join(asked)])] if asked else []
