"""The reads use keys only: their cost is what they return, not what the database holds."""

import sqlite3

import pytest

from rookery.store import queries
from rookery.store.migrate import migrate, migrations

VALUES = {
    "conversation": "#rook",
    "after": 0,
    "before": 9,
    "name": "ann",
    "above": 0,
    "upto": 9,
    "max_messages": 5,
    "account": "ann",
    "room": "#rook",
    "key": "ann",
}


def _plan_of(sql):
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, migrations())
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", VALUES)]
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
    "sql", (queries.WELCOME, queries.RESENDS_OF, queries.SEAT_OF, queries.ACCOUNT_OF)
)
def test_nothing_is_scanned(sql):
    """No read walks through a table."""
    assert not [step for step in _plan_of(sql) if step.startswith("SCAN") and "subq" not in step]
