"""IRCv3 draft/multiline and client-batch."""

import re

import pytest
from tests.unit.command.house import House, untagged

ALICE = ":alice!~alice@host"
CONCAT = "draft/multiline-concat"
CAPS = ("batch", "message-tags", "draft/multiline")


def _house(*alice_caps, bob_caps=CAPS, **rules):
    house = House(**rules)
    alice = house.person("alice", *CAPS, *alice_caps)
    bob = house.person("bob", *bob_caps)
    house.room("#c", alice, bob)
    return house, alice, bob


def _opening(line):
    """Return the tags and the reference of an opening BATCH."""
    match = re.fullmatch(r"(?:@(\S*) )?:\S+ BATCH \+(\w+) draft/multiline \S+", line)
    assert match, line
    return match[1] or "", match[2]


HOW_IS_EVERYONE = (
    "BATCH +123 draft/multiline #c",
    "@batch=123 PRIVMSG #c hello",
    "@batch=123 PRIVMSG #c :",
    "@batch=123 privmsg #c :how is ",
    "@batch=123;draft/multiline-concat PRIVMSG #c :everyone?",
    "BATCH -123",
)


def test_capability_has_limits():
    """Capabilities: the value names max-bytes and max-lines."""
    listed = " ".join(House(multiline_max_bytes=999).connection().does("CAP LS 302"))
    assert "draft/multiline=max-bytes=999,max-lines=100" in listed


def test_relayed_as_batch():
    """Batch types: who understands it gets the same lines, and all tags on the BATCH."""
    _, alice, bob = _house()
    assert alice.does(*HOW_IS_EVERYONE) == []
    opening, *inner, closing = bob.heard()
    tags, ref = _opening(opening)
    assert tags.startswith("msgid=")
    assert inner == [
        f"@batch={ref} {ALICE} PRIVMSG #c :hello",
        f"@batch={ref} {ALICE} PRIVMSG #c :",
        f"@batch={ref} {ALICE} PRIVMSG #c :how is ",
        f"@batch={ref};draft/multiline-concat {ALICE} PRIVMSG #c :everyone?",
    ]
    assert closing == f"{ALICE} BATCH -{ref}"


def test_fallback():
    """Fallback: others get the lines without the blank ones; the msgid is on the first alone."""
    _, alice, bob = _house(bob_caps=("message-tags", "batch", "server-time"))
    alice.does(*HOW_IS_EVERYONE)
    lines = bob.heard()
    assert untagged(lines) == [
        f"{ALICE} PRIVMSG #c :hello",
        f"{ALICE} PRIVMSG #c :how is ",
        f"{ALICE} PRIVMSG #c :everyone?",
    ]
    assert ["msgid=" in line for line in lines] == [True, False, False]
    assert ["time=" in line for line in lines] == [True, True, True]


def test_client_tags_stand_on_the_batch():
    """Message tags: the client-only tags of the opening BATCH are relayed on it."""
    _, alice, bob = _house()
    alice.does("@+draft/reply=x BATCH +1 draft/multiline #c")
    alice.does("@batch=1 PRIVMSG #c :a", "@batch=1 PRIVMSG #c :b", "BATCH -1")
    tags, _ = _opening(bob.heard()[0])
    assert tags.endswith(";+draft/reply=x")


def test_notice_is_relayed():
    """Batch types: a batch may be of NOTICE lines."""
    _, alice, bob = _house(bob_caps=())
    alice.does("BATCH +1 draft/multiline #c", "@batch=1 NOTICE #c :a", "@batch=1 NOTICE #c :b")
    assert bob.heard() == []
    alice.does("BATCH -1")
    assert bob.heard() == [f"{ALICE} NOTICE #c :a", f"{ALICE} NOTICE #c :b"]


def test_to_a_person():
    """Batch types: the target may be a person."""
    _, alice, bob = _house("echo-message")
    alice.does("BATCH +1 draft/multiline bob", "@batch=1 PRIVMSG bob :a")
    echo = alice.does("@batch=1 PRIVMSG bob :b", "BATCH -1")
    assert echo == bob.heard()
    assert len(echo) == 4


def test_single_line():
    """A batch of one line is a message like any other."""
    _, alice, bob = _house(bob_caps=())
    alice.does("BATCH +1 draft/multiline #c", "@batch=1 PRIVMSG #c :only", "BATCH -1")
    assert bob.heard() == [f"{ALICE} PRIVMSG #c :only"]


def test_label_stands_on_the_opening():
    """Labeled response with echo-message: the label is on the opening BATCH and nowhere else."""
    _, alice, _ = _house("echo-message", "labeled-response")
    assert alice.does("@label=L BATCH +1 draft/multiline #c") == []
    assert alice.does("@batch=1 PRIVMSG #c :a", "@batch=1 PRIVMSG #c :b") == []
    lines = alice.does("BATCH -1")
    tags, _ = _opening(lines[0])
    assert tags.startswith("label=L;")
    assert ["label=" in line for line in lines] == [True, False, False, False]


def test_label_without_echo():
    """Labeled response: without an echo the label comes back on ACK, once the batch is closed."""
    _, alice, _ = _house("labeled-response")
    alice.does("@label=L BATCH +1 draft/multiline #c", "@batch=1 PRIVMSG #c :a")
    assert alice.does("@batch=1 PRIVMSG #c :b", "BATCH -1") == ["@label=L :irc.test ACK"]


def test_refusal_carries_the_label():
    """Labeled response: a batch that a room does not take is answered as its message would be."""
    house, alice, bob = _house("labeled-response")
    bob.does("PART #c")
    alice.does("MODE #c +m")
    alice.does("MODE #c -o alice")
    alice.heard()
    lines = ("@label=L BATCH +1 draft/multiline #c", "@batch=1 PRIVMSG #c :a")
    (refusal,) = alice.does(*lines, "@batch=1 PRIVMSG #c :b", "BATCH -1")
    assert refusal.startswith("@label=L :irc.test 404 alice #c :")
    assert house.store.history("#c", 0, 1 << 62, 9, newest=True, talk_only=True) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    (
        (["@batch=1 PRIVMSG #d :x"], "MULTILINE_INVALID_TARGET #c #d"),
        (["@batch=1 PRIVMSG #c :a", "@batch=1 NOTICE #c :b"], "MULTILINE_INVALID"),
        (["@batch=1 TAGMSG #c"], "MULTILINE_INVALID"),
        (["@batch=1 PRIVMSG #c :a", f"@batch=1;{CONCAT} PRIVMSG #c :"], "MULTILINE_INVALID"),
        (["@batch=1 PRIVMSG #c :", "@batch=1 PRIVMSG #c :"], "MULTILINE_INVALID"),
        ([], "MULTILINE_INVALID"),
        (["@batch=1 PRIVMSG #c :123456", "@batch=1 PRIVMSG #c :1234"], "MULTILINE_MAX_BYTES 10"),
        (["@batch=1 PRIVMSG #c :1"] * 4, "MULTILINE_MAX_LINES 3"),
        (["@batch=1 BATCH +2 draft/multiline #c"], "MULTILINE_INVALID"),
    ),
)  # fmt: skip
def test_faults(lines, expected):
    """Errors: one FAIL BATCH, and nobody is shown anything of the batch."""
    _, alice, bob = _house(multiline_max_bytes=10, multiline_max_lines=3)
    (answer,) = alice.does("BATCH +1 draft/multiline #c", *lines, "BATCH -1")
    assert answer.startswith(f":irc.test FAIL BATCH {expected} :")
    assert bob.heard() == []


def test_exactly_at_the_limits():
    """Batch types: a line feed counts one byte, and the last line has none."""
    _, alice, bob = _house(multiline_max_bytes=10, multiline_max_lines=2, bob_caps=())
    alice.does("BATCH +1 draft/multiline #c", "@batch=1 PRIVMSG #c :12345")
    assert alice.does("@batch=1 PRIVMSG #c :1234", "BATCH -1") == []
    assert len(bob.heard()) == 2


@pytest.mark.parametrize(
    "line",
    (
        "BATCH +1 chathistory #c",
        "BATCH +1 draft/multiline",
        "BATCH +1",
        "BATCH 1 draft/multiline #c",
        "BATCH -1",
        "@batch=1 PRIVMSG #c :x",
    ),
)
def test_refused_batches(line):
    """client-batch: what is no multiline batch, or none that is open, is refused."""
    _, alice, bob = _house()
    (answer,) = alice.does(line)
    assert answer.startswith(":irc.test FAIL BATCH MULTILINE_INVALID :")
    assert bob.heard() == []


def test_without_capability():
    """Dependencies: without draft/multiline no batch can be opened."""
    alice = House().person("alice", "batch")
    (answer,) = alice.does("BATCH +1 draft/multiline bob")
    assert answer.startswith(":irc.test FAIL BATCH MULTILINE_INVALID :")


def test_timeout():
    """client-batch, Errors: a batch that was left open for too long says nothing any more."""
    house, alice, bob = _house("labeled-response", multiline_timeout_ms=2000)
    alice.does("@label=L BATCH +1 draft/multiline #c", "@batch=1 PRIVMSG #c :a")
    house.later(3)
    (answer,) = alice.does("@batch=1 PRIVMSG #c :b", "BATCH -1")
    assert answer.startswith("@label=L :irc.test FAIL BATCH TIMEOUT 1 :")
    assert bob.heard() == []


def test_history_replays_it():
    """Chat history: one row, replayed as a batch inside the batch, and counted as one."""
    house, alice, bob = _house(bob_caps=(*CAPS, "draft/chathistory", "server-time"))
    alice.does(*HOW_IS_EVERYONE)
    live_tags, _ = _opening(bob.heard()[0])
    outer, opening, *inner, closing, end = bob.does("CHATHISTORY LATEST #c * 1")
    tags, ref = _opening(opening)
    outer_ref = outer.split("BATCH +")[1].split()[0]
    assert tags == f"batch={outer_ref};{live_tags}"
    assert untagged(inner) == [
        f"{ALICE} PRIVMSG #c :hello",
        f"{ALICE} PRIVMSG #c :",
        f"{ALICE} PRIVMSG #c :how is everyone?",
    ]
    assert closing == f"{ALICE} BATCH -{ref}"
    assert end == f":irc.test BATCH -{outer_ref}"
    (row,) = house.store.history("#c", 0, 1 << 62, 9, newest=True, talk_only=True)
    assert row.text == "hello\n\nhow is everyone?"


def test_history_replays_it_to_others():
    """Chat history: single lines where it is not understood, each of them in the batch."""
    _, alice, bob = _house(bob_caps=("batch", "message-tags", "draft/chathistory", "server-time"))
    alice.does(*HOW_IS_EVERYONE)
    bob.heard()
    outer, *lines, _ = bob.does("CHATHISTORY LATEST #c * 1")
    ref = outer.split("BATCH +")[1].split()[0]
    assert [line.startswith(f"@batch={ref}") for line in lines] == [True, True]
    assert ["msgid=" in line for line in lines] == [True, False]
