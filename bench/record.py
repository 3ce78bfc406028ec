"""The speed record: everything is measured, and bench/RESULTS.md and its pictures are written.

python bench/record.py
python bench/record.py --rounds 1 --only archive,flood
python bench/record.py --table bench/.build/record.jsonl
"""

import argparse
import sys
from pathlib import Path
from typing import Final

import archive
import goals
import options
import results
import rounds
from figures import faults
from scenarios import ARCHIVE, PARTS, of_part
from servers import BENCH, BUILD, SERVERS

ROUNDS: Final = 5


def main() -> int:
    """Return 1 where a run lost, doubled or reordered anything, or did not end."""
    asked = _asked()
    head, rows = options.rows_of(asked, lambda: _plan(asked))
    results.write(asked.folder, head, rows)
    print("\n".join(goals.table(rows)))
    print(f"written: {asked.folder / 'RESULTS.md'}", file=sys.stderr)
    return int(any(map(faults, rows)))


def _plan(asked: argparse.Namespace) -> rounds.Plan:
    if ARCHIVE in asked.only:
        archive.ready(asked.archive_rows)
    return rounds.Plan(
        servers=asked.servers,
        scenarios=of_part(*asked.only),
        rounds=asked.rounds,
        archive_rows=asked.archive_rows,
    )


def _asked() -> argparse.Namespace:
    parser = options.parser(
        "Take the speed record of Rookery.",
        round_count=ROUNDS,
        servers=SERVERS,
        out=BUILD / "record.jsonl",
    )
    parser.add_argument(
        "--only",
        type=options.names_in(PARTS),
        default=list(PARTS),
        help=f"parts: of {','.join(PARTS)}; default all",
    )
    parser.add_argument(
        "--archive-rows",
        type=int,
        default=archive.ROWS,
        help=f"messages in the database of history and search; default {archive.ROWS:,}",
    )
    parser.add_argument(
        "--folder", type=Path, default=BENCH, help="where RESULTS.md and plots/ go; default bench"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
