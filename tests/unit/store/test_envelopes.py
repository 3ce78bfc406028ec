"""Messages come out as they went in, whatever is known of their envelopes."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rookery.core.events import Said
from rookery.store.envelopes import OPEN, Envelopes

_WORDS = st.sampled_from(("", "ann", "bob", "#rook", "grüße", "PRIVMSG", "a'b"))
_BATCHES = st.lists(
    st.tuples(st.lists(st.tuples(*(_WORDS,) * 10), max_size=12), st.booleans()), max_size=6
)


def _opened():
    """Return a database in memory that holds messages, for the length of a `with`."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(OPEN)
    columns = ", ".join(f"{name} TEXT NOT NULL" for name in Said._fields[1:])
    connection.execute(f"CREATE TABLE message (id INTEGER PRIMARY KEY, {columns}) STRICT")
    return closing(connection)


def _write(connection, sealed):
    for sql, parameters in sealed.statements:
        connection.execute(sql, parameters)


def _said(number, sender="ann"):
    return Said(number, "#rook", sender, "", "ann!a@h", "", "PRIVMSG", "#rook", "hi", "", "")


@given(_BATCHES, st.integers(1, 9))
def test_what_goes_in_comes_out(batches, max_envelopes):
    """All that was committed is there, field by field, whatever failed and was forgotten before."""
    envelopes, number, expected = Envelopes(max_envelopes), 0, []
    with _opened() as connection:
        for rows, is_stored in batches:
            messages = [Said(number + place, *row) for place, row in enumerate(rows)]
            number += len(rows)
            sealed = envelopes.seal(messages)
            connection.execute("BEGIN")
            _write(connection, sealed)
            if is_stored:
                connection.execute("COMMIT")
                envelopes.learn(sealed)
                expected += messages
            else:
                connection.execute("ROLLBACK")
        assert expected == [*map(Said._make, connection.execute("SELECT * FROM message"))]


def test_what_is_known_is_not_entered_again():
    """A batch whose envelopes are all known is one statement, and so needs no transaction."""
    envelopes = Envelopes()
    with _opened() as connection:
        for number, statements in ((1, 2), (2, 1), (3, 1)):
            sealed = envelopes.seal([_said(number)])
            _write(connection, sealed)
            envelopes.learn(sealed)
            assert statements == len(sealed.statements)


def test_last_ids():
    """Each envelope is told with its last message, also where others stand between."""
    sealed = Envelopes().seal([_said(1), _said(2, "bob"), _said(3), _said(4, "bob"), _said(5)])
    assert {_said(0)[1:8]: 5, _said(0, "bob")[1:8]: 4} == sealed.last_ids


def test_nothing_to_seal():
    """Without messages there is nothing to write."""
    assert Envelopes().seal([]).statements == []


def test_an_envelope_that_the_connection_does_not_have():
    """A message whose envelope is gone is refused, and not left out in silence."""
    envelopes = Envelopes()
    envelopes.learn(envelopes.seal([_said(1)]))
    with _opened() as connection, pytest.raises(sqlite3.IntegrityError):
        _write(connection, envelopes.seal([_said(2)]))
