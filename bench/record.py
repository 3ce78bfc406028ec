"""The speed record: everything is measured, and bench/RESULTS.md and its pictures are written.

python bench/record.py
python bench/record.py --rounds 1 --only archive,flood
python bench/record.py --table bench/.build/record.jsonl
"""

import argparse
import signal
import sys
from pathlib import Path
from typing import Final

import archive
import goals
import results
import rounds
from figures import faults
from generator import GeneratorFailedError
from run import names_in
from scenarios import ARCHIVE, PARTS, of_part
from servers import BENCH, BUILD, SERVERS

ROUNDS: Final = 5


def main() -> int:
    """Return 1 where a run lost, doubled or reordered anything, or did not end."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # and the servers with us
    BUILD.mkdir(exist_ok=True)
    if options.table:
        head, rows = rounds.read(options.table)
    else:
        if ARCHIVE in options.only:
            archive.ready(options.archive_rows)
        plan = rounds.Plan(
            servers=options.servers,
            scenarios=of_part(*options.only),
            rounds=options.rounds,
            archive_rows=options.archive_rows,
        )
        try:
            head, rows = rounds.measure(plan, options.out)
        except GeneratorFailedError as error:
            sys.exit(f"{error}")
    results.write(options.folder, head, rows)
    print("\n".join(goals.table(rows)))
    print(f"written: {options.folder / 'RESULTS.md'}", file=sys.stderr)
    return int(any(map(faults, rows)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Take the speed record of Rookery.")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"default {ROUNDS}")
    parser.add_argument(
        "--only",
        type=names_in(PARTS),
        default=list(PARTS),
        help=f"parts: of {','.join(PARTS)}; default all",
    )
    parser.add_argument(
        "--servers",
        type=names_in(SERVERS),
        default=list(SERVERS),
        help=f"of {','.join(SERVERS)}; default all that are installed",
    )
    parser.add_argument(
        "--archive-rows",
        type=int,
        default=archive.ROWS,
        help=f"messages in the database of history and search; default {archive.ROWS:,}",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=BUILD / "record.jsonl",
        help="one JSON line per run, overwritten; default bench/.build/record.jsonl",
    )
    parser.add_argument(
        "--folder", type=Path, default=BENCH, help="where RESULTS.md and plots/ go; default bench"
    )
    parser.add_argument(
        "--table", type=Path, metavar="FILE", help="run nothing: write the results of this file"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
