"""A bad wire between clients and a server: it splits, delays, cuts in mid-line, and goes dead.

What it does to a connection is drawn from `seed`, so that a run can be made again.
"""

import asyncio
import contextlib
import random
import socket
import struct
import threading
from enum import Enum, auto
from typing import NamedTuple

from tests.e2e.waits import END_S, START_S

READ_BYTES = 65_536
MAX_DELAY_S = 0.02
MEAN_BYTES_TO_SERVER = 5_000
"""About how much passes until the wire breaks; `MEAN_BYTES_TO_CLIENT` is the other direction."""
MEAN_BYTES_TO_CLIENT = 80_000
RESET = struct.pack("ii", 1, 0)


class End(Enum):
    """How a connection breaks."""

    RESET = auto()
    CLOSED = auto()
    DEAD = auto()
    """Nothing passes any more, and nobody is told."""


class Fate(NamedTuple):
    """What happens to one direction of a connection."""

    bytes_until_end: float
    end: End
    max_piece_bytes: int
    delay_s: float


HEALTHY = Fate(float("inf"), End.CLOSED, READ_BYTES, 0.0)


class Wire:
    """Forwards every connection to `target`; connect to `port`."""

    def __init__(self, target, seed):
        self.port = 0
        self.cut_count = 0
        self._target = target
        self._rng = random.Random(seed)
        self._is_bad = True
        self._loop = asyncio.new_event_loop()
        self._writers = set()
        self._tasks = set()
        is_listening = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(is_listening,), daemon=True)
        self._thread.start()
        assert is_listening.wait(START_S)

    def heal(self):
        """Break no connection any more that is not broken; those that are dead are closed."""
        self._loop.call_soon_threadsafe(self._heal)

    def go_dead(self):
        """Let nothing pass in any connection from now on, and tell nobody."""
        self._loop.call_soon_threadsafe(self._kill)

    def close(self):
        """End every connection."""
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(END_S)
        assert not self._thread.is_alive()

    def _run(self, is_listening):
        with contextlib.closing(self._loop):
            self._loop.run_until_complete(self._serve(is_listening))

    async def _serve(self, is_listening):
        self._stopping, self._dead_end = asyncio.Event(), asyncio.Event()
        self._dead = set()
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        is_listening.set()
        await self._stopping.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _heal(self):
        self._is_bad = False
        self._dead_end.set()

    def _kill(self):
        self._dead |= self._writers

    def _fate(self, mean_bytes):
        if not self._is_bad:
            return HEALTHY
        rng = self._rng
        end = rng.choices([*End], (4, 4, 1))[0]
        piece = rng.choice((3, 50, READ_BYTES, READ_BYTES))
        # In small pieces it takes long enough.
        delay_s = rng.choice((0.0, rng.uniform(0, MAX_DELAY_S))) if piece == READ_BYTES else 0.0
        return Fate(rng.expovariate(1 / mean_bytes), end, piece, delay_s)

    async def _carry(self, client_in, client_out):
        task = asyncio.current_task()
        self._tasks.add(task)
        try:
            server_in, server_out = await asyncio.open_connection("127.0.0.1", self._target)
            async with asyncio.TaskGroup() as group:
                fate = self._fate(MEAN_BYTES_TO_SERVER)
                group.create_task(self._forward(fate, client_in, server_out, client_out))
                fate = self._fate(MEAN_BYTES_TO_CLIENT)
                group.create_task(self._forward(fate, server_in, client_out, server_out))
        except* (OSError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            client_out.close()

    async def _forward(self, fate, source, sink, other):
        passed = 0
        self._writers.add(sink)
        try:
            while data := await source.read(READ_BYTES):
                for at in range(0, len(data), fate.max_piece_bytes):
                    piece = data[at : at + fate.max_piece_bytes]
                    room = max(0, fate.bytes_until_end - passed)
                    if sink in self._dead:
                        await self._dead_end.wait()
                        return
                    if len(piece) > room and self._is_bad:
                        sink.write(piece[: int(room)])
                        await self._break(fate.end, sink, other)
                        return
                    sink.write(piece)
                    await sink.drain()
                    passed += len(piece)
                    # The delay is the fault, not a wait for something.
                    await asyncio.sleep(fate.delay_s)
        finally:
            self._writers.discard(sink)
            sink.close()
            other.close()

    async def _break(self, end, sink, other):
        self.cut_count += 1
        if end is End.DEAD:
            self._dead |= {sink, other}
            await self._dead_end.wait()
        elif end is End.RESET:
            for writer in (sink, other):
                connection = writer.get_extra_info("socket")
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                writer.transport.abort()
