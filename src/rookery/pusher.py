"""The queue of pushes: one after the other for each device, with pauses, and tried again.

A push is a hint, and no delivery: what does not fit into the queue, or is refused for too long, is
dropped and counted. The message itself is stored, and comes when its reader does.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol
from weakref import WeakValueDictionary

from rookery import log

if TYPE_CHECKING:
    from rookery.store.base import SubscriptionRow

_log: Final = log.get("push")
MAX_PAUSE_S: Final = 1800.0
"""Between two tries, however many there were, or whatever a service asks for (unit: seconds)."""
AT_ONCE_PER_ACCOUNT: Final = 2
"""Of the pushes on their way: one person's devices that hang must not take all places."""
JITTER: Final = 0.25
"""Up to so much longer is each pause: not all devices are tried again in the same moment."""


class Kind(Enum):
    """What became of a try."""

    SENT = auto()
    GONE = auto()
    """The device is not there any more."""
    LATER = auto()
    REFUSED = auto()


class Outcome(NamedTuple):
    """What became of a try, and how long the service asks to wait."""

    kind: Kind
    wait_s: float = 0.0


class Sender(Protocol):
    """Sends one push over the network."""

    async def send(self, subscription: SubscriptionRow, line: bytes) -> Outcome:
        """Try once; raises nothing that a network can be the cause of."""

    async def close(self) -> None:
        """Give connections back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How many, how often, how fast; see the settings of pushes."""

    queue: int
    queue_per_device: int
    pause_s: float
    at_once: int
    tries: int
    first_retry_s: float


@dataclass(slots=True)
class _Lane:
    """What waits for one device."""

    subscription: SubscriptionRow
    waiting: deque[bytes] = field(default_factory=deque)
    is_forgotten: bool = False


class Pusher:
    """Takes pushes at once, and sends them while `run` runs."""

    def __init__(
        self,
        public_key: str,
        check: Callable[[str, str], None],
        make_sender: Callable[[], Sender],
        pace: Pace,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """`make_sender` blocks: it is called on a thread, for the first push."""
        self.public_key = public_key
        self.check = check
        self.gone: Callable[[str], None] = self.forget
        """Told the endpoint of a device that is not there any more."""
        self.counts = dict.fromkeys(("sent", "refused", "gone", "dropped"), 0)
        self._make_sender = make_sender
        self._pace = pace
        self._sleep = sleep
        self._lanes: dict[str, _Lane] = {}
        self._waiting = 0
        self._places = asyncio.Semaphore(pace.at_once)
        self._shares: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        """Of the accounts that are being pushed to."""
        self._making = asyncio.Lock()
        self._sender: Sender | None = None
        self._group: asyncio.TaskGroup | None = None

    async def run(self) -> None:
        """Send what comes until cancelled; what waits then is dropped."""
        try:
            async with asyncio.TaskGroup() as group:
                self._group = group
                for lane in self._lanes.values():
                    group.create_task(self._guarded(lane))
                await asyncio.Event().wait()
        finally:
            self._group = None
            if self._sender is not None:
                await self._sender.close()

    def push(self, subscription: SubscriptionRow, line: bytes) -> None:
        """Have a line told to a device; where too many wait, the oldest of the device goes."""
        lane = self._lanes.get(subscription.endpoint)
        if lane is not None and len(lane.waiting) >= self._pace.queue_per_device:
            lane.waiting.popleft()
            self._waiting -= 1
            self.counts["dropped"] += 1
        if self._waiting >= self._pace.queue:
            self.counts["dropped"] += 1
            return
        self._waiting += 1
        if lane is None:
            lane = self._lanes[subscription.endpoint] = _Lane(subscription)
            if self._group is not None:
                self._group.create_task(self._guarded(lane))
        lane.subscription = subscription
        lane.waiting.append(line)

    def forget(self, endpoint: str) -> None:
        """Drop what waits for a device; a push that is being tried again must not outlive that.

        Whoever has the endpoint next gets a lane of their own: nothing of an earlier owner's.
        """
        lane = self._lanes.pop(endpoint, None)
        if lane is not None:
            self._end(lane)

    async def _guarded(self, lane: _Lane) -> None:
        try:
            await self._empty(lane)
        except Exception:  # noqa: BLE001 - one device's fault must not silence the others
            _log.exception("a push failed")
        finally:
            self._end(lane)
            endpoint = lane.subscription.endpoint
            if self._lanes.get(endpoint) is lane:
                del self._lanes[endpoint]

    def _end(self, lane: _Lane) -> None:
        self._waiting -= len(lane.waiting)
        lane.waiting.clear()
        lane.is_forgotten = True

    async def _empty(self, lane: _Lane) -> None:
        while lane.waiting:
            line = lane.waiting.popleft()
            self._waiting -= 1
            outcome = await self._try_on(lane, line)
            if lane.is_forgotten:
                return
            if outcome.kind is Kind.GONE:
                self.counts["gone"] += 1
                self.gone(lane.subscription.endpoint)
                return
            self.counts["sent" if outcome.kind is Kind.SENT else "refused"] += 1
            # Also behind the last: the next may come at once.
            await self._sleep(max(self._pace.pause_s, outcome.wait_s))

    async def _try_on(self, lane: _Lane, line: bytes) -> Outcome:
        """Send a push, as often as is allowed; return what became of it in the end."""
        sender = await self._made_sender()
        pause_s = self._pace.first_retry_s
        for tries_left in reversed(range(self._pace.tries)):
            async with self._share(lane.subscription.account), self._places:
                if lane.is_forgotten:  # Since it was put into the queue, or tried.
                    return Outcome(Kind.REFUSED)
                outcome = await sender.send(lane.subscription, line)
            if outcome.kind is not Kind.LATER or not tries_left:
                return outcome._replace(wait_s=0.0)
            wait_s = min(max(pause_s, outcome.wait_s), MAX_PAUSE_S)
            await self._sleep(wait_s * (1 + JITTER * random.random()))
            pause_s *= 2
        raise AssertionError("there is at least one try")

    def _share(self, account: str) -> asyncio.Semaphore:
        share = self._shares.get(account)
        if share is None:
            share = self._shares[account] = asyncio.Semaphore(AT_ONCE_PER_ACCOUNT)
        return share

    async def _made_sender(self) -> Sender:
        async with self._making:
            if self._sender is None:
                self._sender = await asyncio.to_thread(self._make_sender)
        return self._sender
