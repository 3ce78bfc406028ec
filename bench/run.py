"""Measure Rookery beside other IRC servers and print a Markdown table. See README.md.

python bench/run.py
python bench/run.py --rounds 1 --scenarios room500-64,private-32
python bench/run.py --table bench/.build/results.jsonl --write
"""

import argparse
import json
import signal
import statistics
import sys
import time
from collections.abc import Callable, Container
from pathlib import Path

import generator
import machine
import report
from generator import Row
from scenarios import IDLE_CLIENTS, SCENARIOS, STARTS_PER_RUN, Scenario
from servers import BENCH, BUILD, SERVERS, SETTLE_S, Server, ServerFailedError, running


def main() -> int:
    """Return 1 where a run lost, doubled or reordered anything, or did not end."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # and the servers with us
    if options.table:
        head, *rows = map(json.loads, options.table.read_text().splitlines())
    else:
        try:
            head, rows = _measure(options)
        except generator.GeneratorFailedError as error:
            sys.exit(f"{error}")
    text = report.table(head["machine"], rows, head["notes"])
    print(text)
    if options.write:
        report.write_between_marks(BENCH / "README.md", text)
    return int(any(map(report.faults, rows)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Rookery beside other IRC servers.")
    parser.add_argument("--rounds", type=int, default=3, help="every server once per round")
    parser.add_argument(
        "--servers",
        type=_names_in(SERVERS),
        default=["rookery", "ngircd"],
        help=f"of {','.join(SERVERS)}; default rookery,ngircd",
    )
    parser.add_argument(
        "--scenarios",
        type=_names_in(SCENARIOS),
        default=list(SCENARIOS),
        help=f"of {','.join(SCENARIOS)}; default all",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=BUILD / "results.jsonl",
        help="one JSON line per run, overwritten; default bench/.build/results.jsonl",
    )
    parser.add_argument("--quickack", action="store_true", help="hide Nagle's 40 ms (README.md)")
    parser.add_argument(
        "--table", type=Path, metavar="FILE", help="run nothing: show the results of this file"
    )
    parser.add_argument("--write", action="store_true", help="put the table into bench/README.md")
    return parser.parse_args()


def _names_in(table: Container[str]) -> Callable[[str], list[str]]:
    """Return the parser of a comma-separated list of this table's keys."""

    def parse(text: str) -> list[str]:
        names = text.split(",")
        for name in names:
            if name not in table:
                raise argparse.ArgumentTypeError(f"there is no {name!r}")
        return names

    return parse


def _measure(options: argparse.Namespace) -> tuple[Row, list[Row]]:
    """Run everything. Returns the head of the results file and its rows."""
    connections = min(IDLE_CLIENTS, machine.raise_file_limit())
    generator.build()
    chosen = [SERVERS[name] for name in options.servers]
    servers = [server for server in chosen if not server.missing()]
    notes = [note for server in chosen if (note := server.missing())]
    if connections < IDLE_CLIENTS:
        notes.append(f"idle: {connections} connections only, as many as `ulimit -n` allows")
    delaying = [server.name for server in servers if server.delays_small_writes]
    if options.quickack:
        notes.append("with --quickack: Nagle's delay is hidden")
    elif delaying:
        notes.append(f"1 in flight: Nagle delays {', '.join(delaying)}; compare CPU, not latency")
    head: Row = {"machine": machine.description(BENCH), "notes": notes}
    extra = ["--quickack"] if options.quickack else []
    rows = []
    with options.out.open("w") as out:
        print(json.dumps(head), file=out)
        for number in range(options.rounds):
            started_s = time.monotonic()
            for name in options.scenarios:
                for server in _rotated(servers, number):
                    if SCENARIOS[name].needs_websocket and not server.has_websocket:
                        continue
                    row = _run(server, SCENARIOS[name], connections, extra)
                    row |= {"server": server.name, "scenario": name, "round": number}
                    rows.append(row)
                    print(json.dumps(row), file=out, flush=True)
            took_s = time.monotonic() - started_s
            print(f"round {number + 1} of {options.rounds}: {took_s:.0f} s", file=sys.stderr)
    return head, rows


def _rotated(servers: list[Server], by: int) -> list[Server]:
    """Let another server go first each round: whoever follows an idle moment has it easier."""
    by %= len(servers) or 1
    return servers[by:] + servers[:by]


def _run(server: Server, scenario: Scenario, connections: int, extra: list[str]) -> Row:
    try:
        if not scenario.arguments:
            return _time_starts(server)
        with running(server.command) as started:
            time.sleep(SETTLE_S)
            arguments = [*scenario.arguments, *extra]
            if scenario.arguments[0] == "connect":
                arguments += ["--clients", f"{connections}"]
            if server.delays_small_writes and scenario.messages_if_delayed and not extra:
                arguments += ["--msgs", scenario.messages_if_delayed]
            return generator.load(server, started, arguments)
    except ServerFailedError as error:
        return {"phase": "start", "last_error": f"{error}"}


def _time_starts(server: Server) -> Row:
    starts_ms = []
    for _ in range(STARTS_PER_RUN):
        with running(server.command) as started:
            starts_ms.append(started.start_ms)
    return {"phase": "done", "start_ms": statistics.median(starts_ms), "starts_ms": starts_ms}


if __name__ == "__main__":
    sys.exit(main())
