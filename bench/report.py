"""Result rows to Markdown tables: medians, and the ratio to each peer of the same rounds."""

from collections.abc import Iterable, Sequence
from typing import Final

from figures import Row, by_round, faults, ratios, shown, shown_ratio, spread
from scenarios import OURS, SCENARIOS, Figure, Scenario

PEERS: Final = ("ngircd", "inspircd")


def page(machine: str, rows: list[Row], notes: list[str]) -> str:
    """Return the whole report of a short run."""
    count = len({row["round"] for row in rows})
    head = f"{f'Medians of {count} interleaved rounds' if count > 1 else 'One round'}; {machine}."
    lines = [head, "", *table(rows, SCENARIOS), "", *verdict(rows)]
    return "\n".join([*lines, *(f"- {note}" for note in notes)])


def table(rows: Sequence[Row], scenarios: Iterable[str]) -> list[str]:
    """Return the lines of a table; `rows` hold `server`, `scenario`, `round` and the figures."""
    wanted = [name for name in scenarios if any(row["scenario"] == name for row in rows)]
    rows = [row for row in rows if row["scenario"] in wanted]
    names = list(dict.fromkeys(row["server"] for row in rows))
    peers = [peer for peer in PEERS if peer in names and OURS in names]
    columns = ["scenario", "figure", *names, *(f"{OURS} / {peer}" for peer in peers)]
    lines = [cells(columns), cells(["---", "---", *["---:"] * (len(columns) - 2)])]
    for name in wanted:
        lines += _scenario_lines(SCENARIOS[name], rows, names, peers)
    return lines


def verdict(rows: Sequence[Row]) -> list[str]:
    """Return what was not counted, or that all was sound."""
    unsound = [row for row in rows if faults(row)]
    if not unsound:
        has_traffic = any("delivered" in row for row in rows)
        return ["- Every message of every run arrived, once and in order."] if has_traffic else []
    return [
        f"- **Not counted**: {row['server']}, {row['scenario']}, round {row['round'] + 1}: "
        f"{faults(row)}."
        for row in unsound
    ]


def cells(texts: Sequence[str]) -> str:
    """Return a line of a table."""
    return f"| {' | '.join(texts)} |"


def _scenario_lines(
    scenario: Scenario, rows: Sequence[Row], names: list[str], peers: list[str]
) -> list[str]:
    lines = []
    for place, figure in enumerate(scenario.figures):
        measured = {name: by_round(rows, scenario.name, name, figure) for name in names}
        medians = [_median(measured[name]) for name in names]
        compared = [shown_ratio(ratios(measured[OURS], measured[peer])) for peer in peers]
        title = "" if place else scenario.title
        lines.append(cells([title, named(figure), *medians, *compared]))
    return lines


def named(figure: Figure) -> str:
    """Return the figure's title with the arrow that says which way is better."""
    return f"{figure.title} {'↑' if figure.is_more_better else '↓'}"


def _median(values: dict[int, float]) -> str:
    seen = spread(values)
    return shown(seen.median) if seen else "-"
