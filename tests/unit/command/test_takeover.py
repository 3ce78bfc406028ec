"""A name that changes hands: nothing of its former owner's is the next one's, nor the reverse."""

import base64
import hashlib
import hmac

import pytest
from tests.unit.command.house import House, numerics, plain

SECRET = "PRIVMSG bob :my secret"
REDACTS = ("message-tags", "echo-message", "draft/message-redaction")


def _gives_up(client):
    """Let the client remove its account for good."""
    name = client.session.user.account
    code = client.does("NS UNREGISTER")[-1].split()[-1]
    client.does(f"NS UNREGISTER {name} {code}")
    client.is_lost()


def _changes_hands(house, *caps):
    """Let bob give up his account, and somebody else register it; return who did."""
    _gives_up(house.person("bob", account="bob"))
    other = house.person("bob", *caps)
    other.does("REGISTER * * others")
    assert other.session.user.account == "bob"
    return other


@pytest.fixture
def house():
    """Return a house with the account bob."""
    house = House()
    house.account("bob")
    return house


def _proves_by_scram(client, name, password="secret"):  # noqa: S107 - a test's
    """Carry SCRAM on up to the server's proof, and leave the last empty answer out."""
    client.does("CAP REQ sasl", "AUTHENTICATE SCRAM-SHA-256")
    bare = f"n={name},r=abc"
    challenge = client.does(f"AUTHENTICATE {base64.b64encode(f'n,,{bare}'.encode()).decode()}")[-1]
    first = base64.b64decode(challenge.split()[-1]).decode()
    parts = dict(part.split("=", 1) for part in first.split(","))
    salt, rounds = base64.b64decode(parts["s"]), int(parts["i"])
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)
    key = hmac.digest(salted, b"Client Key", "sha256")
    final = f"c={base64.b64encode(b'n,,').decode()},r={parts['r']}"
    signed = f"{bare},{first},{final}".encode()
    signature = hmac.digest(hashlib.sha256(key).digest(), signed, "sha256")
    proof = bytes(a ^ b for a, b in zip(key, signature, strict=True))
    whole = f"{final},p={base64.b64encode(proof).decode()}".encode()
    answer = client.does(f"AUTHENTICATE {base64.b64encode(whole).decode()}")[-1]
    assert base64.b64decode(answer.split()[-1]).startswith(b"v=")


def test_scram_ends_with_the_account(house):
    """A proof of the former owner's is none once the account was removed, whoever has it then."""
    ghost = house.person("ghost")
    _proves_by_scram(ghost, "bob")
    _changes_hands(house)
    assert numerics(ghost.does("AUTHENTICATE +")) == ["904"]
    assert not ghost.session.user.account


def test_proof_before_the_welcome_ends_with_the_account(house):
    """What was proven before CAP END does not count after the account was removed."""
    ghost = house.connection()
    ghost.does("CAP REQ sasl", "NICK ghost", "USER g 0 * :g")
    ghost.does("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('bob')}")
    _changes_hands(house)
    ghost.does("CAP END")
    assert not ghost.session.user.account


@pytest.mark.parametrize("line", ("PLAIN", "IDENTIFY"))
def test_check_under_way_ends_with_the_account(house, line):
    """A password that was right when it was read proves nothing when the account has gone."""
    ghost, own = house.person("ghost"), house.person("bob", account="bob")
    code = own.does("NS UNREGISTER")[-1].split()[-1]
    house.hashers.is_held = True
    if line == "PLAIN":
        ghost.say("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('bob')}")
    else:
        ghost.say("NS IDENTIFY bob secret")
    house.turn()
    work, done = house.hashers.waiting.pop(0)
    found = work()
    house.hashers.is_held = False
    own.does(f"NS UNREGISTER bob {code}")
    own.is_lost()
    house.person("bob").does("REGISTER * * others")
    done(found)
    house.turn()
    assert not ghost.session.user.account


def test_removal_not_stored(house):
    """A removal that could not be stored leaves an earlier one as it was."""
    other = _changes_hands(house)
    given_up = house.node.world.registry.given_up["bob"]
    code = other.does("NS UNREGISTER")[-1].split()[-1]
    house.disk.is_full = True
    other.does(f"NS UNREGISTER bob {code}")
    assert house.node.world.registry.given_up["bob"] == given_up


def _reads(client):
    """Return all that the client can read of earlier private talk, in four ways."""
    return "\n".join(
        client.does("CHATHISTORY LATEST alice * 5")
        + client.does("CHATHISTORY TARGETS timestamp=2020-01-01T00:00:00.000Z * 5")
        + client.does("SEARCH text=secret")
        + client.does("NS EXPORT")
    )


@pytest.mark.parametrize("is_over_a_restart", (False, True))
def test_earlier_guests_talk_stays_theirs(is_over_a_restart):
    """Registering a nick opens nothing of what earlier guests in it have talked."""
    house = House()
    alice, guest = house.person("alice"), house.person("bob")
    alice.does(SECRET)
    house.later(2)
    guest.pong()
    guest.does("PRIVMSG alice :my secret answer", "QUIT")
    other = house.person("bob", "batch", "draft/chathistory")
    other.does("REGISTER * * secret")
    if is_over_a_restart:
        house = House(store=house.store)
        other = house.person("bob", "batch", "draft/chathistory", account="bob")
    assert "secret" not in _reads(other)


def test_waiting_mail_is_the_new_owners():
    """What waits for the nick when it is registered is delivered, and is in its history."""
    house = House()
    house.person("alice").does(SECRET)
    other = house.person("bob", "batch", "draft/chathistory")
    assert "my secret" in "".join(other.heard())
    other.does("REGISTER * * secret")
    assert "my secret" in _reads(other)


def test_own_talk_stays_readable():
    """What a guest has talked in this stay is in the history of the account that they make."""
    house = House()
    alice, bob = house.person("alice"), house.person("bob", "batch", "draft/chathistory")
    alice.does(SECRET)
    bob.does("REGISTER * * secret")
    assert "my secret" in _reads(bob)


def _says(client, text):
    """Let the client speak in #r, and return the msgid."""
    line = client.does(f"PRIVMSG #r :{text}")[-1]
    return line.partition("msgid=")[2].partition(";")[0].partition(" ")[0]


def test_new_owner_is_not_the_author(house):
    """What an earlier owner of the name has said is not the next one's to delete."""
    op, own = house.person("op"), house.person("bob", *REDACTS, account="bob")
    house.room("#r", op, own)
    message_id = _says(own, "mine")
    own.is_lost()
    other = _changes_hands(house, *REDACTS)
    other.does("JOIN #r")
    assert "REDACT_FORBIDDEN" in other.does(f"REDACT #r {message_id}")[-1]


def test_new_owners_rank_protects_nothing(house):
    """An operator of a room may delete what a former owner said, whatever the next one is there."""
    op, own = house.person("op", *REDACTS), house.person("bob", *REDACTS, account="bob")
    house.room("#r", op, own)
    op.does("MODE #r +h bob")
    message_id = _says(own, "mine")
    own.is_lost()
    other = _changes_hands(house, *REDACTS)
    other.does("JOIN #r")
    op.does("MODE #r +o bob", "MODE #r +h-o op op")
    op.heard()
    assert " REDACT #r " in "".join(op.does(f"REDACT #r {message_id}"))
