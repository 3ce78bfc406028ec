"""The large database that history and search are measured on: ten million messages.

python bench/archive.py --rows 10000000

It is written by the store's own statements, in larger pieces and without a sync for each, and kept
in `bench/.build/archive-ROWS` until the schema or what is in it changes.
"""

import argparse
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Final

import corpus
from servers import BUILD

from rookery.core.clock import COUNTER_BITS, EPOCH_MS
from rookery.passwords import Argon2Passwords
from rookery.settings import Config
from rookery.store import envelopes, filing, writing
from rookery.store.base import AccountRow, Batch, MailboxRow
from rookery.store.bulk import Statement
from rookery.store.connection import connect_writer
from rookery.store.migrate import migrate, migrations
from rookery.store.sqlite import DATABASE_NAME
from rookery.store.tail import Tail

ROWS: Final = 10_000_000
READERS: Final = 4
"""How many people of the archive have an account; they are those who talk most in private."""
PASSWORD: Final = "measured-here"
SPAN_DAYS: Final = 365
_CHUNK_ROWS: Final = 50_000
"""Rows in one transaction; the search index gets a segment for each at least."""
_FORM: Final = 1
"""Number it anew when other rows are made of the same seed."""
_READ_BYTES: Final = 1 << 22
_MS_PER_DAY: Final = 86_400_000


def folder_of(rows: int) -> Path:
    """Return where an archive of so many rows stands."""
    return BUILD / f"archive-{rows}"


def ready(rows: int) -> Path:
    """Return the data folder of an archive of so many rows; make it where it is missing or old."""
    folder = folder_of(rows)
    label = folder / "label.json"
    wanted = {"rows": rows, "form": _FORM, "schema": migrations()[-1].version}
    if label.exists() and json.loads(label.read_text()) == wanted:
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    os.close(os.open(folder / DATABASE_NAME, os.O_CREAT | os.O_RDWR, 0o600))
    _make(folder / DATABASE_NAME, rows)
    label.write_text(json.dumps(wanted))
    return folder


def read_through(folder: Path) -> None:
    """Read the database once, so that the system's page cache holds what fits.

    Some systems take back what was not read for a while, though they have room: then the times
    were those of the disk.
    """
    with (folder / DATABASE_NAME).open("rb", buffering=0) as database:
        while database.read(_READ_BYTES):
            pass


def _make(path: Path, rows: int) -> None:
    with closing(connect_writer(path)) as connection:
        migrate(connection, migrations())
        # Nothing need be saved from a making that is cut off: no label, and it begins anew.
        connection.executescript("""
            PRAGMA locking_mode = EXCLUSIVE;
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            PRAGMA cache_size = -4000000;
            PRAGMA secure_delete = OFF;
        """)
        started_s = time.monotonic()
        last_id = _write_messages(connection, rows, started_s)
        _execute(connection, writing.rows_of(_people(last_id)))
        connection.executescript("PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL;")


def _write_messages(connection: sqlite3.Connection, rows: int, started_s: float) -> int:
    """Write, file and index all messages; return the last id."""
    drawn = corpus.begin(seed=1)
    connection.execute(envelopes.OPEN)
    known, tail = envelopes.Envelopes(), Tail()
    # SQLite works without the interpreter's lock: the next rows are drawn in the meantime.
    with ThreadPoolExecutor(1) as drawing:
        ids = _ids(rows)
        pieces = [ids[start : start + _CHUNK_ROWS] for start in range(0, rows, _CHUNK_ROWS)]
        waiting = drawing.submit(drawn.rows, pieces[0])
        for place, piece in enumerate(pieces):
            messages = waiting.result()
            if place + 1 < len(pieces):
                waiting = drawing.submit(drawn.rows, pieces[place + 1])
            connection.execute("BEGIN")
            sealed = known.seal(messages)
            _execute(connection, sealed.statements)
            _execute(connection, tail.filing(sealed.last_ids))
            _execute(connection, [(sql, [piece[-1]]) for sql in filing.INDEX_SLICE])
            connection.execute("COMMIT")
            known.learn(sealed)
            _say(place * _CHUNK_ROWS + len(piece), rows, started_s)
    return ids[-1]


def _ids(rows: int) -> list[int]:
    """Return ids in order that end a day ago."""
    end_ms = time.time_ns() // 1_000_000 - _MS_PER_DAY - EPOCH_MS
    step_ms = SPAN_DAYS * _MS_PER_DAY / rows
    return [round(end_ms - (rows - each) * step_ms) << COUNTER_BITS for each in range(rows)]


def _execute(connection: sqlite3.Connection, statements: Iterable[Statement]) -> None:
    for sql, parameters in statements:
        connection.execute(sql, parameters)


def _people(last_id: int) -> Batch:
    """Return the accounts of the readers, and that everybody has received everything."""
    costs = Config().accounts
    hashed, verifier = Argon2Passwords(costs.hash_time_cost, costs.hash_memory_kib).hash(PASSWORD)
    names = [corpus.person(number) for number in range(corpus.PEOPLE)]
    return Batch(
        accounts={
            name: AccountRow(name, name, EPOCH_MS, hashed, verifier) for name in names[:READERS]
        },
        mailboxes={name: MailboxRow(name, last_id, EPOCH_MS) for name in names},
    )


def _say(done: int, rows: int, started_s: float) -> None:
    took_s = time.monotonic() - started_s
    if sys.stderr.isatty() or done == rows:
        end = "\n" if done == rows else "\r"
        print(f"archive: {done:,} of {rows:,} messages, {took_s:.0f} s", end=end, file=sys.stderr)


def main() -> None:
    """Make the archive, or say where it is."""
    parser = argparse.ArgumentParser(description="Make the database of `make record`.")
    parser.add_argument("--rows", type=int, default=ROWS)
    print(ready(parser.parse_args().rows))


if __name__ == "__main__":
    main()
