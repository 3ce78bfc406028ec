"""Events beside talk, single messages, windows around one, correspondents, redaction, export."""

import pytest

from rookery.store.base import AccountRow, Batch, Redaction

ALL = 1 << 62


def _ids(messages):
    return [message.id for message in messages]


@pytest.fixture(params=[False, True], ids=["tail", "filed"])
def settle(request, make):
    """Return what lets the store do what waits, or does nothing."""
    return make.settle if request.param else lambda _: None


def test_events_are_history_but_no_talk(store, make, settle):
    """Everything is played back in order; talk alone is PRIVMSG and NOTICE, and counted so."""
    commands = ["JOIN", "PRIVMSG", "MODE", "NOTICE", "TAGMSG", "QUIT", "PRIVMSG", "NICK"]
    events = [make.event(number, command) for number, command in enumerate(commands, 1)]
    store.commit(make.batch(*events))
    settle(store)
    assert events == store.history("#rook", 0, ALL, 99, newest=True)
    assert _ids(store.history("#rook", 0, ALL, 2, newest=True)) == [7, 8]
    assert _ids(store.history("#rook", 0, ALL, 9, newest=False, talk_only=True)) == [2, 4, 7]
    assert _ids(store.history("#rook", 0, ALL, 2, newest=True, talk_only=True)) == [4, 7]
    assert _ids(store.history("#rook", 2, 7, 9, newest=True, talk_only=True)) == [4]


def test_events_are_not_mail(store, make, settle):
    """A mailbox owes what was said, not the tags of it."""
    tags = make.private(1, "bob", "ann")._replace(command="TAGMSG")
    store.commit(make.batch(tags, make.private(2, "bob", "ann")))
    settle(store)
    assert _ids(store.welcome("ann", 0, ALL, 9).messages) == [2]


def test_lines_of_one_message_stay_together(store, make, settle):
    """A text of several lines is one message, with its line feeds and blanks."""
    text = "one\n\n  two \n\u2028three\n"
    store.commit(make.batch(make.message(1, text=text)))
    settle(store)
    assert store.message("#rook", 1).text == text
    assert _ids(store.search(make.search("three one", ["#rook"]))) == [1]


def test_single_message(store, make, settle):
    """A message is found in its own conversation only."""
    said = make.message(5)
    store.commit(make.batch(said, make.message(6, "#other")))
    settle(store)
    assert said == store.message("#rook", 5)
    assert (store.message("#rook", 6), store.message("#rook", 4)) == (None, None)


@pytest.mark.parametrize(
    ("middle", "limit", "expected"),
    (
        (5, 5, [3, 4, 5, 6, 7]),
        (5, 4, [3, 4, 5, 6]),
        (5, 1, [5]),
        (1, 4, [1, 2, 3, 4]),
        (9, 4, [6, 7, 8, 9]),
        (5, 99, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (50, 3, [7, 8, 9]),
        (0, 2, [1, 2]),
    ),
)
def test_window_around(store, make, settle, middle, limit, expected):
    """The message is in the middle, unless one side has too few; it need not exist."""
    store.commit(make.batch(*[make.message(number) for number in range(1, 10)]))
    settle(store)
    assert expected == _ids(store.around("#rook", middle, limit))


def test_correspondents(store, make, settle):
    """Whom one has talked with, by the last message of each, whoever said it."""
    store.commit(
        make.batch(
            make.private(1, "ann", "bob"),
            make.private(2, "cid", "ann"),
            make.private(3, "bob", "cid"),
            make.private(4, "ann", "ann"),
            make.private(5, "bob", "ann"),
            make.private(6, "dan", "ann")._replace(command="TAGMSG"),
            make.message(7),
        )
    )
    settle(store)
    store.commit(make.batch(make.private(8, "ann", "cid")))
    assert store.correspondents("ann", 0, ALL, 9) == [("ann", 4), ("bob", 5), ("cid", 8)]
    assert store.correspondents("ann", 0, ALL, 2) == [("ann", 4), ("bob", 5)]
    assert store.correspondents("ann", 4, 8, 9) == [("bob", 5)]
    assert store.correspondents("dan", 0, ALL, 9) == []


def test_latest(store, make, settle):
    """The last message of each room that has one; events do not count."""
    store.commit(make.batch(make.message(1), make.message(2, "#nest"), make.event(3, "PART")))
    settle(store)
    assert store.latest(["#rook", "#nest", "#none"]) == {"#rook": 1, "#nest": 2}
    store.commit(make.batch(make.message(4)))
    assert store.latest(["#rook"]) == {"#rook": 4}
    assert store.latest([]) == {}


def test_redacted_message_is_gone_from_everywhere(store, make, settle):
    """Nothing finds it again: history, mailbox, search, export, correspondents."""
    store.commit(Batch(accounts={"ann": AccountRow("ann", "ann", 0, "", "")}))
    store.commit(
        make.batch(
            make.private(1, "bob", "ann", "early crow"), make.private(2, "bob", "ann", "late crow")
        )
    )
    settle(store)
    store.commit(Batch(redactions=[Redaction("ann,bob", 2)]))
    settle(store)
    asked = make.search("crow", name="ann")
    assert store.message("ann,bob", 2) is None
    assert _ids(store.history("ann,bob", 0, ALL, 9, newest=True)) == [1]
    assert _ids(store.welcome("ann", 0, ALL, 9).messages) == [1]
    assert _ids(store.search(asked)) == [1]
    assert _ids(store.export("ann", 0, 9)) == [1]
    assert store.correspondents("ann", 0, ALL, 9) == [("bob", 1)]
    store.commit(Batch(redactions=[Redaction("ann,bob", 1)]))
    assert store.correspondents("ann", 0, ALL, 9) == []
    assert store.load().last_id == 2


def test_redaction_names_the_right_conversation(store, make, settle):
    """An id of another conversation is left alone; so is one that does not exist."""
    store.commit(make.batch(make.message(1), make.event(2, "TAGMSG"), make.message(3, "#nest")))
    settle(store)
    store.commit(Batch(redactions=[Redaction("#rook", 3), Redaction("#rook", 9)]))
    assert _ids(store.history("#nest", 0, ALL, 9, newest=True)) == [3]
    store.commit(Batch(redactions=[Redaction("#rook", 2)]))
    assert _ids(store.history("#rook", 0, ALL, 9, newest=True)) == [1]


def test_message_and_its_redaction_in_one_batch(store, make):
    """What is said and redacted before it is stored leaves only the event of it."""
    batch = make.batch(make.message(1), make.event(2, "REDACT", "1 :oops"))
    batch.redactions.append(Redaction("#rook", 1))
    store.commit(batch)
    assert _ids(store.history("#rook", 0, ALL, 9, newest=True)) == [2]


def test_export_is_all_that_was_sent_and_received(store, make, settle):
    """By the account whatever its nick, and private messages to it; page by page."""
    store.commit(Batch(accounts={"ann": AccountRow("ann", "Ann", 0, "", "")}))
    store.commit(
        make.batch(
            make.message(1, sender="annie")._replace(account="Ann"),
            make.message(2, sender="ann")._replace(account=""),
            make.private(3, "bob", "ann"),
            make.private(4, "bob", "cid"),
            make.event(5, "TOPIC", ":x")._replace(account="Ann"),
        )
    )
    settle(store)
    assert _ids(store.export("ann", 0, 2)) == [1, 3]
    assert _ids(store.export("ann", 3, 2)) == [5]
    assert store.export("ann", 5, 2) == []
    assert store.export("eve", 0, 2) == []
