"""A flood of wrong passwords: so many a second, whatever comes back.

    python bench/flood.py --port 6667 --rate 200 --seconds 5

A program of its own, so that it takes its turns beside the generator. Every guess is for another
connection, and each connection is given up before the server closes it. Prints one JSON line.
"""

import argparse
import asyncio
import contextlib
import json
import os
import time
from dataclasses import asdict, dataclass
from typing import Final

from asker import proof

VICTIM: Final = "victim"
PASSWORD: Final = "the-right-one"
CLIENTS: Final = 800
"""Each guesses anew after CLIENTS / rate seconds: longer than an answer takes in the queue."""
TRIES: Final = 8
"""Guesses of one connection; after some more a server closes it."""
NICENESS: Final = 5
"""The generator beside it, which measures, comes first."""


@dataclass(slots=True)
class Tally:
    """What has become of the guesses."""

    sent: int = 0
    wrong: int = 0
    """Looked at, and refused."""
    turned_away: int = 0
    """Not looked at, since too many wait."""
    failed: int = 0
    """Ended by the server; what is none of these still waited at the end."""


class Flood:
    """All clients of one flood; `run` it once."""

    def __init__(self, port: int, rate: float, seconds: float) -> None:
        self.tally = Tally()
        self._port, self._rate, self._seconds = port, rate, seconds
        self._began_s = 0.0

    async def run(self) -> None:
        """Guess for so long; who still waits for an answer then hangs up."""
        self._began_s = time.monotonic()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._seconds), asyncio.TaskGroup() as clients:
                for number in range(min(CLIENTS, int(self._rate * self._seconds))):
                    clients.create_task(self._client(number))

    async def _client(self, number: int) -> None:
        turns = range(number, int(self._rate * self._seconds), CLIENTS)
        for at in range(0, len(turns), TRIES):
            await self._connection(turns[at : at + TRIES])

    async def _connection(self, turns: range) -> None:
        await self._until(turns[0])
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(b"CAP REQ :sasl\r\n")
        await reader.readline()
        for turn in turns:
            await self._until(turn)
            self.tally.sent += 1
            try:
                answer = await _guess(reader, writer)
            except OSError:
                answer = b""
            self._note(answer)
        writer.close()

    async def _until(self, turn: int) -> None:
        await asyncio.sleep(max(0.0, self._began_s + turn / self._rate - time.monotonic()))

    def _note(self, answer: bytes) -> None:
        if b" 904 " not in answer:
            self.tally.failed += 1
        elif b"try again" in answer:
            self.tally.turned_away += 1
        else:
            self.tally.wrong += 1


async def _guess(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    writer.write(b"AUTHENTICATE PLAIN\r\n")
    await reader.readline()
    writer.write(f"AUTHENTICATE {proof(VICTIM, 'a-wrong-one')}\r\n".encode())
    return await reader.readline()


def main() -> None:
    """Run one flood and print what has become of it."""
    parser = argparse.ArgumentParser(description="Guess passwords.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=float, default=5)
    options = parser.parse_args()
    os.nice(NICENESS)
    flood = Flood(options.port, options.rate, options.seconds)
    asyncio.run(flood.run())
    print(json.dumps(asdict(flood.tally)))


if __name__ == "__main__":
    main()
