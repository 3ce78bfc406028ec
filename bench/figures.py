"""From many numbers to few: figures by round, medians, and ratios within rounds.

A ratio is taken within each round and the median of those is shown: a machine that was busy for one
round was busy for both servers.
"""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from scenarios import Figure

Row = dict[str, Any]
ByRound = dict[int, float]

MUST_BE_ZERO: Final = (
    *("lost", "dup", "gaps", "foreign", "disconnects", "error_lines", "err_numerics"),
    *("wrong", "flood_short"),
)


@dataclass(frozen=True, slots=True)
class Spread:
    """What was seen over the rounds."""

    median: float
    lowest: float
    highest: float


def faults(row: Row) -> str:
    """Return what makes this run invalid, or nothing."""
    found = [] if row["phase"] == "done" else [f"ended in {row['phase']}"]
    found += [f"{key} {row[key]}" for key in MUST_BE_ZERO if row.get(key)]
    if found and row.get("last_error"):
        found.append(row["last_error"])
    return ", ".join(found)


def by_round(rows: Sequence[Row], scenario: str, server: str, figure: Figure) -> ByRound:
    """Return the figure of each round in which this server's run was sound."""
    return {
        row["round"]: row[figure.key] * figure.scale
        for row in rows
        if (row["scenario"], row["server"]) == (scenario, server)
        and figure.key in row
        and not faults(row)
    }


def spread(values: Mapping[int, float]) -> Spread | None:
    """Return median and range; None of nothing."""
    seen = [*values.values()]
    return Spread(statistics.median(seen), min(seen), max(seen)) if seen else None


def ratios(ours: ByRound, theirs: ByRound) -> ByRound:
    """Return ours / theirs of the rounds that have both."""
    return {number: ours[number] / theirs[number] for number in ours if theirs.get(number)}


def best(peers: Sequence[ByRound], figure: Figure) -> ByRound:
    """Return each round's best figure of these servers, for the rounds in which all were sound.

    Who was never measured does not count; without the better one a round would be too easy.
    """
    pick: Callable[..., float] = max if figure.is_more_better else min
    seen = [peer for peer in peers if peer]
    numbers = set.intersection(*map(set, seen)) if seen else set()
    return {number: pick(peer[number] for peer in seen) for number in numbers}


def shown(value: float) -> str:
    """Return a figure with as many digits as mean something."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def shown_ratio(values: ByRound) -> str:
    """Return the median of the rounds' ratios, with the lowest and the highest; - for none."""
    seen = spread(values)
    if seen is None:
        return "-"
    if len(values) == 1:
        return f"{seen.median:.2f}"
    return f"{seen.median:.2f} ({seen.lowest:.2f} to {seen.highest:.2f})"


def quantiles(times_ms: Sequence[float]) -> dict[str, float]:
    """Return p50, p99 and the maximum; of one time all three are that."""
    if len(times_ms) == 1:
        times_ms = [*times_ms, *times_ms]
    cuts = statistics.quantiles(times_ms, n=100, method="inclusive")
    return {"p50_ms": cuts[49], "p99_ms": cuts[98], "max_ms": max(times_ms)}
