"""Processor time of the server's own code: real pumps, fake transports, no kernel, no generator.

    python bench/micro.py
    python bench/micro.py private-32 --durable --profile
    valgrind --tool=callgrind python bench/micro.py private-32 --rounds 1

For finding out what a change brings, on a machine that others use too: it prints the process's
microseconds (all threads, best of several rounds), which `bench/run.py` can only give with the
kernel's and the noise of a second process in them. No claim about speed rests on it.
"""

import argparse
import asyncio
import cProfile
import gc
import pstats
import tempfile
import time
from pathlib import Path

import uvloop

from rookery import config
from rookery.assembly import Assembly, assemble
from rookery.command.node import Node
from rookery.net.door import Door
from rookery.net.hall import Hall

PAIRS = 100
TEXT = "x" * 100
MESSAGES = 16_000
"""Few for each round: the best of many short rounds is what a busy machine blurs least."""
CONNECTIONS = 2_000
SCENARIOS = ("private-32", "private-1", "private-32-tags", "connect")


class Transport:
    """One connection's end in the server; what is written to it is only counted."""

    def __init__(self, hall: Hall) -> None:
        hall.admit("127.0.0.1")
        self.protocol = Door(hall, "127.0.0.1")
        self.written = 0
        self.protocol.connection_made(self)

    def write(self, data: bytes) -> None:
        """Count what would be sent."""
        self.written += len(data)

    def get_write_buffer_size(self) -> int:
        """Say that all has left."""
        return 0

    def get_extra_info(self, name: str) -> None:
        """Say that this is no TLS."""

    def is_closing(self) -> bool:
        """Say that it is open."""
        return False

    def set_protocol(self, protocol: asyncio.Protocol) -> None:
        """Let another protocol have what comes."""
        self.protocol = protocol

    def pause_reading(self) -> None:
        """Go on: the bench waits for each epoch anyway."""

    resume_reading = pause_reading


async def settled(node: Node) -> None:
    """Return when all that was said is stored and written."""
    done = asyncio.get_running_loop().create_future()
    node.epoch.after_commit(lambda: done.set_result(None))
    await done


async def at_home(node: Node) -> None:
    """Return when all have signed in and every mailbox is read."""
    await settled(node)
    while any(session.held is not None for session in node.sessions.values()):  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    await settled(node)


def join(hall: Hall, nick: str, caps: str) -> Transport:
    """Return the connection of somebody who signs in."""
    transport = Transport(hall)
    ask = f"CAP REQ :{caps}\r\nCAP END\r\n" if caps else ""
    transport.protocol.data_received(f"{ask}NICK {nick}\r\nUSER u 0 * :r\r\n".encode())
    return transport


async def private(parts: Assembly, window: int, caps: str) -> float:
    """Return microseconds for each private message."""
    hall, node = parts.hall, parts.node
    senders = [join(hall, f"s{number}", "") for number in range(PAIRS)]
    receivers = [join(hall, f"r{number}", caps) for number in range(PAIRS)]
    await at_home(node)
    reads = [f"PRIVMSG r{number} :{TEXT}\r\n".encode() * window for number in range(PAIRS)]
    turns = MESSAGES // (PAIRS * window)
    before, bytes_before = time.process_time(), receivers[0].written
    for _ in range(turns):
        for sender, data in zip(senders, reads, strict=True):
            sender.protocol.data_received(data)
        await settled(node)
    passed_s = time.process_time() - before
    assert receivers[0].written - bytes_before >= turns * window * len(TEXT), "all has arrived"
    return passed_s * 1e6 / (turns * window * PAIRS)


async def connect(parts: Assembly) -> float:
    """Return microseconds for each sign-in; half of a rush of them in one epoch."""
    before = time.process_time()
    for number in range(CONNECTIONS):
        join(parts.hall, f"n{number}", "")
        if number % 100 == 99:
            await at_home(parts.node)
    return (time.process_time() - before) * 1e6 / CONNECTIONS


async def measure(scenario: str, data: Path, *, durable: bool) -> float:
    """Return the microseconds of one round of a scenario on a server of its own."""
    flags = {"server.data": str(data), "server.is_ephemeral": not durable, "limits.enabled": False}
    loaded = config.load(flags, {}, None)
    parts = assemble(loaded.config, asyncio.get_running_loop())
    gc.collect()
    gc.freeze()
    try:
        if scenario == "connect":
            return await connect(parts)
        window = 1 if scenario == "private-1" else 32
        caps = "server-time message-tags" if scenario.endswith("tags") else ""
        return await private(parts, window, caps)
    finally:
        parts.close()


def run(scenario: str, options: argparse.Namespace) -> float:
    """Run one round in a fresh folder on a real disk; return its figure."""
    build = Path(__file__).parent / ".build"
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=build) as folder:
        return uvloop.run(measure(scenario, Path(folder) / "data", durable=options.durable))


def main() -> None:
    """Print the best of the rounds of each scenario."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("scenarios", nargs="*", default=SCENARIOS, metavar="scenario")
    parser.add_argument("--durable", action="store_true", help="store on disk, not in memory")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--profile", action="store_true", help="show where the time goes")
    options = parser.parse_args()
    for scenario in options.scenarios:
        if options.profile:
            profile = cProfile.Profile()
            profile.runcall(run, scenario, options)
            pstats.Stats(profile).sort_stats("tottime").print_stats(35)
            continue
        figures = [run(scenario, options) for _ in range(options.rounds)]
        print(f"{scenario:16} {min(figures):7.2f} us", flush=True)


if __name__ == "__main__":
    main()
