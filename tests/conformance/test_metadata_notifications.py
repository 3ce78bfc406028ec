"""IRCv3 draft/metadata-2, "Notifications": who is told of what is said, and when."""

import pytest
from tests.unit.command.house import House, numerics, untagged

ALICE = ":alice!~alice@host"
CAPS = ("batch", "draft/metadata-2")


@pytest.fixture
def house():
    """Return a server."""
    house = House(metadata_max_keys=3, metadata_max_subscriptions=3, metadata_max_value_bytes=10)
    house.account("alice")
    return house


@pytest.fixture
def alice(house):
    """Return a person."""
    return house.person("alice", *CAPS, account="alice")


@pytest.fixture
def bob(house):
    """Return another person."""
    return house.person("bob", *CAPS)


def _inner(lines, target):
    """Return what stands in the metadata batch that `lines` are."""
    opening, *inner, closing = lines
    ref = opening.split("BATCH +")[1].split()[0]
    assert opening == f":irc.test BATCH +{ref} metadata {target}"
    assert [line.startswith(f"@batch={ref} ") for line in inner] == [True] * len(inner)
    assert closing == f":irc.test BATCH -{ref}"
    return untagged(inner)


def test_notifications_of_people(house, alice, bob):
    """Notifications: who shares a room and follows the key is told, the setter is not."""
    carol = house.person("carol", *CAPS)
    house.room("#c", alice, bob)
    for client in (alice, bob, carol):
        client.does("METADATA * SUB a")
    assert alice.does("METADATA * SET a :1", "METADATA * SET b :1") == [
        ":irc.test 761 alice * a * :1",
        ":irc.test 761 alice * b * :1",
    ]
    assert bob.heard() == [f"{ALICE} METADATA alice a * :1"]
    assert carol.heard() == []
    alice.does("METADATA * SET a")
    assert bob.heard() == [f"{ALICE} METADATA alice a *"]


def test_no_notification_of_the_same_value(house, alice, bob):
    """Notifications: only of changes."""
    house.room("#c", alice, bob)
    alice.does("METADATA * SET a :1")
    bob.does("METADATA * SUB a")
    assert numerics(alice.does("METADATA * SET a :1")) == ["761"]
    assert bob.heard() == []


def test_notifications_of_rooms(house, alice, bob):
    """Notifications: members who follow the key are told; operators set a room's metadata."""
    house.room("#c", alice, bob)
    bob.does("METADATA * SUB a")
    assert alice.does("METADATA #C SET a :1") == [":irc.test 761 alice #C a * :1"]
    assert bob.heard() == [f"{ALICE} METADATA #c a * :1"]


def test_notifications_of_monitored(house, alice, bob):
    """Notifications: who monitors a person is told as well."""
    bob.does("MONITOR + alice", "METADATA * SUB a")
    alice.does("METADATA * SET a :1")
    assert bob.heard() == [f"{ALICE} METADATA alice a * :1"]


def test_not_without_capability(house, alice):
    """Capability: notifications are for those alone who asked for it."""
    old = house.person("old", "batch")
    house.room("#c", alice, old)
    old.does("METADATA * SUB a")
    alice.does("METADATA * SET a :1")
    assert old.heard() == []


def test_own_other_sessions(house, alice):
    """Notifications: one's other sessions are told of a change."""
    desk = house.person("alice", *CAPS, account="alice")
    desk.does("METADATA * SUB a")
    alice.does("METADATA * SET a :1")
    assert desk.heard() == [f"{ALICE} METADATA alice a * :1"]


def test_on_subscribing(house, alice, bob):
    """Notifications: the current values are told when a key is followed."""
    house.room("#c", alice, bob)
    alice.does("METADATA * SET a :1", "METADATA #c SET a :2", "METADATA * SET b :3")
    reply, *batch = bob.does("METADATA * SUB a")
    assert numerics([reply]) == ["770"]
    assert _inner(batch, "bob") == [
        ":irc.test METADATA #c a * :2",
        ":irc.test METADATA alice a * :1",
    ]


def test_on_joining(house, alice, bob):
    """Concepts: who enters is told what room and members say under the keys they follow."""
    house.room("#c", alice)
    alice.does("METADATA * SET a :1", "METADATA #c SET a :2", "METADATA #c SET b :3")
    bob.does("METADATA * SUB a")
    lines = bob.does("JOIN #c")
    at = numerics(lines).index("366") + 1
    assert _inner(lines[at:], "#c") == [
        ":irc.test METADATA #c a * :2",
        ":irc.test METADATA alice a * :1",
    ]


def test_sync(house, alice, bob):
    """SYNC: what is followed, of a room with its members, or of a person."""
    house.room("#c", alice, bob)
    alice.does("METADATA * SET a :1", "METADATA #c SET a :2")
    assert _inner(bob.does("METADATA #c SYNC"), "#c") == []
    bob.does("METADATA * SUB a")
    assert len(_inner(bob.does("METADATA #c SYNC"), "#c")) == 2
    assert _inner(bob.does("METADATA alice SYNC"), "alice") == [":irc.test METADATA alice a * :1"]


def test_on_asking_for_the_capability(house, alice):
    """Notifications: who asks for the capability later is told their own then."""
    alice.does("METADATA * SET a :1")
    late = house.person("alice", "batch", account="alice")
    ack, *batch = late.does("CAP REQ :draft/metadata-2")
    assert ack.startswith(":irc.test CAP alice ACK")
    assert _inner(batch, "alice") == [":irc.test METADATA alice a * :1"]
