"""The disk is full, or the database is held by another program, in the middle of talk."""

import contextlib
import sqlite3
import tempfile
import time

import pytest
from tests.chaos.audit import CONFIG, check
from tests.chaos.small_disk import kinds
from tests.e2e.waits import SEEN_S

BUSY_S = 5
"""How long the server waits for a database that another program holds (`_BUSY_MS`)."""
QUIET_TURNS = 10


def pytest_generate_tests(metafunc):
    """Fill the disk in all ways that can be had here."""
    if "kind" in metafunc.fixturenames:
        with tempfile.TemporaryDirectory() as folder:
            metafunc.parametrize("kind", kinds(folder), ids=lambda kind: kind.__name__)


def is_refusing(talking, count):
    """Return what is true when so many more messages have been refused."""
    wanted = len(talking.book.refused) + count
    return lambda: len(talking.book.refused) >= wanted


def test_full_disk(server, crowd, irc, times, kind):
    """Each message is stored, or its sender is told that it is not; with room, all goes on."""
    with contextlib.closing(kind(server)) as disk:
        server.start("--no-limits", config=CONFIG)
        talking = crowd(server.port, "full")
        for _ in range(times):
            talking.run_echoes(100)
            disk.fill()
            talking.run_until(is_refusing(talking, 50), SEEN_S, "refusals")
            irc(server.port).sign_in("visitor").close()
            disk.free()
        talking.run_echoes(100)
        check(server, talking)
        assert {code for code, _ in talking.book.refused} == {"STORE_UNAVAILABLE"}


def test_killed_while_the_disk_is_full(server, crowd, kind):
    """A kill while the disk is full loses nothing either."""
    with contextlib.closing(kind(server)) as disk:
        server.start("--no-limits", config=CONFIG)
        talking = crowd(server.port, "full and killed")
        talking.run_echoes(100)
        disk.fill()
        talking.run_until(is_refusing(talking, 50), SEEN_S, "refusals")
        server.kill()
        if kind.__name__ == "SmallTmpfs":
            disk.free()
        server.start_again()
        talking.run_echoes(100)
        check(server, talking)


@contextlib.contextmanager
def held(server):
    """Hold the database's write lock, as a careless program would."""
    file = server.data / "rookery.db"
    with contextlib.closing(sqlite3.connect(file, timeout=SEEN_S)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


def test_database_held_for_a_moment(server, crowd):
    """Everybody waits, nobody is refused, and all goes on."""
    server.start("--no-limits", config=CONFIG)
    talking = crowd(server.port, "held")
    talking.run_echoes(100)
    since_s = time.monotonic()
    with held(server):
        talking.run_until(lambda: talking.quiet_turns >= QUIET_TURNS, SEEN_S, "silence")
    was_a_moment = time.monotonic() - since_s < BUSY_S
    talking.run_echoes(100)
    check(server, talking)
    assert talking.book.refused == [] or not was_a_moment


def test_database_held_for_long(server, crowd):
    """Senders are told that their messages were not stored; once it is free, all goes on."""
    server.start("--no-limits", config=CONFIG)
    talking = crowd(server.port, "held long")
    talking.run_echoes(100)
    with held(server):
        talking.run_until(is_refusing(talking, 10), BUSY_S + SEEN_S, "refusals")
    talking.run_echoes(100)
    check(server, talking)


def spoil_header(path):
    """Write something else over the first page."""
    with path.open("r+b") as file:
        file.write(b"not a database" * 300)


def spoil_accounts(path):
    """Write something else over the page on which the accounts begin."""
    with contextlib.closing(sqlite3.connect(path)) as other:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'account'"
        (root,) = other.execute(query).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)


def cut_off(path):
    """Lose the second half of the file."""
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 // 4096 * 4096)


@pytest.mark.parametrize(
    "spoil", (spoil_header, spoil_accounts, cut_off), ids=lambda spoil: spoil.__name__
)
def test_damaged_database(server, crowd, spoil):
    """A server does not start on a damaged database: one sentence says so, and what to do."""
    server.start("--no-limits", config=CONFIG)
    talking = crowd(server.port, "damaged")
    talking.run_echoes(100)
    assert server.stop() == 0
    spoil(server.data / "rookery.db")
    server.launch()
    said = server.log.rest()
    assert server.process.wait() != 0
    assert "is damaged" in said
    assert ".recover" in said
    assert "Traceback" not in said
