"""IRCv3 draft/metadata-2."""

import pytest
from tests.unit.command.house import House, numerics, untagged

from rookery.store.memory import MemoryStore

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


def test_capability(house):
    """Capability: the limits are its value."""
    listed = " ".join(house.connection().does("CAP LS 302"))
    value = "before-connect,max-subs=3,max-keys=3,max-value-bytes=10"
    assert f"draft/metadata-2={value}" in listed


def test_set_get(alice):
    """SET, GET: own values, also empty ones and with spaces."""
    assert alice.does("METADATA * SET url :a b") == [":irc.test 761 alice * url * :a b"]
    assert alice.does("METADATA Alice SET empty :") == [":irc.test 761 alice Alice empty * :"]
    lines = alice.does("METADATA * GET url empty none N@")
    assert _inner(lines, "alice") == [
        ":irc.test 761 alice alice url * :a b",
        ":irc.test 761 alice alice empty * :",
        ":irc.test 766 alice alice none :key not set",
        ":irc.test FAIL METADATA KEY_INVALID N@ :Invalid key name",
    ]


def test_others_may_read(alice, bob):
    """GET, LIST: what people say is for all to read."""
    assert _inner(bob.does("METADATA alice LIST"), "alice") == []
    alice.does("METADATA * SET b :1", "METADATA * SET a :2")
    assert _inner(bob.does("METADATA ALICE LIST"), "alice") == [
        ":irc.test 761 bob alice b * :1",
        ":irc.test 761 bob alice a * :2",
    ]
    assert len(_inner(bob.does("METADATA alice GET a"), "alice")) == 1


def test_remove(alice):
    """SET: without a value the key is removed; one that is not set cannot be."""
    alice.does("METADATA * SET url :x")
    assert alice.does("METADATA * SET url") == [":irc.test 766 alice * url :key not set"]
    (answer,) = alice.does("METADATA * SET url")
    assert answer == ":irc.test FAIL METADATA KEY_NOT_SET alice url :The key is not set"


def test_clear(alice):
    """CLEAR: one reply for each key, as a batch."""
    alice.does("METADATA * SET a :1", "METADATA * SET b :2")
    assert _inner(alice.does("METADATA * CLEAR"), "alice") == [
        ":irc.test 766 alice alice a :key not set",
        ":irc.test 766 alice alice b :key not set",
    ]
    assert _inner(alice.does("METADATA * CLEAR"), "alice") == []


@pytest.mark.parametrize(
    ("line", "answer"),
    (
        ("METADATA bob SET a :1", "KEY_NO_PERMISSION bob a :"),
        ("METADATA bob CLEAR", "KEY_NO_PERMISSION bob * :"),
        ("METADATA #c SET a :1", "KEY_NO_PERMISSION #c a :"),
        ("METADATA nobody GET a", "INVALID_TARGET nobody :"),
        ("METADATA #none LIST", "INVALID_TARGET #none :"),
        ("METADATA $a:x SET a :1", "INVALID_TARGET $a:x :"),
        ("METADATA * SET $a :1", "KEY_INVALID $a :"),
        ("METADATA * SET Upper :1", "KEY_INVALID Upper :"),
        ("METADATA * SET a :12345678901", "VALUE_INVALID :"),
        ("METADATA * DESTROY a", "SUBCOMMAND_INVALID DESTROY :"),
    ),
)
def test_errors(house, alice, bob, line, answer):
    """Standard replies."""
    house.room("#c", bob, alice)
    (heard,) = alice.does(line)
    assert heard.startswith(f":irc.test FAIL METADATA {answer}")


@pytest.mark.parametrize(
    "line", ("METADATA", "METADATA *", "METADATA * SET", "METADATA * GET", "METADATA * SUB")
)
def test_too_few_parameters(alice, line):
    """ERR_NEEDMOREPARAMS."""
    assert numerics(alice.does(line)) == ["461"]


def test_secret_room(house, alice, bob):
    """A secret room says nothing to those outside."""
    house.room("#c", bob)
    bob.does("MODE #c +s", "METADATA #c SET a :1")
    (answer,) = alice.does("METADATA #c LIST")
    assert answer.startswith(":irc.test FAIL METADATA INVALID_TARGET #c :")


def test_limit(alice):
    """SET: LIMIT_REACHED; a key that is set already may change."""
    alice.does("METADATA * SET a :1", "METADATA * SET b :1", "METADATA * SET c :1")
    (answer,) = alice.does("METADATA * SET d :1")
    assert answer.startswith(":irc.test FAIL METADATA LIMIT_REACHED alice :")
    assert numerics(alice.does("METADATA * SET a :2")) == ["761"]


def test_subscriptions(alice):
    """SUB, SUBS, UNSUB: each key once, in any number of replies."""
    assert alice.does("METADATA * SUB a b a") == [":irc.test 770 alice a :b"]
    lines = alice.does("METADATA * SUBS")
    assert "metadata-subs" in lines[0]
    assert untagged(lines[1:-1]) == [":irc.test 772 alice a :b"]
    assert alice.does("METADATA * UNSUB a c") == [":irc.test 771 alice a :c"]
    assert untagged(alice.does("METADATA * SUBS"))[1] == ":irc.test 772 alice :b"


def test_no_subscriptions(alice):
    """SUBS: an empty batch."""
    assert numerics(alice.does("METADATA * SUBS")) == ["BATCH", "BATCH"]


def test_too_many_subscriptions(alice):
    """SUB: the first key that is too much is named, and none behind it is taken."""
    lines = alice.does("METADATA * SUB a b c d e a")
    assert lines == [
        ":irc.test FAIL METADATA TOO_MANY_SUBS d :Too many subscriptions",
        ":irc.test 770 alice a b :c",
    ]


def test_invalid_subscription(alice):
    """SUB: an invalid key is refused, the others are taken."""
    assert alice.does("METADATA * SUB a $b c") == [
        ":irc.test FAIL METADATA KEY_INVALID $b :Invalid key name",
        ":irc.test 770 alice a :c",
    ]


def _welcomed(house, *lines):
    client = house.connection()
    client.say("CAP LS 302", f"CAP REQ :{' '.join(CAPS)} sasl", *lines)
    client.say("NICK alice", "AUTHENTICATE PLAIN", "AUTHENTICATE AGFsaWNlAHNlY3JldA==")
    return client.does("USER alice 0 * :Alice", "CAP END")


def _own_batch(lines):
    at = next(at for at, line in enumerate(lines) if " metadata alice" in line)
    end = next(end for end in range(at, len(lines)) if " BATCH -" in lines[end])
    return _inner(lines[at : end + 1], "alice")


def test_on_connecting(house, alice):
    """Notifications: who connects is told their own, if only that there is none."""
    assert _own_batch(_welcomed(house)) == []
    alice.does("METADATA * SET a :1")
    assert _own_batch(_welcomed(house)) == [":irc.test METADATA alice a * :1"]


def test_before_connect(house):
    """Capability, before-connect: what is set before the welcome is taken over."""
    lines = _welcomed(house, "METADATA * SET a :1", "METADATA alice LIST", "METADATA * SUB b")
    assert ":irc.test 761 * * a * :1" in lines
    assert ":irc.test FAIL METADATA INVALID_TARGET alice :Invalid metadata target" in lines
    assert ":irc.test 770 * :b" in lines
    assert _own_batch(lines) == [":irc.test METADATA alice a * :1"]


def test_kept():
    """An account's and a kept room's metadata outlive the server; a guest's do not."""
    store = MemoryStore()
    house = House(store)
    house.account("alice")
    alice, bob = house.person("alice", *CAPS, account="alice"), house.person("bob", *CAPS)
    house.room("#c", alice)
    alice.does("METADATA * SET a :1", "METADATA #c SET b :2")
    bob.does("METADATA * SET c :3")
    again = House(store)
    alice = again.person("alice", *CAPS, account="alice")
    again.room("#c", alice)
    again.person("bob", *CAPS)
    assert len(alice.does("METADATA alice LIST")) == 3
    assert len(alice.does("METADATA #c LIST")) == 3
    assert len(alice.does("METADATA bob LIST")) == 2


def test_label(house):
    """labeled-response: single replies and batches carry the label."""
    ann = house.person("ann", *CAPS, "labeled-response")
    assert ann.does("@label=x METADATA * SET a :1") == ["@label=x :irc.test 761 ann * a * :1"]
    opening, *_ = ann.does("@label=x METADATA * LIST")
    assert opening.startswith("@label=x :irc.test BATCH +")
    assert opening.endswith(" metadata ann")
