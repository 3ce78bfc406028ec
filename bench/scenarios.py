"""What is measured: one row per scenario, one `Figure` per number that it yields.

Every scenario runs on a server of its own with an empty data folder, so that none pays for another.
"""

from dataclasses import dataclass, replace

STARTS_PER_RUN = 5
IDLE_CLIENTS = 5000


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: `key` in a result row, multiplied by `scale` to be shown."""

    title: str
    key: str
    is_more_better: bool = False
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Scenario:
    """`arguments` are the load generator's; empty means that only the start is timed."""

    name: str
    title: str
    arguments: tuple[str, ...]
    figures: tuple[Figure, ...]
    messages_if_delayed: str | None = None
    needs_websocket: bool = False


RATE = Figure("deliveries/s", "deliveries_per_s", is_more_better=True)
CPU = Figure("server CPU µs/delivery", "cpu_us_per_delivery")
P50 = Figure("p50 ms", "p50_us", scale=1e-3)
P99 = Figure("p99 ms", "p99_us", scale=1e-3)
CONNECT_RATE = Figure("connections/s", "reg_per_s", is_more_better=True)
CONNECT_CPU = Figure("server CPU µs/connection", "reg_cpu_us")
MEMORY = Figure("KiB/connection", "kib_per_conn")
START = Figure("ms", "start_ms")

# With one message in flight the rate is only the latency's inverse; in a flood the latency is only
# the length of the queues. Neither is shown where it says nothing.
PACED = (CPU, P50, P99)
BUSY = (RATE, CPU, P50, P99)
FLOODED = (RATE, CPU)


def _over_websocket(scenario: Scenario) -> Scenario:
    """Return the same for members in browsers."""
    return replace(
        scenario,
        name=f"{scenario.name}-websocket",
        title=f"{scenario.title}, over WebSocket",
        arguments=(*scenario.arguments, "--websocket"),
        needs_websocket=True,
    )


def _room(members: int, window: int, messages: int, delayed: int | None = None) -> Scenario:
    return Scenario(
        name=f"room{members}-{window}",
        title=f"room of {members}, {window} in flight",
        arguments=(
            *("fanout", "--members", f"{members}", "--senders", "4"),
            *("--msgs", f"{messages}", "--window", f"{window}"),
        ),
        figures=PACED if window == 1 else BUSY,
        messages_if_delayed=None if delayed is None else f"{delayed}",
    )


def _private(window: int, messages: int) -> Scenario:
    return Scenario(
        name=f"private-{window}",
        title=f"private, 100 pairs, {window} in flight each",
        arguments=("direct", "--pairs", "100", "--msgs", f"{messages}", "--window", f"{window}"),
        figures=PACED if window == 1 else BUSY,
    )


SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        _room(50, window=1, messages=500, delayed=100),
        _room(50, window=64, messages=2500),
        _room(500, window=1, messages=75, delayed=40),
        _room(500, window=64, messages=300),
        _over_websocket(_room(50, window=64, messages=2500)),
        _over_websocket(_room(500, window=64, messages=300)),
        _private(window=1, messages=400),
        _private(window=32, messages=1500),
        Scenario(
            name="private-flood",
            title="private, 100 pairs, flood",
            arguments=("direct", "--pairs", "100", "--msgs", "3000", "--pipe"),
            figures=FLOODED,
        ),
        Scenario(
            name="idle",
            title="idle connections",
            arguments=("connect", "--clients", f"{IDLE_CLIENTS}", "--hold", "2"),
            figures=(CONNECT_RATE, CONNECT_CPU, MEMORY),
        ),
        Scenario(name="start", title="start to listening", arguments=(), figures=(START,)),
    )
}
