"""Measure Rookery beside other IRC servers and print a Markdown table. See README.md.

python bench/run.py
python bench/run.py --rounds 1 --scenarios room500-64,private-32
python bench/run.py --table bench/.build/results.jsonl
"""

import argparse
import sys
from typing import Final

import archive
import options
import report
import rounds
from figures import faults
from scenarios import SCENARIOS, SPEED, of_part
from servers import BUILD

ROUNDS: Final = 3


def main() -> int:
    """Return 1 where a run lost, doubled or reordered anything, or did not end."""
    asked = _asked()
    head, rows = options.rows_of(asked, lambda: _plan(asked))
    print(report.page(head["machine"], rows, head["notes"]))
    return int(any(map(faults, rows)))


def _plan(asked: argparse.Namespace) -> rounds.Plan:
    return rounds.Plan(
        servers=asked.servers,
        scenarios=asked.scenarios,
        rounds=asked.rounds,
        archive_rows=archive.ROWS,
        is_quickack=asked.quickack,
    )


def _asked() -> argparse.Namespace:
    parser = options.parser(
        "Measure Rookery beside other IRC servers.",
        round_count=ROUNDS,
        servers=("rookery", "ngircd"),
        out=BUILD / "results.jsonl",
    )
    parser.add_argument(
        "--scenarios",
        type=options.names_in(SCENARIOS),
        default=of_part(SPEED),
        help=f"of {','.join(SCENARIOS)}; default {','.join(of_part(SPEED))}",
    )
    parser.add_argument("--quickack", action="store_true", help="hide Nagle's 40 ms (README.md)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
