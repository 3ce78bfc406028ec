"""Run Rookery under cProfile for one scenario and print where its event loop spends its time.

    python bench/profile_server.py room500-64
    python bench/profile_server.py private-32 --sort cumulative --rows 60

Only the main thread is seen (the store's writer thread is not), and every Python call pays for
being counted: read the order and the counts, not the times.
"""

import argparse
import pstats
import sys
import time
from pathlib import Path

import generator
import machine
from scenarios import SCENARIOS
from servers import BUILD, SERVERS, SETTLE_S, rookery_options, running

_PROFILE = BUILD / "profile.pstats"


def main() -> int:
    """Return 1 where the server left no profile, which it writes on its way out."""
    options = _options()
    machine.raise_file_limit()
    generator.build()
    _PROFILE.unlink(missing_ok=True)

    def command(port: int, folder: Path) -> list[str]:
        profiled = [sys.executable, "-m", "cProfile", "-o", f"{_PROFILE}"]
        ephemeral = ["--ephemeral"] if options.ephemeral else []
        serve = ["-m", "rookery", "serve", *rookery_options(port, folder / "data")]
        return [*profiled, *serve, *ephemeral]

    with running(command) as started:
        time.sleep(SETTLE_S)
        arguments = list(SCENARIOS[options.scenario].arguments)
        row = generator.load(SERVERS["rookery"], started, arguments)
    print({key: row[key] for key in ("phase", "cpu_us_per_delivery", "lost") if key in row})
    if not _PROFILE.exists():
        print(f"The server did not write {_PROFILE}: it was killed.", file=sys.stderr)
        return 1
    pstats.Stats(f"{_PROFILE}").sort_stats(options.sort).print_stats(options.rows)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Profile Rookery under one scenario.")
    loaded = [name for name, scenario in SCENARIOS.items() if scenario.arguments]
    parser.add_argument("scenario", choices=loaded)
    parser.add_argument("--ephemeral", action="store_true")
    parser.add_argument("--sort", default="tottime", choices=["tottime", "cumulative", "ncalls"])
    parser.add_argument("--rows", type=int, default=40)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
