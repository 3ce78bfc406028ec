"""All connections of a server: what they share, how many there are, and who has fallen silent."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from rookery import log
from rookery.deliver.retention import Retention
from rookery.net.cloak import cloak
from rookery.net.session import Pump
from rookery.net.tls import client_fingerprint
from rookery.wire.address import counted_as

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Container

    from rookery.command.node import Node
    from rookery.net.pacing import Pace

_log: Final = log.get("net")
SWEEP_S: Final = 1.0
"""How often some of the sessions are looked at."""
SWEEPS_PER_ROUND: Final = 10
"""Each session is looked at once in so many sweeps: 100,000 of them cost one sweep 10 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of connections, in seconds and numbers; see the reference of settings."""

    registration_timeout_s: float
    ping_interval_s: float
    ping_timeout_s: float
    unregistered: int
    """0 for any number; so it is in those below."""
    unregistered_per_address: int
    connections: int = 0
    connections_per_address: int = 0
    exempt: Container[str] = ()
    """Addresses that are neither counted nor paced."""
    proxies: Container[str] = ()
    """Addresses whose PROXY headers are believed."""


class Waiting(Protocol):
    """A connection that has not said yet what it wants."""

    def close(self, reason: str) -> None:
        """End it, with a word where that is understood."""


class Hall:
    """Opens pumps for connections and closes those that have fallen silent."""

    def __init__(
        self,
        node: Node,
        loop: asyncio.AbstractEventLoop,
        limits: Limits,
        pace: Pace | None,
        max_epoch_rows: int,
    ) -> None:
        self.node = node
        self.limits = limits
        self.pace = pace
        self.max_epoch_rows = max_epoch_rows
        self.now_s: Callable[[], float] = loop.time
        self.later: Callable[[float, Callable[[], None]], asyncio.TimerHandle] = loop.call_later
        self._retention = Retention(node.epoch)
        self.cloak_secret = secrets.token_bytes(32)
        self.pumps: dict[int, Pump] = {}
        self.waiting: dict[Waiting, float] = {}
        """Connections that have said nothing whole yet, with the time since when; oldest first."""
        self._present: dict[str, int] = {}
        """How many connections of an address (`counted_as`) there are, whatever became of them."""
        self.connection_count = 0
        self.refused_count = 0
        """Connections that were turned away, since the start."""
        self._unsigned: dict[str, int] = {}
        """How many connections of an address have not signed in; also those still silent."""
        self._unsigned_count = 0
        self._last_session_id = 0
        self._to_sweep: list[Pump] = []

    def next_session_id(self) -> int:
        """Return a number for a session that no other of this run has."""
        self._last_session_id += 1
        return self._last_session_id

    def admit(self, address: str) -> str:
        """Count a connection just accepted, or return why it cannot be taken now.

        Call `release` once for each that was counted, and `gone` once when it is closed.
        """
        refusal = self._refusal(address)
        if refusal:
            self.refused_count += 1
            return refusal
        place = counted_as(address)
        self._present[place] = self._present.get(place, 0) + 1
        self.connection_count += 1
        self._unsigned[place] = self._unsigned.get(place, 0) + 1
        self._unsigned_count += 1
        return ""

    def _refusal(self, address: str) -> str:
        limits = self.limits
        if limits.connections and self.connection_count >= limits.connections:
            return "This server is full: try again later"
        if address in limits.exempt:
            return ""
        place = counted_as(address)
        present = self._present.get(place, 0)
        if limits.connections_per_address and present >= limits.connections_per_address:
            return "Too many connections from your address: close others first"
        if limits.unregistered and self._unsigned_count >= limits.unregistered:
            return "Too many people are signing in: try again in a moment"
        same_address = self._unsigned.get(place, 0)
        if limits.unregistered_per_address and same_address >= limits.unregistered_per_address:
            return "Too many connections from your address are signing in: try again in a moment"
        return ""

    def release(self, address: str) -> None:
        """Count one less: it has signed in, or it is gone."""
        self._unsigned_count -= 1
        _count_down(self._unsigned, counted_as(address))

    def gone(self, address: str) -> None:
        """Count a connection no longer: it is closed."""
        self.connection_count -= 1
        _count_down(self._present, counted_as(address))

    def open(
        self, transport: asyncio.Transport, address: str, *, is_encrypted: bool = False
    ) -> Pump:
        """Return the pump of a connection that was admitted, and turns out to be IRC.

        `is_encrypted` is said by a proxy that is believed.
        """
        pump = Pump(self, transport, address, cloak(address, self.cloak_secret))
        pump.session.address = address
        tls_object = transport.get_extra_info("ssl_object")
        pump.session.is_encrypted = is_encrypted or tls_object is not None
        pump.session.fingerprint = client_fingerprint(tls_object)
        self.pumps[pump.session.id] = pump
        self.node.sessions[pump.session.id] = pump.session
        self.node.unsigned_count += 1
        return pump

    def signed_in(self, pump: Pump) -> None:
        """Count a pump no longer among those that are signing in; once."""
        self.release(pump.address)

    def closed(self, pump: Pump) -> None:
        """Forget a pump whose connection is gone."""
        self.pumps.pop(pump.session.id, None)
        self.gone(pump.address)

    def sweep(self) -> None:
        """Look at some of the sessions, and at the receipts; call every `SWEEP_S`."""
        node = self.node
        node.receipts.tick(node.epoch.touch)
        if node.uploads is not None:
            node.uploads.tick(node)
        rules = node.rules
        forgotten_id = self._retention.tick(
            node.now_ms(), rules.history_max_age_days, rules.history_max_messages
        )
        if forgotten_id:
            node.receipts.forgotten(forgotten_id)
        if not self._to_sweep:
            self._to_sweep = list(self.pumps.values())
        share = len(self.pumps) // SWEEPS_PER_ROUND + 1
        now_s = self.now_s()
        self._close_silent(now_s)
        for pump in self._to_sweep[-share:]:
            self._look_at(pump, now_s)
        del self._to_sweep[-share:]

    def _close_silent(self, now_s: float) -> None:
        patience_s = self.limits.registration_timeout_s
        for door, opened_at_s in list(self.waiting.items()):
            if now_s - opened_at_s <= patience_s:
                break
            door.close("Signing in took too long")

    def close_all(self, reason: str) -> None:
        """Tell every session goodbye: the server is stopping."""
        self.node.is_stopping = True
        for pump in list(self.pumps.values()):
            pump.close(reason)
        for door in list(self.waiting):
            door.close(reason)

    def abort_all(self) -> None:
        """Close what did not close in time."""
        for pump in list(self.pumps.values()):
            pump.abort("The server has stopped")

    def _look_at(self, pump: Pump, now_s: float) -> None:
        limits, session, node = self.limits, pump.session, self.node
        if session.id not in node.sessions:
            return
        silent_s = now_s - pump.heard_at_s
        if session.user is None:
            if now_s - pump.opened_at_s > limits.registration_timeout_s:
                pump.close("Signing in took too long")
            return
        # Not how much later, but how far away: the clock may have been set back.
        asked_ms_ago = abs(node.now_ms() - session.asked_at_ms)
        if session.asked is not None:
            is_overdue = asked_ms_ago >= limits.ping_timeout_s * 1000
            if is_overdue and silent_s > limits.ping_interval_s + limits.ping_timeout_s:
                pump.close(f"Ping timeout: {silent_s:.0f} seconds")
        elif (
            now_s - pump.opened_at_s >= limits.ping_interval_s
            and asked_ms_ago >= limits.ping_interval_s * 1000
        ):
            ping = node.receipts.ask(session, node.ids.last_id, node.now_ms())
            node.fanout.send(session, ping)
            node.epoch.touch()


def _count_down(counts: dict[str, int], address: str) -> None:
    left = counts.pop(address) - 1
    if left:
        counts[address] = left
