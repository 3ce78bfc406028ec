"""The plain path says what the full path says: two servers, one of which never takes it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.command.house import plain
from tests.unit.net.street import Street

from rookery.command.route import MAX_RUN, Route

PEOPLE = ("ann", "bob", "eve", "eve2")
"""eve has an account, and eve2 is her second session."""
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


class Town:
    """A street with its people; `word` is how they write PRIVMSG."""

    def __init__(self, word):
        self.street = Street(unregistered=0, unregistered_per_address=0)
        self.street.hall.cloak_secret = bytes(32)
        self.house = self.street.house
        self.house.account("eve")
        self._word = word
        self._there = {}
        self._read = dict.fromkeys(PEOPLE, "")
        for name in PEOPLE:
            self._connection(name)
        self.house.turn()

    def does(self, act, name, what):
        """Do one act of the property."""
        match act:
            case "turn":
                self.house.turn()
            case "pass":
                self.street.passes(1)
            case "talk":
                pairs = [(target, text) for target, texts in what for text in texts]
                lines = [f"{self._word} {target} :".encode() + text for target, text in pairs]
                self._says(name, lines)
            case "line":
                self._says(name, [what.format(name).encode()])
            case "lost":
                self._connection(name).is_lost()
            case _:
                place, _, flag = act.partition(".")
                setattr(getattr(self.house, place), flag, what)

    def outcome(self):
        """Return what everybody has read, and what is stored."""
        for place in (self.house.disk, self.house.readers):
            place.is_held = False
        self.house.disk.is_full = False
        self.house.turn()
        for name in PEOPLE:
            self._collect(name)
        return self._read, self.house.store._log.everything()

    def follows(self):
        """Return whether anybody has a route."""
        return any(isinstance(one.route, Route) for one in self.house.node.sessions.values())

    def _says(self, name, lines):
        connection = self._connection(name)
        if connection.is_reading:
            connection.protocol.data_received(b"".join(line + b"\r\n" for line in lines))

    def _connection(self, name):
        there = self._there.get(name)
        if there is not None and not there.is_over:
            return there
        if there is not None:
            self._collect(name)
        there = self._there[name] = self.street.connection()
        nick = name.removesuffix("2")
        if nick == "eve":
            sasl = f"CAP REQ sasl\r\nAUTHENTICATE PLAIN\r\nAUTHENTICATE {plain('eve')}\r\n"
            there.protocol.data_received(sasl.encode())
        there.protocol.data_received(f"NICK {nick}\r\nUSER u 0 * :r\r\nCAP END\r\n".encode())
        return there

    def _collect(self, name):
        self._read[name] += self._there[name].reads()


@settings(max_examples=250)
@given(_stories())
def test_both_paths_say_the_same(acts):
    """Whatever is said and whatever changes meanwhile: outboxes and stored rows are equal.

    PRIVMSG in small letters goes the full path each time: routes know it in capitals only.
    """
    fast, full = Town("PRIVMSG"), Town("privmsg")
    for act in acts:
        fast.does(*act)
        full.does(*act)
    assert full.outcome() == fast.outcome()


def test_the_property_means_something():
    """In capitals routes are found and followed: one chunk holds all texts of a read."""
    town = Town("PRIVMSG")
    town.does("talk", "ann", [("bob", [b"0"])])
    assert town.follows()
    town.house.turn()
    bob = next(one for one in town.house.node.sessions.values() if one.nick == "bob")
    town.does("talk", "ann", [("bob", [b"%d" % number for number in range(1, MAX_RUN + 3)])])
    assert [len(re.findall(rb" PRIVMSG bob :", chunk)) for chunk in bob.out] == [MAX_RUN, 2]
    read, _ = town.outcome()
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
    fast, full = Town("PRIVMSG"), Town("privmsg")
    for town in (fast, full):
        town.does("line", "ann", "CAP REQ :labeled-response message-tags")
        town.does("talk", "ann", [(listener, [b"0"])])
        town.does("line", name, line)
        town.does("talk", "ann", [(listener, [b"1", b"2"])])
        town.does("talk", "ann", [(listener, [b"3", b"4"])])
    assert full.outcome() == fast.outcome()


def test_session_that_reads_its_mailbox():
    """Of a run nothing overtakes the mailbox that one of the recipient's sessions still reads."""
    fast, full = Town("PRIVMSG"), Town("privmsg")
    for town in (fast, full):
        town.does("lost", "eve2", "")
        town.does("talk", "ann", [("eve", [b"0"])])
        town.does("readers.is_held", "", what=True)
        town.does("line", "eve2", "PING x")
        town.does("talk", "ann", [("eve", [b"1", b"2"])])
    assert full.outcome() == fast.outcome()
