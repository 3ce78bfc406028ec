"""The load generator: built from `ircload.c`, run on its own CPU, one result row per run."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import machine
from figures import Row
from servers import BENCH, BUILD, RunningServer, Server

_PROGRAM = BUILD / "ircload"
_RUN_TIMEOUT_S = 60
PROCESS_TIMEOUT_S = 90
_FATAL = 2  # a usage error; 1 is a run with losses, which has its JSON line all the same


class GeneratorFailedError(Exception):
    """The generator could not be built, or ended without a result."""


def build() -> None:
    """Compile the generator where its sources are newer."""
    sources = [BENCH / "ircload.c", *sorted((BENCH / "ircload").glob("*.c"))]
    inputs = [*sources, *(BENCH / "ircload").glob("*.h")]
    if _PROGRAM.exists() and _PROGRAM.stat().st_mtime > max(map(_changed_at_s, inputs)):
        return
    BUILD.mkdir(exist_ok=True)
    compiler = os.environ.get("CC", "cc")
    command = [compiler, "-O2", "-Wall", "-Wextra", "-o", f"{_PROGRAM}"]
    try:
        subprocess.run([*command, *map(str, sources)], check=True)
    except FileNotFoundError as error:
        raise GeneratorFailedError(f"no C compiler ({compiler}): apt-get install gcc") from error
    except subprocess.CalledProcessError as error:
        raise GeneratorFailedError("ircload does not compile (see above)") from error


def _changed_at_s(path: Path) -> float:
    return path.stat().st_mtime


def load(server: Server, running: RunningServer, arguments: list[str]) -> Row:
    """Run the generator against this server. A later argument overrides an earlier one."""
    with started(server, running, arguments) as process:
        return result_of(process)


@contextmanager
def started(
    server: Server, running: RunningServer, arguments: list[str]
) -> Iterator[subprocess.Popen[str]]:
    """Let the generator run beside what the body does; `result_of` waits for its end."""
    command = [
        *(f"{_PROGRAM}", *arguments),
        *("--port", f"{running.port}", "--server-pid", f"{running.pid}"),
        *("--inflight", f"{server.connect_inflight}", "--timeout", f"{_RUN_TIMEOUT_S}"),
        *("--label", server.name),
    ]
    with machine.measuring():
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
    with process:
        try:
            yield process
        finally:
            process.kill()


def result_of(process: subprocess.Popen[str]) -> Row:
    """Wait for the end of a generator and return its row."""
    output, errors = process.communicate(timeout=PROCESS_TIMEOUT_S)
    if process.returncode < 0 or process.returncode >= _FATAL:
        raise GeneratorFailedError(f"ircload: status {process.returncode}: {errors[:300]}")
    row: Row = json.loads(output)
    return row
