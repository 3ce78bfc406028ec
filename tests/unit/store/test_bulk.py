"""Bulk statements write what they are given, with few prepared statements."""

import sqlite3

import pytest

from rookery.store.bulk import MAX_ROWS, Bulk, _round_up

PAIRS = Bulk("pair", ("key", "value"), "ON CONFLICT (key) DO UPDATE SET value = excluded.value")


@pytest.mark.parametrize("count", (0, 1, 2, 8, 9, 33, MAX_ROWS, MAX_ROWS + 1, 3 * MAX_ROWS - 5))
def test_rows_are_written_once_each(count):
    """Whatever their number, all rows arrive, in order, and no filling with them."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE pair (key INTEGER, value TEXT, PRIMARY KEY (key))")
    rows = [(number, f"v{number}") for number in range(count)]
    for sql, parameters in PAIRS.statements(rows):
        connection.execute(sql, parameters)
    assert rows == connection.execute("SELECT * FROM pair ORDER BY rowid").fetchall()
    connection.close()


def test_statements_are_few():
    """Fewer than fifty texts serve every number of rows, and none is filled by over a quarter."""
    grid = [_round_up(rows) for rows in range(1, MAX_ROWS + 1)]
    assert len(set(grid)) < 50
    assert all(rows <= padded <= rows * 1.25 for rows, padded in enumerate(grid, start=1))
    assert max(grid) == MAX_ROWS


def test_conflict_clause_is_applied():
    """The upsert's clause decides what a second row of the same key does."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE pair (key INTEGER PRIMARY KEY, value TEXT)")
    for value in ("old", "new"):
        for sql, parameters in PAIRS.statements([(1, value)]):
            connection.execute(sql, parameters)
    assert connection.execute("SELECT * FROM pair").fetchall() == [(1, "new")]
    connection.close()
