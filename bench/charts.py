"""Which pictures the record has, and what is on each."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import plot
from figures import Row, Spread, by_round, ratios, spread
from report import PEERS
from scenarios import (
    ANSWERS,
    CONNECT_CPU,
    CONNECT_RATE,
    CPU,
    FLOODED_ROOM,
    GROWTH,
    MEMORY,
    OURS,
    P50,
    P99,
    RATE,
    SCENARIOS,
    SPEED,
    START,
    Figure,
)
from servers import SERVERS

_BARS: Final[dict[str, tuple[str, tuple[tuple[str, Figure], ...]]]] = {
    "room": (
        "A room: latency with one message in flight, rate and latency with 64",
        (
            *(("room50-1", P50), ("room50-64", RATE), ("room50-64", P99)),
            *(("room500-1", P50), ("room500-64", RATE), ("room500-64", P99)),
        ),
    ),
    "private": (
        "Private messages between 100 pairs",
        (("private-1", P50), ("private-32", RATE), ("private-flood", RATE)),
    ),
    "cpu": (
        "Processor time of the server for each delivery",
        (
            *(("room50-1", CPU), ("room50-64", CPU), ("private-1", CPU)),
            *(("room500-1", CPU), ("room500-64", CPU), ("private-32", CPU)),
        ),
    ),
    "connections": (
        "Connections that register and stay silent, and the start of the server",
        (("idle", CONNECT_RATE), ("idle", CONNECT_CPU), ("idle", MEMORY), ("start", START)),
    ),
}
_OF_TIMES: Final[dict[str, tuple[str, tuple[tuple[str, tuple[Figure, ...]], ...]]]] = {
    "archive": (
        "The archive: pages of history and searches while chat goes on",
        (("history", ANSWERS[1:4]), ("search", ANSWERS[1:4]), ("login-flood", FLOODED_ROOM[:2])),
    )
}
_TIMES: Final = ("p50", "p99", "slowest", "no flood", "flood")


def drawn(rows: Sequence[Row], folder: Path) -> list[tuple[str, str]]:
    """Draw all pictures for which there are figures. Return their names and titles."""
    folder.mkdir(exist_ok=True)
    pictures = {
        **{name: (title, _bars(rows, title, panels)) for name, (title, panels) in _BARS.items()},
        "ratios": (_RATIOS, _ratios(rows)),
        "growth": (_GROWING, _growth(rows)),
        **{name: (title, _times(rows, title, of)) for name, (title, of) in _OF_TIMES.items()},
    }
    for name, (_, svg) in pictures.items():
        if svg:
            (folder / f"{name}.svg").write_text(svg)
    return [(name, title) for name, (title, svg) in pictures.items() if svg]


_RATIOS: Final = "Rookery, everything on disk first, to servers that keep nothing"
_GROWING: Final = "What a delivery and a connection cost as a server grows"


def _servers(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(row["server"] for row in rows))


def _spreads(rows: Sequence[Row], scenario: str, figure: Figure) -> dict[str, Spread]:
    """Return each server's figure, of those that have it."""
    seen = {each: spread(by_round(rows, scenario, each, figure)) for each in _servers(rows)}
    return {server: value for server, value in seen.items() if value}


def _bars(rows: Sequence[Row], title: str, wanted: Sequence[tuple[str, Figure]]) -> str:
    panels = [
        plot.Bars(SCENARIOS[name].title, figure.title, values)
        for name, figure in wanted
        if (values := _spreads(rows, name, figure))
    ]
    return plot.picture(title, panels, [*SERVERS]) if panels else ""


def _times(
    rows: Sequence[Row], title: str, wanted: Sequence[tuple[str, tuple[Figure, ...]]]
) -> str:
    panels = []
    for name, figures in wanted:
        names = _TIMES[3:] if name == "login-flood" else _TIMES
        values = {
            words: value
            for words, figure in zip(names, figures, strict=False)
            if (value := spread(by_round(rows, name, OURS, figure)))
        }
        if values:
            unit = "the room's p99 ms" if name == "login-flood" else "ms"
            panels.append(plot.Bars(SCENARIOS[name].title, unit, values))
    return plot.picture(title, panels, _TIMES) if panels else ""


def _ratios(rows: Sequence[Row]) -> str:
    shown: list[tuple[str, Mapping[str, Spread]]] = []
    for scenario in SCENARIOS.values():
        for figure in scenario.figures if scenario.part == SPEED else ():
            ours = by_round(rows, scenario.name, OURS, figure)
            to = {
                peer: value
                for peer in PEERS
                if (value := spread(ratios(ours, by_round(rows, scenario.name, peer, figure))))
            }
            if to:
                word = "more is better" if figure.is_more_better else "less is better"
                shown.append((f"{scenario.name}: {figure.title} ({word})", to))
    return plot.ratios(_RATIOS, shown) if shown else ""


def _growth(rows: Sequence[Row]) -> str:
    growing = [scenario for scenario in SCENARIOS.values() if scenario.part == GROWTH]
    panels = []
    for figure in (CPU, MEMORY):
        for of in dict.fromkeys(scenario.of for scenario in growing):
            lines: dict[str, dict[float, Spread]] = {}
            for scenario in growing:
                if scenario.of != of:
                    continue
                for server, value in _spreads(rows, scenario.name, figure).items():
                    lines.setdefault(server, {})[scenario.size] = value
            if lines:
                panels.append(plot.Curves(f"by {of}", figure.title, of, lines))
    return plot.picture(_GROWING, panels, [*SERVERS]) if panels else ""
