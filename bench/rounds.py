"""The rounds of a measurement: every scenario, on every server, in another order each time."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import generator
import machine
from drivers import Run, drive
from figures import Row
from scenarios import IDLE_CLIENTS, SCENARIOS, takes_part
from servers import BENCH, SERVERS, Server, ServerFailedError

REPEATED: Final = 1
"""A server that did not start gets so many more tries: the port may have been taken meanwhile."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured, and how often."""

    servers: Sequence[str]
    scenarios: Sequence[str]
    rounds: int
    archive_rows: int
    is_quickack: bool = False


def measure(plan: Plan, out: Path) -> tuple[Row, list[Row]]:
    """Run everything. Returns the head of the results file `out` and its rows, one a line."""
    connections = min(IDLE_CLIENTS, machine.raise_file_limit())
    generator.build()
    chosen = [SERVERS[name] for name in plan.servers]
    servers = [server for server in chosen if not server.missing()]
    began_s = time.time()
    head: Row = {
        "machine": machine.description(BENCH),
        "notes": _notes(plan, chosen, servers, connections),
        "commit": machine.commit(),
        "began_s": began_s,
        "load_before": machine.load_average(),
    }
    rows: list[Row] = []
    with out.open("w") as file:
        print(json.dumps(head), file=file, flush=True)
        for number in range(plan.rounds):
            run = Run(number, connections, plan.archive_rows, plan.is_quickack)
            for row in _round(plan, servers, run):
                rows.append(row)
                print(json.dumps(row), file=file, flush=True)
            took_s = time.time() - began_s
            print(f"round {number + 1} of {plan.rounds}: {took_s:.0f} s so far", file=sys.stderr)
    return head | ending(rows), rows


def ending(rows: Sequence[Row]) -> Row:
    """Return what is known at the end alone; the last row tells it, also of an earlier run."""
    return {key: rows[-1][key] for key in ("ended_s", "load_after")} if rows else {}


def read(path: Path) -> tuple[Row, list[Row]]:
    """Return head and rows of an earlier run."""
    head, *rows = map(json.loads, path.read_text().splitlines())
    return head | ending(rows), rows


def _round(plan: Plan, servers: list[Server], run: Run) -> Iterator[Row]:
    for name in plan.scenarios:
        scenario = SCENARIOS[name]
        for server in _rotated(servers, run.round):
            if not takes_part(scenario, server.name, run.round):
                continue
            row = _run(server, name, run)
            row |= {"server": server.name, "scenario": name, "round": run.round}
            yield row | {"ended_s": time.time(), "load_after": machine.load_average()}


def _run(server: Server, name: str, run: Run) -> Row:
    for left in range(REPEATED, -1, -1):
        try:
            return drive(server, SCENARIOS[name], run)
        except ServerFailedError as error:
            if not left:
                return {"phase": "start", "last_error": f"{error}"}
    raise AssertionError("the last try returns")


def _rotated(servers: list[Server], by: int) -> list[Server]:
    """Let another server go first each round: whoever follows an idle moment has it easier."""
    by %= len(servers) or 1
    return servers[by:] + servers[:by]


def _notes(plan: Plan, chosen: list[Server], servers: list[Server], connections: int) -> list[str]:
    notes = [note for server in chosen if (note := server.missing())]
    if connections < IDLE_CLIENTS:
        notes.append(f"idle: {connections} connections only, as many as `ulimit -n` allows")
    delaying = [server.name for server in servers if server.delays_small_writes]
    if plan.is_quickack:
        notes.append("with --quickack: Nagle's delay is hidden")
    elif delaying:
        notes.append(f"1 in flight: Nagle delays {', '.join(delaying)}; compare CPU, not latency")
    return notes
