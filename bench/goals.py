"""The goals of the speed record, and whether the figures reach them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import archive
from figures import ByRound, Row, best, by_round, ratios, shown, spread
from report import PEERS, cells
from scenarios import (
    ANSWERS,
    CONNECT_RATE,
    CPU,
    EPHEMERAL,
    FLOODED_ROOM,
    MEMORY,
    OURS,
    RATE,
    SCENARIOS,
    Figure,
)

_P99: Final = ANSWERS[2]
_FLOOD_RATIO: Final = FLOODED_ROOM[2]


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure of one scenario and its bound: at least for what is better when more, else at most.

    With `is_versus_best` the bound is on the ratio to the best of the peers in the same round,
    with `versus` on that to another scenario of the same server.
    `is_wish` marks what the issue calls a goal beyond what must be reached.
    """

    scenario: str
    figure: Figure
    bound: float
    server: str = OURS
    is_versus_best: bool = False
    versus: str = ""
    is_wish: bool = False
    archive_rows: int = 0
    """What was asked of an archive of fewer messages does not count."""

    @property
    def sentence(self) -> str:
        """What is to be reached."""
        word = "at least" if self.figure.is_more_better else "at most"
        of = shown(self.bound)
        if self.is_versus_best:
            of += " times the best peer's"
        elif self.versus:
            of += f" times that of {SCENARIOS[self.versus].title}"
        where = f" in {self.archive_rows:,} messages" if self.archive_rows else ""
        return f"{self.figure.title} {word} {of}{where}"


GOALS: Final = (
    Goal("room500-64", RATE, 1.5, is_versus_best=True),
    Goal("room500-64", CPU, 0.35),
    Goal("room500-1", CPU, 1.4, is_versus_best=True),
    Goal("room500-64-websocket", CPU, 1.3, versus="room500-64"),
    Goal("private-32", RATE, 150_000),
    Goal("private-32", RATE, 200_000, is_wish=True),
    Goal("private-32", RATE, 500_000, server=EPHEMERAL),
    Goal("private-32", RATE, 1_000_000, server=EPHEMERAL, is_wish=True),
    Goal("idle", CONNECT_RATE, 8_000),
    Goal("idle", MEMORY, 4),
    Goal("history", _P99, 5, archive_rows=archive.ROWS),
    Goal("search", _P99, 100, archive_rows=archive.ROWS),
    Goal("login-flood", _FLOOD_RATIO, 2),
)


def measured(goal: Goal, rows: Sequence[Row]) -> ByRound:
    """Return what the bound is on, by round."""
    rows = [row for row in rows if row.get("archive_rows", goal.archive_rows) >= goal.archive_rows]
    ours = by_round(rows, goal.scenario, goal.server, goal.figure)
    if goal.versus:
        return ratios(ours, by_round(rows, goal.versus, goal.server, goal.figure))
    if not goal.is_versus_best:
        return ours
    peers = [by_round(rows, goal.scenario, peer, goal.figure) for peer in PEERS]
    return ratios(ours, best(peers, goal.figure))


def is_reached(goal: Goal, rows: Sequence[Row]) -> bool | None:
    """Return whether the median reaches the bound; None where nothing was measured."""
    seen = spread(measured(goal, rows))
    if seen is None:
        return None
    is_more = goal.figure.is_more_better
    return seen.median >= goal.bound if is_more else seen.median <= goal.bound


def table(rows: Sequence[Row]) -> list[str]:
    """Return the lines of the table of goals."""
    lines = [
        cells(["server", "scenario", "goal", "median (range)", "reached"]),
        cells(["---", "---", "---", "---:", "---"]),
    ]
    for goal in GOALS:
        seen = spread(measured(goal, rows))
        value = "-"
        if seen:
            value = f"{shown(seen.median)} ({shown(seen.lowest)} to {shown(seen.highest)})"
        sentence = f"{goal.sentence}{' (wished for)' if goal.is_wish else ''}"
        answer = _ANSWERS[is_reached(goal, rows)]
        lines.append(cells([goal.server, SCENARIOS[goal.scenario].title, sentence, value, answer]))
    return lines


_ANSWERS: Final = {True: "yes", False: "**no**", None: "not measured"}
