"""A connection that speaks HTTP: counted, timed, and handed to aiohttp byte for byte.

It counts as one that is signing in until its first request has come whole, and as a connection to
its end. What becomes a WebSocket is counted anew, for its client, who may be behind a proxy.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from rookery import log
from rookery.net.forwarded import Origin
from rookery.net.pacing import Bucket

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.net.gateway import Gateway
    from rookery.net.hall import Hall
    from rookery.net.websocket import Wire

_log: Final = log.get("http")
MAX_EARLY_BYTES: Final = 65_536
"""What is kept of a request that comes before aiohttp is there; more stays in the socket."""
STALLED_S: Final = 60.0
"""How long an answer may wait for a client that takes nothing of it."""
HALF_CLOSED_S: Final = 5.0
"""How long the answer to one who has sent all may take."""


class HttpConnection(asyncio.Protocol):
    """Between the transport and aiohttp's protocol; the `Door` makes it."""

    __slots__ = (
        "_early",
        "_hall",
        "_has_ended",
        "_is_present",
        "_is_unsigned",
        "_rest",
        "_speaker",
        "_stalled",
        "_wire",
        "bucket",
        "frame_bucket",
        "gateway",
        "page",
        "peer",
        "transport",
    )

    def __init__(self, hall: Hall, transport: asyncio.Transport, peer: Origin) -> None:
        """Take over a connection that was admitted, with its count."""
        self._hall = hall
        self.transport = transport
        self.peer = peer
        self.gateway: Gateway | None = None
        self.page = ""
        """Origin of our own web page, where a WebSocket comes from that."""
        self._speaker: asyncio.Protocol | None = None
        self._wire: Wire | None = None
        self._early = b""
        self._has_ended = False
        self._is_unsigned = self._is_present = True
        self._stalled: asyncio.TimerHandle | None = None
        self._rest: asyncio.TimerHandle | None = None
        limits = hall.limits  # A proxy asks for many people on one connection.
        is_paced = peer.address not in limits.exempt and peer.address not in limits.proxies
        pace = hall.pace if is_paced else None
        self.bucket = Bucket(pace, hall.now_s()) if pace else None
        self.frame_bucket: Bucket | None = None
        """That of a WebSocket's frames; the lines in them are paced by the pump."""
        hall.waiting[self] = hall.now_s()

    def begin(self, gateway: Gateway) -> None:
        """Let aiohttp speak from now on, with what has come so far."""
        if self.transport.is_closing():
            return
        self.gateway = gateway
        self._speaker = gateway.speaker(self)
        self._speaker.connection_made(self.transport)
        early, self._early = self._early, b""
        if len(early) >= MAX_EARLY_BYTES:
            self.transport.resume_reading()
        if early:
            self._speaker.data_received(early)
        self._finish()

    # From the transport.

    def data_received(self, data: bytes) -> None:
        """Hand it on, or keep it until `begin`; called by the event loop."""
        if self._speaker is not None:
            self._speaker.data_received(data)
            return
        self._early += data
        if len(self._early) >= MAX_EARLY_BYTES:
            self.transport.pause_reading()

    def eof_received(self) -> bool:
        """Let what was asked be answered, where only one direction ends; called by the loop."""
        is_tls = self.transport.get_extra_info("ssl_object") is not None
        if self._wire is not None or is_tls:
            return False  # TLS has no half-closed state, and a WebSocket a goodbye of its own.
        self._has_ended = True
        self._end_within(HALF_CLOSED_S)
        self._finish()
        return True

    def pause_writing(self) -> None:
        """Hand it on, and give up at some time; called by the event loop."""
        if self._wire is not None:
            self._wire.pump.pause_writing()  # The epoch's bound is what ends a slow reader.
        else:
            self._end_within(STALLED_S)
        if self._speaker is not None:
            self._speaker.pause_writing()

    def resume_writing(self) -> None:
        """Hand it on; called by the event loop."""
        self._forget_stall()
        if self._speaker is not None:
            self._speaker.resume_writing()
        if self._wire is not None:
            self._wire.pump.resume_writing()

    def connection_lost(self, error: Exception | None) -> None:
        """Count it no more, and let aiohttp end what it has begun; called by the event loop."""
        self._forget_stall()
        self._forget_rest()
        self._uncount()
        if self._wire is not None:
            self._wire.lost()
        if self._speaker is not None:
            assert self.gateway is not None
            self.gateway.forget(self._speaker)
            self._speaker.connection_lost(error)

    # From the gateway.

    def rest(self, wait_s: float, read_on: Callable[[], None]) -> None:
        """Read no further for so long; a later rest takes the place of this one."""
        self._forget_rest()
        self.transport.pause_reading()
        self._rest = self._hall.later(wait_s, read_on)

    def has_asked(self) -> None:
        """Count it no longer among those that are signing in: a whole request has come."""
        if self._is_unsigned:
            self._is_unsigned = False
            self._hall.waiting.pop(self, None)
            self._hall.release(self.peer.address)

    def admit(self, client: Origin) -> str:
        """Count it as a WebSocket of `client` now, or return why there is no room for one."""
        self._uncount()
        refusal = self._hall.admit(client.address)
        if refusal:
            return refusal
        self.peer = client
        self._is_unsigned = self._is_present = True
        hall, now_s = self._hall, self._hall.now_s()
        pace = None if client.address in hall.limits.exempt else hall.pace
        self.frame_bucket = Bucket(pace, now_s) if pace else None
        hall.waiting[self] = now_s
        return ""

    def open(self, wire: Wire) -> None:
        """Give `wire` its pump, which takes the count over; call behind `admit`."""
        self._hall.waiting.pop(self, None)
        self._is_unsigned = self._is_present = False
        self._wire = wire
        wire.pump = self._hall.open(
            wire.transport, self.peer.address, is_encrypted=self.peer.is_encrypted
        )

    def close(self, reason: str) -> None:
        """End it: see `Hall.waiting`. Nothing is said; what HTTP would understand is no news."""
        _log.debug("closed", address=self.peer.address, reason=reason)
        self.transport.close()

    @property
    def is_websocket(self) -> bool:
        """Whether it speaks IRC by now."""
        return self._wire is not None

    def _uncount(self) -> None:
        self.has_asked()
        if self._is_present:
            self._is_present = False
            self._hall.gone(self.peer.address)

    def _finish(self) -> None:
        """Let nothing more be asked, where all has come."""
        if self._has_ended and self._speaker is not None:
            assert self.gateway is not None
            self.gateway.finish(self._speaker)

    def _end_within(self, seconds: float) -> None:
        if self._stalled is None:
            self._stalled = asyncio.get_running_loop().call_later(seconds, self.transport.abort)

    def _forget_rest(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None

    def _forget_stall(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None
