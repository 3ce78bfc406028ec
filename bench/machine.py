"""The machine under the benchmark: which CPU runs what, how many files may be open, what it is.

A child inherits the affinity of its parent, so that no `taskset` stands between the pid that is
started and the server whose CPU clock is read.
"""

import os
import platform
import resource
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import turns

_CPUS = sorted(os.sched_getaffinity(0))
SERVER_CPU = _CPUS[0]
GENERATOR_CPU = _CPUS[min(1, len(_CPUS) - 1)]

_SHORT_TURN_NS = 100_000
"""The shortest that the kernel gives."""

# Left free for the program's own files beside its connections.
_SPARE_FILES = 100


@contextmanager
def pinned_to(cpu: int) -> Iterator[None]:
    """Run the body, and every process started in it, on this CPU alone."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {cpu})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def measuring() -> Iterator[None]:
    """Run the body, and every process started in it, on the generator's CPU, and first there.

    What measures gets its turn as soon as there is something to read: the others' turns there,
    up to 4 ms, would be in the times.
    """
    with pinned_to(GENERATOR_CPU):
        turns.want_turns(_SHORT_TURN_NS)
        try:
            yield
        finally:
            turns.want_turns(0)


def raise_file_limit() -> int:
    """Raise the limit as far as allowed, for the children too. Returns how many connections fit."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard - _SPARE_FILES


def cpu_s(pid: int) -> float:
    """Return the processor time of all threads of a process so far, to the microsecond.

    Linux makes a clock's number of a pid so (`clock_getcpuclockid`).
    """
    return time.clock_gettime(~pid << 3 | 2)


def description(data_folder: Path) -> str:
    """One sentence: CPU, kernel, Python, and the file system that the server commits to."""
    if SERVER_CPU == GENERATOR_CPU:
        pinning = "server and generator on the same CPU, so that rates mean little"
    else:
        pinning = f"server on CPU {SERVER_CPU}, generator on CPU {GENERATOR_CPU}"
    return (
        f"{len(_CPUS)} CPUs ({_cpu_model()}), {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, data on {_file_system(data_folder)}, {pinning}, "
        f"load average {load_average():.1f} before"
    )


def load_average() -> float:
    """Return how many have wanted a CPU, over the last minute."""
    return os.getloadavg()[0]


def commit() -> str:
    """Return which commit is measured, and whether something in `src` differs from it."""
    described = _git("log", "-1", "--format=%h of %cs")
    if not described:
        return "unknown"
    return described + (", with changes" if _git("status", "--porcelain", "src") else "")


def _git(*arguments: str) -> str:
    here = Path(__file__).parent.parent
    try:
        ended = subprocess.run(
            ["git", *arguments], cwd=here, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return ended.stdout.strip()


def _cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        key, _, value = line.partition(":")
        if key.strip() == "model name":
            return value.strip()
    return platform.machine()


def _file_system(path: Path) -> str:
    """Return the type of the mount that holds `path`: on tmpfs a commit would cost nothing."""
    kinds_by_mount = {}
    for line in Path("/proc/mounts").read_text().splitlines():
        _device, mount, kind, *_options = line.split()
        kinds_by_mount[Path(mount)] = kind
    folders = (path.resolve(), *path.resolve().parents)
    return next((kinds_by_mount[each] for each in folders if each in kinds_by_mount), "unknown")
