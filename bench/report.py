"""Result rows to a Markdown table: medians, and the ratio between two servers of the same rounds.

A ratio is taken within each round and the median of those is shown: a machine that was busy for one
round was busy for both servers.
"""

import statistics
from pathlib import Path

from generator import Row
from scenarios import SCENARIOS, Figure, Scenario

OURS = "rookery"
PEER = "ngircd"
_NOTHING = "-"
_MUST_BE_ZERO = ("lost", "dup", "gaps", "foreign", "disconnects", "error_lines", "err_numerics")
_WHOLE_FROM = 100
_ONE_DECIMAL_FROM = 10


def table(machine: str, rows: list[Row], notes: list[str]) -> str:
    """Return the whole report. `rows` hold `server`, `scenario`, `round` and the figures."""
    names = list(dict.fromkeys(row["server"] for row in rows))
    with_ratio = OURS in names and PEER in names
    columns = ["scenario", "figure", *names, *([f"{OURS} / {PEER}"] if with_ratio else [])]
    lines = [_cells(columns), _cells(["---", "---", *["---:"] * (len(columns) - 2)])]
    for scenario in SCENARIOS.values():
        measured = [row for row in rows if row["scenario"] == scenario.name]
        if measured:
            lines += _scenario_lines(scenario, measured, names, with_ratio=with_ratio)
    rounds = len({row["round"] for row in rows})
    head = f"{f'Medians of {rounds} interleaved rounds' if rounds > 1 else 'One round'}; {machine}."
    return "\n".join([head, "", *lines, "", *_verdict(rows), *(f"- {note}" for note in notes)])


def faults(row: Row) -> str:
    """Return what makes this run invalid, or nothing."""
    found = [] if row["phase"] == "done" else [f"ended in {row['phase']}"]
    found += [f"{key} {row[key]}" for key in _MUST_BE_ZERO if row.get(key)]
    if found and row.get("last_error"):
        found.append(row["last_error"])
    return ", ".join(found)


def write_between_marks(page: Path, text: str, name: str = "measured") -> None:
    """Replace what stands between the two marks of this name in a page."""
    begin_mark, end_mark = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, begin, rest = page.read_text().partition(begin_mark)
    _old, end, after = rest.partition(end_mark)
    if not begin or not end:
        raise ValueError(f"{page} needs the marks {begin_mark} and {end_mark}")
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}")


def _scenario_lines(
    scenario: Scenario, rows: list[Row], names: list[str], *, with_ratio: bool
) -> list[str]:
    lines = []
    for place, figure in enumerate(scenario.figures):
        arrow = "↑" if figure.is_more_better else "↓"
        by_server = {name: _by_round(rows, name, figure) for name in names}
        shown = [_median(list(values.values())) for values in by_server.values()]
        ratio = [_ratio(by_server[OURS], by_server[PEER])] if with_ratio else []
        title = "" if place else scenario.title
        lines.append(_cells([title, f"{figure.title} {arrow}", *shown, *ratio]))
    return lines


def _by_round(rows: list[Row], name: str, figure: Figure) -> dict[int, float]:
    """Return the figure of each round in which this server's run was sound."""
    return {
        row["round"]: row[figure.key] * figure.scale
        for row in rows
        if row["server"] == name and figure.key in row and not faults(row)
    }


def _median(values: list[float]) -> str:
    if not values:
        return _NOTHING
    value = statistics.median(values)
    if value >= _WHOLE_FROM:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= _ONE_DECIMAL_FROM else f"{value:.2f}"


def _ratio(ours: dict[int, float], peer: dict[int, float]) -> str:
    """Return the median of the rounds' ratios, with the lowest and the highest."""
    ratios = [ours[each] / peer[each] for each in ours if peer.get(each)]
    if not ratios:
        return _NOTHING
    median = f"{statistics.median(ratios):.2f}"
    return median if len(ratios) == 1 else f"{median} ({min(ratios):.2f} to {max(ratios):.2f})"


def _verdict(rows: list[Row]) -> list[str]:
    unsound = [row for row in rows if faults(row)]
    if not unsound:
        has_traffic = any("delivered" in row for row in rows)
        return ["- Every message of every run arrived, once and in order."] if has_traffic else []
    return [
        f"- **Not counted**: {row['server']}, {row['scenario']}, round {row['round'] + 1}: "
        f"{faults(row)}."
        for row in unsound
    ]


def _cells(texts: list[str]) -> str:
    return f"| {' | '.join(texts)} |"
