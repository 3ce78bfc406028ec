"""The reads use keys only: their cost is what they return, not what the database holds."""

import sqlite3

import pytest

from rookery.store import filing, queries
from rookery.store.migrate import migrate, migrations

VALUES = {
    "conversation": "#rook",
    "after": 0,
    "before": 9,
    "name": "ann",
    "above": 0,
    "upto": 9,
    "max_messages": 5,
    "max_names": 5,
    "max_candidates": 5,
    "max_tail": 5,
    "id": 3,
    "target": "#rook",
    "name_floor": 0,
    "sender": "",
    "match": "crow",
    "places": "[]",
    "account": "ann",
    "room": "#rook",
    "key": "ann",
}


def _plan_of(sql, parameters=VALUES):
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, migrations())
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)]
    connection.close()
    return plan


@pytest.mark.parametrize("sql", queries.HISTORY.values())
def test_history_is_a_range_of_one_key(sql):
    """A window is a range of ids within its conversation, in order without sorting."""
    plan = _plan_of(sql)
    assert "SEARCH filed USING PRIMARY KEY (conversation=? AND id>? AND id<?)" in plan
    assert "SEARCH message USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)" in plan
    assert not [step for step in plan if "TEMP B-TREE" in step]


@pytest.mark.parametrize(
    "sql",
    (
        queries.WELCOME,
        queries.MESSAGE,
        queries.CORRESPONDENTS,
        queries.RESENDS_OF,
        queries.SEAT_OF,
        queries.READ_MARKER_OF,
        queries.ACCOUNT_OF,
    ),
)
def test_nothing_is_scanned(sql):
    """No read walks through a table."""
    scans = [step for step in _plan_of(sql) if step.startswith("SCAN")]
    assert not [step for step in scans if "subq" not in step and "talk" not in step]


@pytest.mark.parametrize("sql", (queries.SEARCH, queries.SEARCH_SOME, queries.SEARCH_TAIL))
def test_search_reads_only_what_the_index_finds(sql):
    """A search walks through the index and what it was given, never through messages."""
    scans = [step for step in _plan_of(sql) if step.startswith("SCAN")]
    own = ("search_index VIRTUAL", "json_each", "place", "candidate", "CONSTANT", "message", "(sub")
    assert all(any(name in step for name in own) for step in scans)
    assert any(
        step.startswith("SEARCH message USING INTEGER PRIMARY KEY") for step in _plan_of(sql)
    )


@pytest.mark.parametrize("statement", filing.erase("[]"))
def test_erasing_walks_through_no_table(statement):
    """What is erased is found by its key in every table."""
    scans = [step for step in _plan_of(*statement) if step.startswith("SCAN")]
    assert all(step.startswith(("SCAN gone", "SCAN pair")) for step in scans)
