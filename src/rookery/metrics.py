"""The numbers of a running server for Prometheus, and its health, on an address of their own.

Imported only when `metrics.port` is set. Nothing is counted here: a scrape reads on the event
loop what the parts have counted anyway, so an answer also says that the loop turns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from aiohttp import web
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from rookery.deliver.counts import Tally
from rookery.errors import StartError
from rookery.health import illness_of

if TYPE_CHECKING:
    from rookery.assembly import Assembly

PREFIX: Final = "rookery_"

Value: TypeAlias = "float | Tally | dict[str, float]"
"""A number, classes, or the number of each result."""


class Row(NamedTuple):
    """One metric; a counter's name gets `_total` behind it."""

    name: str
    kind: str
    """`gauge`, `counter` or `histogram`."""
    help: str
    read: Callable[[Assembly], Value]

    @property
    def shown(self) -> str:
        """Its name as Prometheus has it."""
        return f"{PREFIX}{self.name}{'_total' if self.kind == 'counter' else ''}"


def _logins(parts: Assembly) -> dict[str, float]:
    gate = parts.node.gate
    return {"ok": gate.ok_count, "failed": gate.failed_count, "delayed": gate.delayed_count}


def _outbox_bytes(parts: Assembly) -> int:
    return sum(pump.unsent_bytes() for pump in list(parts.hall.pumps.values()))


METRICS: Final = (
    Row(
        "connections",
        "gauge",
        "Connections, whatever they speak.",
        lambda parts: parts.hall.connection_count,
    ),
    Row("sessions", "gauge", "IRC sessions.", lambda parts: len(parts.node.sessions)),
    Row("people", "gauge", "People who are here.", lambda parts: len(parts.node.world.users)),
    Row("rooms", "gauge", "Rooms that are kept.", lambda parts: len(parts.node.world.rooms)),
    Row("accounts", "gauge", "Accounts.", lambda parts: len(parts.node.world.accounts)),
    Row(
        "refused_connections",
        "counter",
        "Connections turned away by a limit.",
        lambda parts: parts.hall.refused_count,
    ),
    Row(
        "logins",
        "counter",
        "Tries to sign in to an account, by `result`: `ok`, `failed`, and of these `delayed`.",
        _logins,
    ),
    Row(
        "epochs",
        "counter",
        "Epochs: what was decided together, stored together and shown together.",
        lambda parts: parts.node.epoch.counts.epochs,
    ),
    Row(
        "commit_rows",
        "histogram",
        "Rows of an epoch that had any, its size.",
        lambda parts: parts.node.epoch.counts.commit_rows,
    ),
    Row(
        "commit_seconds",
        "histogram",
        "From handing an epoch to the disk to its answer.",
        lambda parts: parts.node.epoch.counts.commit_s,
    ),
    Row(
        "failed_commits",
        "counter",
        "Epochs that the disk refused; their senders were told.",
        lambda parts: parts.node.epoch.counts.failed_commits,
    ),
    Row(
        "messages_stored",
        "counter",
        "Messages and events of rooms that are on disk.",
        lambda parts: parts.node.epoch.counts.messages,
    ),
    Row(
        "deliveries",
        "counter",
        "Writes to connections; one carries all that an epoch had for a connection.",
        lambda parts: parts.node.epoch.counts.deliveries,
    ),
    Row(
        "outbox_bytes",
        "gauge",
        "Bytes written that clients have not taken yet.",
        _outbox_bytes,
    ),
    Row(
        "uploads",
        "gauge",
        "Uploaded files that are kept.",
        lambda parts: parts.node.uploads.usage.count if parts.node.uploads else 0,
    ),
    Row(
        "upload_bytes",
        "gauge",
        "Bytes of the uploaded files that are kept.",
        lambda parts: parts.node.uploads.usage.size if parts.node.uploads else 0,
    ),
    Row(
        "uploads_received",
        "counter",
        "Files that were uploaded.",
        lambda parts: parts.node.uploads.received_count if parts.node.uploads else 0,
    ),
    Row(
        "push_devices",
        "gauge",
        "Devices that are told of messages while nobody looks.",
        lambda parts: parts.node.subscriptions.count if parts.node.subscriptions else 0,
    ),
    Row(
        "pushes",
        "counter",
        "Pushes, by `result`: `sent`, `refused` for good, `gone` with their device, or `dropped`.",
        lambda parts: dict(parts.pusher.counts) if parts.pusher else {},
    ),
    Row(
        "dropped_readers",
        "counter",
        "Connections closed because they read too slowly.",
        lambda parts: parts.node.epoch.counts.dropped_readers,
    ),
)
"""Every metric, in the order of the reference."""


class Endpoint:
    """Answers `/metrics` and `/healthz` until it is closed."""

    def __init__(self, parts: Assembly) -> None:
        self._parts = parts
        self._registry = CollectorRegistry()
        self._registry.register(_Collector(parts))
        ProcessCollector(registry=self._registry)
        application = web.Application()
        application.router.add_get("/metrics", self._metrics)
        application.router.add_get("/healthz", self._health)
        self._runner = web.AppRunner(application, access_log=None)

    async def listen(self, host: str, port: int) -> None:
        """Start to answer; raises `StartError`."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            await self.close()
            raise StartError(
                f"Cannot listen for metrics on {host} port {port} ({error.strerror})."
                " Choose another metrics.port"
            ) from error

    async def close(self) -> None:
        """Answer no more."""
        await self._runner.cleanup()

    async def _metrics(self, _: web.Request) -> web.Response:
        body = generate_latest(self._registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    async def _health(self, _: web.Request) -> web.Response:
        illness = illness_of(self._parts)
        return web.Response(text=f"{illness or 'ok'}\n", status=503 if illness else 200)


class _Collector:
    """What `prometheus_client` asks at each scrape."""

    def __init__(self, parts: Assembly) -> None:
        self._parts = parts

    def collect(self) -> Iterable[Metric]:
        """Read every metric."""
        for row in METRICS:
            yield _family(row, row.read(self._parts))


def _family(row: Row, value: Value) -> Metric:
    name = f"{PREFIX}{row.name}"
    if isinstance(value, Tally):
        return HistogramMetricFamily(name, row.help, [*_buckets(value)], value.total)
    kind = CounterMetricFamily if row.kind == "counter" else GaugeMetricFamily
    if not isinstance(value, dict):
        return kind(name, row.help, value)
    family = kind(name, row.help, labels=["result"])
    for result, count in value.items():
        family.add_metric([result], count)
    return family


def _buckets(tally: Tally) -> Iterator[tuple[str, float]]:
    below = 0
    for bound, count in zip((*tally.bounds, float("inf")), tally.counts, strict=True):
        below += count
        yield ("+Inf" if bound == float("inf") else f"{bound:g}"), below
