"""What is measured: one row per scenario, one `Figure` per number that it yields.

Every scenario runs on a server of its own with an empty data folder, so that none pays for another;
those of the archive share its folder, and add some thousand messages to its millions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

STARTS_PER_RUN: Final = 5
IDLE_CLIENTS: Final = 5000
CHAT_MEMBERS: Final = 50
CHAT_RATE: Final = 200
"""The chat that goes on while something else is measured: lines a second to a room of so many, ten
thousand deliveries a second."""
FLOOD_RATE: Final = 200
"""Wrong passwords a second."""
OURS: Final = "rookery"
EPHEMERAL: Final = "rookery-ephemeral"
GROWTH_ROUNDS: Final = 3
"""The curves of growth need fewer rounds than the goals: their form is what is asked for."""

SPEED, GROWTH, ARCHIVE, REPLAY, FLOOD = "speed", "growth", "archive", "replay", "flood"
PARTS: Final = (SPEED, GROWTH, ARCHIVE, REPLAY, FLOOD)
"""What of the record can be chosen; `speed` alone is `make bench`."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: `key` in a result row, multiplied by `scale` to be shown."""

    title: str
    key: str
    is_more_better: bool = False
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Scenario:
    """`driver` is who runs it (`drivers.py`), `arguments` are the driver's.

    In `growth`, `of` says what grows, and `size` how large it is here.
    """

    name: str
    title: str
    figures: tuple[Figure, ...]
    arguments: tuple[str, ...] = ()
    part: str = SPEED
    driver: str = "load"
    messages_if_delayed: str | None = None
    is_ours_alone: bool = False
    of: str = ""
    size: int = 0


RATE = Figure("deliveries/s", "deliveries_per_s", is_more_better=True)
CPU = Figure("server CPU µs/delivery", "cpu_us_per_delivery")
P50 = Figure("p50 ms", "p50_us", scale=1e-3)
P99 = Figure("p99 ms", "p99_us", scale=1e-3)
CONNECT_RATE = Figure("connections/s", "reg_per_s", is_more_better=True)
CONNECT_CPU = Figure("server CPU µs/connection", "reg_cpu_us")
MEMORY = Figure("KiB/connection", "kib_per_conn")
START = Figure("ms", "start_ms")
ANSWERS = (
    Figure("answers/s", "answers_per_s", is_more_better=True),
    Figure("p50 ms", "p50_ms"),
    Figure("p99 ms", "p99_ms"),
    Figure("slowest ms", "max_ms"),
    Figure("the room's p99 ms meanwhile", "room_p99_ms"),
)
REPLAYED = (
    Figure("ms from sign-in to the last", "replay_ms"),
    Figure("server CPU µs/message", "replay_cpu_us"),
)
FLOODED_ROOM = (
    Figure("the room's p99 ms, no flood", "alone_p99_ms"),
    Figure(f"the room's p99 ms, {FLOOD_RATE} guesses/s", "flooded_p99_ms"),
    Figure("flood / no flood", "flood_ratio"),
    Figure("guesses looked at/s", "guesses_per_s", is_more_better=True),
)

# With one message in flight the rate is only the latency's inverse; in a flood the latency is only
# the length of the queues. Neither is shown where it says nothing.
PACED = (CPU, P50, P99)
BUSY = (RATE, CPU, P50, P99)
FLOODED = (RATE, CPU)

MEMBERS: Final = (10, 30, 100, 300, 1000, 2000)
ROOMS: Final = (1, 10, 100, 1000)
CONNECTIONS: Final = (100, 500, 2000, 5000)


def _over_websocket(scenario: Scenario) -> Scenario:
    """Return the same for members in browsers."""
    return replace(
        scenario,
        name=f"{scenario.name}-websocket",
        title=f"{scenario.title}, over WebSocket",
        arguments=(*scenario.arguments, "--websocket"),
        is_ours_alone=True,
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


def _growing(of: str, size: int, *arguments: str) -> Scenario:
    return Scenario(
        name=f"{of}-{size}",
        title=f"{size:,} {of}",
        part=GROWTH,
        arguments=("fanout", "--window", "64", *arguments),
        figures=(CPU, MEMORY),
        of=of,
        size=size,
    )


def _growth() -> Iterator[Scenario]:
    """Yield the curves: one thing grows, all else stays; about 600,000 deliveries at each point."""
    for size in MEMBERS:
        messages = max(20, min(5000, 150_000 // size))
        yield _growing(
            *("members", size, "--members", f"{size}", "--senders", "4", "--msgs", f"{messages}")
        )
    for size in ROOMS:
        # Ten people in each room, drawn from 500: a thousand rooms are twenty for each of them.
        messages = max(10, 10_000 // size)
        yield _growing(
            *("rooms", size, "--rooms", f"{size}", "--members", "10", "--people", "500"),
            *("--senders", "1", "--msgs", f"{messages}"),
        )
    for size in CONNECTIONS:
        yield _growing(
            *("connections", size, "--members", "50", "--people", f"{size}"),
            *("--senders", "4", "--msgs", "2000"),
        )


def _ours(name: str, title: str, part: str, driver: str, figures: tuple[Figure, ...]) -> Scenario:
    return Scenario(name, title, figures, part=part, driver=driver, is_ours_alone=True)


_CHAT_TITLE: Final = f"room of {CHAT_MEMBERS}, {CHAT_RATE} lines/s"
SCENARIOS: Final = {
    scenario.name: scenario
    for scenario in (
        _room(50, window=1, messages=300, delayed=75),
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
        Scenario("start", "start to listening", (START,), driver="start"),
        *_growth(),
        _ours("history", "a page of 100", ARCHIVE, "reading", ANSWERS),
        _ours("search", "a search", ARCHIVE, "reading", ANSWERS),
        _ours("replay", "10,000 messages kept for one name", REPLAY, "replay", REPLAYED),
        _ours("login-flood", _CHAT_TITLE, FLOOD, "flood", FLOODED_ROOM),
    )
}


def takes_part(scenario: Scenario, server: str, number: int) -> bool:
    """Return whether this server is measured in this scenario and round."""
    if scenario.is_ours_alone:
        return server == OURS
    return scenario.part != GROWTH or (number < GROWTH_ROUNDS and server != EPHEMERAL)


def of_part(*parts: str) -> list[str]:
    """Return the names of the scenarios of these parts, in order."""
    return [name for name, scenario in SCENARIOS.items() if scenario.part in parts]
