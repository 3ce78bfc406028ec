"""A name that changes hands: nothing of its former owner's is the next one's, nor the reverse."""

import base64
import hashlib
import hmac

import pytest
from tests.unit.command.house import House, numerics, plain


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
