"""What is filed behind is the same for every history, and after every end."""

# ruff: noqa: S608 - the names are of this file

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rookery.errors import StoreUnavailableError
from rookery.store import filing
from rookery.store.base import Batch, Redaction
from rookery.store.envelopes import Envelopes
from rookery.store.sqlite import DATABASE_NAME, SqliteStore
from rookery.store.tail import Tail

_NAMES = st.sampled_from(("ann", "bob", "cid"))
_COMMANDS = st.sampled_from(("PRIVMSG", "PRIVMSG", "NOTICE", "TAGMSG", "JOIN"))
_ACCOUNTS = st.sampled_from(("", "ann", "PRIVMSG", "NOTICE"))
_MESSAGES = st.lists(
    st.tuples(_NAMES, st.one_of(st.just("#rook"), _NAMES), _COMMANDS, _ACCOUNTS), max_size=6
)
_STEPS = ("go on", "tidy", "redact", "kill", "fail")
_TABLES = {
    "filed": """
        SELECT conversation, id FROM message WHERE command IN ('PRIVMSG', 'NOTICE') ORDER BY 1, 2
    """,
    "filed_event": """
        SELECT conversation, id FROM message WHERE command NOT IN ('PRIVMSG', 'NOTICE')
        ORDER BY 1, 2
    """,
    "correspondence": """
        SELECT name, peer, conversation, max(id), max(received_id) FROM (
            SELECT recipient AS name, sender AS peer, conversation, id, id AS received_id, command
            FROM message WHERE recipient <> ''
            UNION ALL
            SELECT sender, recipient, conversation, id, 0, command
            FROM message WHERE recipient <> ''
        ) WHERE command IN ('PRIVMSG', 'NOTICE') GROUP BY name, peer ORDER BY 1, 2
    """,
}
"""What each table must hold, found out from the messages alone."""


def _opened(data):
    store = SqliteStore.open(data)
    store.load()
    return store


def _copied(data, copy):
    """Return a store that starts with what a kill would have left in `data`."""
    copy.mkdir(mode=0o700)
    for path in data.glob(f"{DATABASE_NAME}*"):
        shutil.copy(path, copy)
    return _opened(copy)


def _as_it_should_be(store):
    connection = store._writer.connection
    for table, wanted in _TABLES.items():
        rows = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        assert connection.execute(wanted).fetchall() == rows, table


def _message(make, number, sender, addressee, command, account):
    if addressee == "#rook":
        said = make.message(number, addressee, sender)
    else:
        said = make.private(number, sender, addressee)
    return said._replace(command=command, account=account)


@settings(max_examples=30)  # each opens databases of its own
@given(st.lists(st.tuples(st.sampled_from(_STEPS), _MESSAGES)))
def test_filed_is_what_was_said(make, story):
    """Whatever is committed, refused, tidied and cut off, all tables say the same in the end."""
    number = 0
    with ExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory()))
        data = folder / "0"
        store = _opened(data)
        ending.callback(store.close)
        for step, (then, batch) in enumerate(story, start=1):
            rows = [_message(make, number + place, *one) for place, one in enumerate(batch, 1)]
            number += len(rows)
            if then == "fail" and rows:
                with pytest.raises(StoreUnavailableError):
                    store.commit(Batch(messages=[*rows, rows[-1]]))
                continue
            # To take back a message, all is filed first, with the batch's own messages.
            redactions = [Redaction("#rook", 0)] if then == "redact" else []
            store.commit(Batch(messages=rows, redactions=redactions))
            if then == "tidy":
                store.tidy()
            if then == "kill":
                store, data = _copied(data, folder / f"{step}"), folder / f"{step}"
                ending.callback(store.close)
        store._file_tail()
        _as_it_should_be(store)


def test_talk_alone_costs_no_pass_for_events(make):
    """The rows are looked through for events only where one is among them."""
    tail, said = Tail(), make.message(1, "#rook", "ann")._replace(account="ann")
    for command, passes in (("PRIVMSG", 0), ("JOIN", 1)):
        sealed = Envelopes().seal([said._replace(command=command)])
        filed = [sql for sql, _ in tail.filing(sealed.last_ids)]
        assert filed.count(filing.FILE_EVENTS) == passes
