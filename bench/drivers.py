"""How each kind of scenario is run: against a server that was just started, to one result row.

A row names in `phase` how the run ended, and in the keys of `report.faults` what went wrong in it.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import archive
import flood
import generator
import machine
import reading
import replay
from asker import Asker
from figures import Row
from scenarios import CHAT_MEMBERS, CHAT_RATE, FLOOD_RATE, STARTS_PER_RUN, Scenario
from servers import BENCH, SETTLE_S, RunningServer, Server, rookery_on, running, with_settings

READING_S: Final = 4.0
CHAT_SENDERS: Final = 4
CHAT: Final = (
    *("fanout", "--members", f"{CHAT_MEMBERS}", "--senders", f"{CHAT_SENDERS}"),
    *("--rate", f"{CHAT_RATE}"),
)
CHAT_LEAD_S: Final = 2.0
"""How much longer the chat goes on than what it stands beside: for signing in and joining."""
FAULTS_OF_LOAD: Final = (
    "lost",
    "dup",
    "gaps",
    "foreign",
    "disconnects",
    "error_lines",
    "err_numerics",
)
FLOOD_S: Final = 4
FLOOD_LEAD_S: Final = 0.5
"""From the flood's first guess until all hashing threads are busy."""
LEAST_FLOOD: Final = 0.9
"""A flood of fewer guesses than this share of those due is none."""
_CALM_S: Final = 0.2
_CALM_SHARE: Final = 0.1
_CALM_TIMEOUT_S: Final = 20.0


@dataclass(frozen=True, slots=True)
class Run:
    """What a round asks of each of its scenarios."""

    round: int
    connections: int
    """As many as the files allow."""
    archive_rows: int
    is_quickack: bool = False


def drive(server: Server, scenario: Scenario, run: Run) -> Row:
    """Run this scenario once. Raises what `running` and the generator raise."""
    return _DRIVERS[scenario.driver](server, scenario, run)


def _load(server: Server, scenario: Scenario, run: Run) -> Row:
    with running(server.command) as started:
        time.sleep(SETTLE_S)
        arguments = [*scenario.arguments, *(["--quickack"] if run.is_quickack else [])]
        if scenario.arguments[0] == "connect":
            arguments += ["--clients", f"{run.connections}"]
        if server.delays_small_writes and scenario.messages_if_delayed and not run.is_quickack:
            arguments += ["--msgs", scenario.messages_if_delayed]
        return generator.load(server, started, arguments)


def _start(server: Server, _: Scenario, __: Run) -> Row:
    starts_ms = []
    for _number in range(STARTS_PER_RUN):
        with running(server.command) as started:
            starts_ms.append(started.start_ms)
    return {"phase": "done", "start_ms": statistics.median(starts_ms), "starts_ms": starts_ms}


def _reading(server: Server, scenario: Scenario, run: Run) -> Row:
    data = archive.ready(run.archive_rows)
    archive.read_through(data)
    with running(partial(rookery_on, data)) as started:
        time.sleep(SETTLE_S)
        messages = f"{round((READING_S + CHAT_LEAD_S) * CHAT_RATE / CHAT_SENDERS)}"
        with generator.started(server, started, [*CHAT, "--msgs", messages]) as chat:
            time.sleep(SETTLE_S)
            with machine.measuring():
                asked = reading.measure(scenario.name, started.port, READING_S, run.round, data)
            room = generator.result_of(chat)
    # What the room lost counts against the reading: both are one server's work.
    faults = _sum_of_faults([room])
    faults["last_error"] = "; ".join(filter(None, (faults["last_error"], asked["last_error"])))
    about = {"archive_rows": run.archive_rows, "room_p99_ms": room["p99_us"] / 1e3}
    return asked | faults | about


def _replay(server: Server, _: Scenario, __: Run) -> Row:
    with running(server.command) as started:
        time.sleep(SETTLE_S)
        with machine.measuring():
            return {"phase": "done"} | replay.measure(started.port, started.pid)


def _flood(server: Server, _: Scenario, run: Run) -> Row:
    """Measure the room alone and under the flood, on one server, another first each round."""
    with running(with_settings(server.command, _NO_WAITING)) as started:
        time.sleep(SETTLE_S)
        with Asker(started.port) as victim:
            victim.sign_in(flood.VICTIM)
            victim.register(flood.PASSWORD)
        order = ("alone", "flooded") if run.round % 2 else ("flooded", "alone")
        rows = {half: _flood_half(half, server, started) for half in order}
    row = _sum_of_faults([*rows.values()])
    for half, of_half in rows.items():
        row[f"{half}_p50_ms"] = of_half["p50_us"] / 1e3
        row[f"{half}_p99_ms"] = of_half["p99_us"] / 1e3
    row["flood_ratio"] = row["flooded_p99_ms"] / row["alone_p99_ms"]
    return row | rows["flooded"]["flood"]


# Guesses at many accounts from many addresses: every one of them must be looked at. From one
# address, or at one account, the server lets them wait before it looks.
_NO_WAITING: Final = {
    "ROOKERY_ACCOUNTS_TRIES_PER_ADDRESS": "0",
    "ROOKERY_ACCOUNTS_TRIES_PER_ACCOUNT": "0",
}


def _flood_half(half: str, server: Server, started: RunningServer) -> Row:
    _wait_until_calm(started.pid)
    arguments = [*CHAT, "--msgs", f"{FLOOD_S * CHAT_RATE // CHAT_SENDERS}"]
    arguments += ["--nick", half[0], "--chan", f"#{half}"]
    if half == "alone":
        return generator.load(server, started, arguments)
    seconds = FLOOD_LEAD_S + FLOOD_S
    command = [sys.executable, f"{BENCH / 'flood.py'}", "--port", f"{started.port}"]
    command += ["--rate", f"{FLOOD_RATE}", "--seconds", f"{seconds}"]
    with machine.pinned_to(machine.GENERATOR_CPU):
        guessing = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        time.sleep(FLOOD_LEAD_S)
        row = generator.load(server, started, arguments)
        tally = json.loads(guessing.communicate(timeout=generator.PROCESS_TIMEOUT_S)[0])
    finally:
        guessing.kill()
        guessing.wait()
    is_short = tally["sent"] - tally["failed"] < LEAST_FLOOD * FLOOD_RATE * seconds
    row["flood"] = {
        "guesses_per_s": tally["wrong"] / seconds,
        "turned_away_per_s": tally["turned_away"] / seconds,
        "flood_short": int(is_short),
    }
    return row


def _wait_until_calm(pid: int) -> None:
    """Wait until the server has worked off what an earlier half has left."""
    until_s = time.monotonic() + _CALM_TIMEOUT_S
    while time.monotonic() < until_s:
        before_s = machine.cpu_s(pid)
        time.sleep(_CALM_S)
        if machine.cpu_s(pid) - before_s < _CALM_S * _CALM_SHARE:
            return


def _sum_of_faults(rows: list[Row]) -> Row:
    """Return one row with the faults of all."""
    ended = [row["phase"] for row in rows if row["phase"] != "done"]
    counted = {key: sum(row[key] for row in rows) for key in FAULTS_OF_LOAD}
    errors = [row["last_error"] for row in rows if row["last_error"]]
    return {"phase": (ended or ["done"])[0], "last_error": "; ".join(errors), **counted}


_DRIVERS: Final[dict[str, Callable[[Server, Scenario, Run], Row]]] = {
    "load": _load,
    "start": _start,
    "reading": _reading,
    "replay": _replay,
    "flood": _flood,
}
