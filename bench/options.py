"""What both measuring commands take and do alike: their options, and the runs that they ask for."""

import argparse
import signal
import sys
from collections.abc import Callable, Container, Iterable
from pathlib import Path

import rounds
from figures import Row
from generator import GeneratorFailedError
from servers import BUILD, SERVERS


def parser(
    description: str, *, round_count: int, servers: Iterable[str], out: Path
) -> argparse.ArgumentParser:
    """Return a parser of what is measured and where it is kept; `servers` are the default."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument(
        "--rounds",
        type=int,
        default=round_count,
        help=f"every server once per round; default {round_count}",
    )
    made.add_argument(
        "--servers",
        type=names_in(SERVERS),
        default=list(servers),
        help=f"of {','.join(SERVERS)}; default those of {','.join(servers)} that are installed",
    )
    made.add_argument(
        "--out", type=Path, default=out, help=f"one JSON line per run, overwritten; default {out}"
    )
    made.add_argument(
        "--table", type=Path, metavar="FILE", help="run nothing: show the results of this file"
    )
    return made


def rows_of(options: argparse.Namespace, plan: Callable[[], rounds.Plan]) -> tuple[Row, list[Row]]:
    """Return head and rows: those of `--table`, or what is measured now."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # and the servers with us
    BUILD.mkdir(exist_ok=True)
    if options.table:
        return rounds.read(options.table)
    try:
        return rounds.measure(plan(), options.out)
    except GeneratorFailedError as error:
        sys.exit(f"{error}")


def names_in(table: Container[str]) -> Callable[[str], list[str]]:
    """Return the parser of a comma-separated list of this table's keys."""

    def parse(text: str) -> list[str]:
        names = text.split(",")
        for name in names:
            if name not in table:
                raise argparse.ArgumentTypeError(f"there is no {name!r}")
        return names

    return parse
