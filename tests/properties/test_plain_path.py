"""The plain path says what the full path says: two servers, one of which never takes it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties.town import PEOPLE, Town

from rookery.command.route import MAX_RUN

TARGETS = ("ann", "bob", "Bob", "eve", "dan", "#a", "nobody", "ann,bob")
TEXTS = (b"hi", "grüße".encode(), b" :x", b"\x01ACTION sits\x01", b"", b"a\0b", b"a\rb", b"\xff")
LINES = (
    "AWAY :gone",
    "MODE {} +R",
    "MODE {} +B",
    "NICK dan",
    "@label=l PRIVMSG bob :labelled",
    "AWAY",
    "MODE {} -R",
    "MODE {} -B",
    "MODE {} +i",
    "NICK {}",
    "ACCEPT bob",
    "ACCEPT -bob",
    "CAP REQ echo-message",
    "CAP REQ -echo-message",
    "CAP REQ :server-time message-tags",
    "CAP REQ account-tag",
    "CAP REQ -message-tags",
    "CAP REQ labeled-response",
    "@+typing=active TAGMSG bob",
    "@+draft/reply=1 PRIVMSG bob :tagged",
    "PRIVMSG bob word",
    "JOIN #a",
    "PART #a",
    "PING x",
    "QUIT :bye",
)

_pairs = st.sampled_from((("ann", "bob"), ("ann", "eve"), ("eve", "eve"), ("eve", "bob")))


@st.composite
def _stories(draw):
    """Return acts that are mostly about one person who writes to another."""
    speaker, hearer = draw(_pairs)
    people = st.sampled_from((speaker, hearer, hearer, *PEOPLE))
    texts = st.lists(st.sampled_from((TEXTS[0], *TEXTS)), min_size=1, max_size=3)
    more = st.tuples(st.just(hearer), texts)
    other = st.tuples(st.sampled_from(TARGETS), texts)
    talk = st.tuples(st.just("talk"), st.just(speaker), st.lists(st.one_of(more, more, other)))
    line = st.tuples(st.just("line"), people, st.sampled_from((*LINES[:5], *LINES)))
    held = st.sampled_from(("disk.is_held", "disk.is_full", "readers.is_held"))
    rest = st.one_of(
        st.tuples(st.sampled_from(("turn", "pass")), st.just(""), st.just("")),
        st.tuples(st.just("lost"), people, st.just("")),
        st.tuples(held, st.just(""), st.booleans()),
    )
    return draw(st.lists(st.one_of(talk, talk, talk, line, line, rest), min_size=10, max_size=30))


def _outcomes(*acts):
    """Return what comes of the acts where routes are taken, and where none is."""
    towns = Town("PRIVMSG"), Town("privmsg")
    for town in towns:
        for act in acts:
            town.does(*act)
    return [town.outcome() for town in towns]


@settings(max_examples=250)
@given(_stories())
def test_both_paths_say_the_same(acts):
    """Whatever is said and whatever changes meanwhile: outboxes and stored rows are equal.

    PRIVMSG in small letters goes the full path each time: routes know it in capitals only.
    """
    fast, full = _outcomes(*acts)
    assert full == fast


def test_the_property_means_something():
    """In capitals routes are found and followed: one chunk holds all texts of a read."""
    town = Town("PRIVMSG")
    town.does("talk", "ann", [("bob", [b"0"])])
    assert town.follows()
    town.house.turn()
    bob = next(one for one in town.house.node.sessions.values() if one.nick == "bob")
    town.does("talk", "ann", [("bob", [b"%d" % number for number in range(1, MAX_RUN + 3)])])
    assert [len(re.findall(rb" PRIVMSG bob :", chunk)) for chunk in bob.out] == [MAX_RUN, 2]
    read, *_ = town.outcome()
    texts = re.findall(r" PRIVMSG bob :(\d+)\r\n", read["bob"])
    assert texts == [str(number) for number in range(MAX_RUN + 3)]


@pytest.mark.parametrize(
    ("name", "line"),
    (
        ("bob", "NICK dan"),
        ("ann", "NICK dan"),
        ("bob", "MODE bob +R"),
        ("ann", "MODE ann +B"),
        ("bob", "AWAY :gone"),
        ("ann", "CAP REQ echo-message"),
        ("bob", "CAP REQ :message-tags server-time"),
        ("ann", "@label=l PRIVMSG bob :labelled"),
        ("ann", "@+draft/reply=1 PRIVMSG bob :tagged"),
        ("bob", "QUIT :bye"),
    ),
)
@pytest.mark.parametrize("listener", ("bob", "eve"))
def test_what_changes_a_route(name, line, listener):
    """After a change the next lines of one read are said as if there had been no route."""
    name, line = (listener, line.replace("bob", listener)) if name == "bob" else (name, line)
    fast, full = _outcomes(
        ("line", "ann", "CAP REQ :labeled-response message-tags"),
        ("talk", "ann", [(listener, [b"0"])]),
        ("line", name, line),
        ("talk", "ann", [(listener, [b"1", b"2"])]),
        ("talk", "ann", [(listener, [b"3", b"4"])]),
    )
    assert full == fast


@pytest.mark.parametrize(
    ("target", "line"),
    (
        ("bob", "@label=l PRIVMSG bob :labelled"),
        ("bob", "@rookery.chat/id=device01.1 PRIVMSG bob :resent"),
        ("bob", "@+draft/reply=1 PRIVMSG bob :tagged"),
        ("bob", "@+draft/react=x TAGMSG bob"),
        ("eve,bob", "PRIVMSG eve,bob :to several"),
        ("ann", "PRIVMSG ann :to oneself"),
    ),
    ids=lambda words: words.split()[0],
)
@pytest.mark.parametrize("is_full", (False, True), ids=["stored", "full"])
def test_what_leaves_no_route(target, line, is_full):
    """What says more than a text to one other person is no model for what comes behind it."""
    fast, full = _outcomes(
        ("line", "ann", "CAP REQ :labeled-response message-tags echo-message batch"),
        ("line", "ann", "CAP REQ :rookery.chat/resend"),
        ("turn", "", ""),
        ("line", "ann", line),
        ("turn", "", ""),
        ("disk.is_full", "", is_full),
        ("talk", "ann", [(target, [b"1", b"2"])]),
        ("turn", "", ""),
    )
    assert full == fast


@pytest.mark.parametrize("text", TEXTS)
def test_every_kind_of_text(text):
    """What cannot be said is refused alone, also between others that one read brings."""
    fast, full = _outcomes(
        ("talk", "ann", [("bob", [b"0"])]),
        ("talk", "ann", [("bob", [b"1", text, b"2", text])]),
    )
    assert full == fast


def test_run_that_is_not_stored():
    """Of a run that could not be stored each message is answered, and what is behind it is said."""
    fast, full = _outcomes(
        ("line", "ann", "CAP REQ echo-message"),
        ("talk", "ann", [("bob", [b"0"])]),
        ("turn", "", ""),
        ("disk.is_full", "", True),
        ("talk", "ann", [("bob", [b"1", b"2", b"3"])]),
        ("turn", "", ""),
        ("disk.is_full", "", False),
        ("talk", "ann", [("bob", [b"4", b"5"])]),
    )
    assert full == fast


def test_time_goes_on():
    """A run has the time at which it was said, and so has its sender's last word."""
    fast, full = _outcomes(
        ("line", "bob", "CAP REQ server-time"),
        ("talk", "ann", [("bob", [b"0"])]),
        ("pass", "", ""),
        ("talk", "ann", [("bob", [b"1", b"2"])]),
    )
    assert full == fast


def test_rules_that_change():
    """Whom one writes to is put on one's accept list as soon as new settings make it longer."""
    fast, full = Town("PRIVMSG"), Town("privmsg")
    for town in (fast, full):
        node = town.house.node
        node.rules = replace(node.rules, accept_max=0)
        town.does("line", "eve", "MODE eve +R")
        town.does("talk", "eve", [("bob", [b"0"])])
        node.rules = replace(node.rules, accept_max=1)
        town.does("talk", "eve", [("bob", [b"1"])])
        town.does("talk", "bob", [("eve", [b"2"])])
    assert full.outcome() == fast.outcome()


def test_person_without_a_connection():
    """What is said while the server stops counts as waiting for who has gone already."""
    fast, full = Town("PRIVMSG"), Town("privmsg")
    for town in (fast, full):
        town.does("talk", "ann", [("bob", [b"0"])])
        town.house.node.is_stopping = True
        town.does("lost", "bob", "")
        town.does("talk", "ann", [("bob", [b"1", b"2"])])
        assert town.house.node.receipts.waiting_count("bob") == 2
    assert full.outcome() == fast.outcome()


@pytest.mark.parametrize("then", (("turn", "", ""), ("lost", "eve", ""), ("line", "eve", "NICK x")))
def test_session_that_reads_its_mailbox(then):
    """Of a run nothing overtakes the mailbox that one of the recipient's sessions still reads."""
    fast, full = _outcomes(
        ("lost", "eve2", ""),
        ("talk", "ann", [("eve", [b"0"])]),
        ("turn", "", ""),
        ("readers.is_held", "", True),
        ("line", "eve2", "PING x"),
        ("talk", "ann", [("eve", [b"1", b"2"])]),
        then,
        ("talk", "ann", [("eve", [b"3", b"4"])]),
    )
    assert full == fast
