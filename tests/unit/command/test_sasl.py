"""AUTHENTICATE: PLAIN, SCRAM-SHA-256, and everything that is no proof."""

import base64
import hashlib
import hmac

import pytest
from tests.unit.command.house import House, plain

LOGGED_IN = ":irc.test 900 * *!*@host ann :You are now logged in as ann"
SUCCESS = ":irc.test 903 * :SASL authentication successful"
FAILED = ":irc.test 904 * :SASL authentication failed"
GO_ON = "AUTHENTICATE +"


@pytest.fixture
def client():
    """Return a connection that has asked for SASL, in a house with the account ann."""
    house = House()
    house.account("ann")
    client = house.connection()
    client.does("CAP REQ sasl")
    client.house = house
    return client


def _encoded(text):
    return base64.b64encode(text.encode()).decode()


def test_plain(client):
    """PLAIN with the right password signs in to the account."""
    assert client.does("AUTHENTICATE PLAIN") == [GO_ON]
    assert client.does(f"AUTHENTICATE {plain('ann')}") == [LOGGED_IN, SUCCESS]


def test_names_fold(client):
    """An account is found in any case, and called as its owner wrote it."""
    client.does("AUTHENTICATE plain")
    assert client.does(f"AUTHENTICATE {plain('ANN')}") == [LOGGED_IN, SUCCESS]


@pytest.mark.parametrize(
    "payload",
    (
        plain("ann", "guess"),
        plain("nobody"),
        plain("ann", ""),
        _encoded("bob\0ann\0secret"),
        _encoded("ann"),
        base64.b64encode(b"\0ann\0\xff").decode(),
        "!!!",
        "+",
    ),
    ids=range(8),
)
def test_no_proof(client, payload):
    """A wrong password, an unknown account and a broken payload get one and the same answer."""
    client.does("AUTHENTICATE PLAIN")
    assert client.does(f"AUTHENTICATE {payload}") == [FAILED]
    client.does("AUTHENTICATE PLAIN")
    assert client.does(f"AUTHENTICATE {plain('ann')}") == [LOGGED_IN, SUCCESS]


def test_without_the_capability():
    """A client that has not asked for SASL is told to."""
    heard = House().connection().does("AUTHENTICATE PLAIN")
    assert heard == [":irc.test 904 * :Ask for the sasl capability first: CAP REQ sasl"]


def test_unknown_mechanism(client):
    """A mechanism that is not offered is answered with those that are."""
    assert client.does("AUTHENTICATE EXTERNAL") == [
        ":irc.test 908 * PLAIN,SCRAM-SHA-256 :are available SASL mechanisms",
        ":irc.test 904 * :SASL authentication failed: no such mechanism",
    ]


def test_abort(client):
    """An asterisk gives up, and the next exchange begins anew."""
    client.does("AUTHENTICATE PLAIN")
    assert client.does("AUTHENTICATE *") == [":irc.test 906 * :SASL authentication aborted"]
    assert client.does("AUTHENTICATE PLAIN") == [GO_ON]


def test_already(client):
    """A session that has proved an account need not again."""
    client.does("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}")
    assert client.does("AUTHENTICATE PLAIN") == [
        ":irc.test 907 * :You are signed in to an account already"
    ]


def test_chunks_of_400(client):
    """A payload of exactly 400 characters is followed by more, at last by a plus sign."""
    password = "p" * 295
    client.house.account("bob", password)
    payload = plain("bob", password)
    assert len(payload) == 400
    client.does("AUTHENTICATE PLAIN")
    assert client.does(f"AUTHENTICATE {payload}") == []
    assert client.does("AUTHENTICATE +")[-1] == SUCCESS


def test_two_chunks(client):
    """A payload longer than 400 characters comes in pieces."""
    password = "p" * 300
    client.house.account("bob", password)
    payload = plain("bob", password)
    client.does("AUTHENTICATE PLAIN")
    assert client.does(f"AUTHENTICATE {payload[:400]}") == []
    assert client.does(f"AUTHENTICATE {payload[400:]}")[-1] == SUCCESS


@pytest.mark.parametrize("lines", (["a" * 401], ["a" * 400] * 5))
def test_too_long(client, lines):
    """A piece over 400 characters, or too many of them, ends the exchange."""
    client.does("AUTHENTICATE PLAIN")
    heard = client.does(*(f"AUTHENTICATE {line}" for line in lines))
    assert heard == [":irc.test 905 * :SASL message too long"]


def test_too_busy(client):
    """When too many checks wait, the client is told to come back, not that it was wrong."""
    client.house.hashers.is_busy = True
    client.does("AUTHENTICATE PLAIN")
    text = "SASL authentication is not possible right now: try again in a moment"
    assert client.does(f"AUTHENTICATE {plain('ann')}") == [f":irc.test 904 * :{text}"]
    client.does("CAP REQ standard-replies", "AUTHENTICATE PLAIN")
    assert client.does(f"AUTHENTICATE {plain('ann')}") == [
        f":irc.test FAIL AUTHENTICATE TEMPORARILY_UNAVAILABLE :{text}",
        f":irc.test 904 * :{text}",
    ]


def _scram(client, username, password):
    """Do a whole SCRAM exchange as RFC 5802 §3 tells the client to; return the last answer."""
    bare = f"n={username},r=clientnonce"
    client.does("AUTHENTICATE SCRAM-SHA-256")
    (line,) = client.does(f"AUTHENTICATE {_encoded('n,,' + bare)}")
    server_first = base64.b64decode(line.split()[1]).decode()
    nonce, salt, iterations = (part[2:] for part in server_first.split(","))
    salted = hashlib.pbkdf2_hmac(
        "sha256", password.encode(), base64.b64decode(salt), int(iterations)
    )
    client_key = hmac.digest(salted, b"Client Key", "sha256")
    without_proof = f"c=biws,r={nonce}"
    auth_message = f"{bare},{server_first},{without_proof}".encode()
    signature = hmac.digest(hashlib.sha256(client_key).digest(), auth_message, "sha256")
    proof = bytes(a ^ b for a, b in zip(client_key, signature, strict=True))
    final = f"{without_proof},p={base64.b64encode(proof).decode()}"
    heard = client.does(f"AUTHENTICATE {_encoded(final)}")
    server_key = hmac.digest(salted, b"Server Key", "sha256")
    expected = base64.b64encode(hmac.digest(server_key, auth_message, "sha256")).decode()
    return heard, f"AUTHENTICATE {_encoded('v=' + expected)}"


def test_scram(client):
    """SCRAM with the right password: the server proves itself too, then all is well."""
    heard, expected = _scram(client, "ann", "secret")
    assert heard == [expected]
    assert client.does("AUTHENTICATE +") == [LOGGED_IN, SUCCESS]


@pytest.mark.parametrize("username", ("ann", "nobody"))
def test_scram_without_the_password(client, username):
    """A wrong password and an account that is not there look the same."""
    assert _scram(client, username, "guess")[0] == [FAILED]


def test_scram_salt_of_nobody_is_steady(client):
    """The challenge for an account that is not there has the same salt each time."""
    salts = []
    for _ in range(2):
        client.does("AUTHENTICATE SCRAM-SHA-256")
        (line,) = client.does(f"AUTHENTICATE {_encoded('n,,n=nobody,r=abc')}")
        salts.append(base64.b64decode(line.split()[1]).decode().split(",")[1])
        client.does("AUTHENTICATE *")
    assert salts[0] == salts[1]


def test_scram_malformed(client):
    """A first message that is not SCRAM fails."""
    client.does("AUTHENTICATE SCRAM-SHA-256")
    assert client.does(f"AUTHENTICATE {_encoded('hello')}") == [FAILED]


def test_who_has_gone_costs_nothing(client):
    """A proof whose sender has gone before its turn came is not checked any more."""
    checked = []
    client.house.node.passwords.is_right = lambda *_: checked.append(1)
    client.does("AUTHENTICATE PLAIN")
    client.house.hashers.is_held = True
    client.does(f"AUTHENTICATE {plain('ann')}")
    client.is_lost()
    client.house.hashers.is_held = False
    client.house.turn()
    assert (checked, client.house.hashers.waiting) == ([], [])


def test_after_sign_in(client):
    """A guest may prove an account later, and is known by it from then on."""
    guest = client.house.person("bob")
    heard = guest.does("AUTHENTICATE PLAIN", f"AUTHENTICATE {plain('ann')}")
    assert heard == [
        GO_ON,
        ":irc.test 900 bob bob!~bob@host ann :You are now logged in as ann",
        ":irc.test 903 bob :SASL authentication successful",
    ]
    assert guest.session.user.account == "ann"


def test_salt_of_nobody_stays():
    """An account that is not there has the same salt after a restart, as one that is there has."""

    def salt(house):
        client = house.connection()
        client.does("CAP REQ sasl", "AUTHENTICATE SCRAM-SHA-256")
        answer = client.does(f"AUTHENTICATE {_encoded('n,,n=nobody,r=abc')}")[0].split()[1]
        return base64.b64decode(answer).decode().split(",")[1]

    house = House()
    assert salt(house) == salt(House(store=house.store)) != salt(House())
