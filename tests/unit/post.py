"""A pusher with nothing around it: a sender that answers as told, and pauses that pass at once."""

import asyncio
import contextlib

import pytest

from rookery.pusher import Kind, Outcome, Pace, Pusher
from rookery.store.base import SubscriptionRow

PACE = Pace(queue=5, queue_per_device=3, pause_s=1.0, at_once=2, tries=3, first_retry_s=10.0)
SENT = Outcome(Kind.SENT)
SETTLED_S = 60


class FakeSender:
    """Answers with the outcomes that are given, then with SENT; an `Event` among them waits."""

    def __init__(self, *outcomes):
        self.outcomes = [*outcomes]
        self.sent = []
        self.under_way = self.most_under_way = 0
        self.is_closed = False

    async def send(self, subscription, line):
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        outcome = self.outcomes.pop(0) if self.outcomes else SENT
        self.sent.append((subscription.endpoint.rpartition("/")[2], line))
        if isinstance(outcome, asyncio.Event):
            await outcome.wait()
            outcome = SENT
        self.under_way -= 1
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def close(self):
        self.is_closed = True


class Post:
    """A pusher that runs, whose pauses pass at once and are written down."""

    def __init__(self, *outcomes, pace=PACE):
        self.sender = FakeSender(*outcomes)
        self.pauses = []
        self.gone = []
        self.pusher = Pusher("key", None, lambda: self.sender, pace, self._pause)
        self.pusher.gone = self.gone.append

    async def _pause(self, seconds):
        self.pauses.append(seconds)
        await asyncio.sleep(0)

    @contextlib.asynccontextmanager
    async def running(self):
        task = asyncio.ensure_future(self.pusher.run())
        yield
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    async def settle(self):
        """Let it go on until nothing is left to send."""
        async with asyncio.timeout(SETTLED_S):
            while self.pusher._lanes:
                await asyncio.sleep(0)


def device(name):
    """Return a device of ann's."""
    return SubscriptionRow(f"https://push.test/{name}", "ann", "key", "secret", "", 1)
