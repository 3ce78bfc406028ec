"""Measure Rookery beside other IRC servers and print a Markdown table. See README.md.

python bench/run.py
python bench/run.py --rounds 1 --scenarios room500-64,private-32
python bench/run.py --table bench/.build/results.jsonl
"""

import argparse
import signal
import sys
from collections.abc import Callable, Container
from pathlib import Path

import archive
import report
import rounds
from figures import faults
from generator import GeneratorFailedError
from scenarios import SCENARIOS, SPEED, of_part
from servers import BUILD, SERVERS


def main() -> int:
    """Return 1 where a run lost, doubled or reordered anything, or did not end."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # and the servers with us
    BUILD.mkdir(exist_ok=True)
    if options.table:
        head, rows = rounds.read(options.table)
    else:
        plan = rounds.Plan(
            servers=options.servers,
            scenarios=options.scenarios,
            rounds=options.rounds,
            archive_rows=archive.ROWS,
            is_quickack=options.quickack,
        )
        try:
            head, rows = rounds.measure(plan, options.out)
        except GeneratorFailedError as error:
            sys.exit(f"{error}")
    print(report.page(head["machine"], rows, head["notes"]))
    return int(any(map(faults, rows)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Rookery beside other IRC servers.")
    parser.add_argument("--rounds", type=int, default=3, help="every server once per round")
    parser.add_argument(
        "--servers",
        type=names_in(SERVERS),
        default=["rookery", "ngircd"],
        help=f"of {','.join(SERVERS)}; default rookery,ngircd",
    )
    parser.add_argument(
        "--scenarios",
        type=names_in(SCENARIOS),
        default=of_part(SPEED),
        help=f"of {','.join(SCENARIOS)}; default {','.join(of_part(SPEED))}",
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
    return parser.parse_args()


def names_in(table: Container[str]) -> Callable[[str], list[str]]:
    """Return the parser of a comma-separated list of this table's keys."""

    def parse(text: str) -> list[str]:
        names = text.split(",")
        for name in names:
            if name not in table:
                raise argparse.ArgumentTypeError(f"there is no {name!r}")
        return names

    return parse


if __name__ == "__main__":
    sys.exit(main())
