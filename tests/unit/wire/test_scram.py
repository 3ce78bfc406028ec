"""SCRAM-SHA-256 against the RFC's example and against a client written for these tests."""

import base64
import hashlib
import hmac

import pytest

from rookery.wire.scram import Exchange, ScramError, derive, loads, parse_client_first

# RFC 7677 §3: user "user", password "pencil".
CLIENT_FIRST = b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO"
SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
SERVER_FIRST = (
    b"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
)
CLIENT_FINAL = (
    b"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
    b"p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
)
SERVER_FINAL = b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="


class Client:
    """The other side, from RFC 5802 §3."""

    def __init__(self, username, password, header="n,,"):
        self.password = password
        self.header = header
        self.bare = f"n={username},r=fyko+d2lbbFgONRv9qkxdawL"

    def first(self):
        return (self.header + self.bare).encode()

    def final(self, challenge, binding=None):
        server_first = challenge.decode()
        nonce, salt, iterations = (part[2:] for part in server_first.split(","))
        salted = hashlib.pbkdf2_hmac(
            "sha256", self.password.encode(), base64.b64decode(salt), int(iterations)
        )
        client_key = hmac.digest(salted, b"Client Key", "sha256")
        header = base64.b64encode((binding or self.header).encode()).decode()
        without_proof = f"c={header},r={nonce}"
        auth_message = f"{self.bare},{server_first},{without_proof}".encode()
        stored_key = hashlib.sha256(client_key).digest()
        signature = hmac.digest(stored_key, auth_message, "sha256")
        proof = bytes(a ^ b for a, b in zip(client_key, signature, strict=True))
        server_key = hmac.digest(salted, b"Server Key", "sha256")
        self.expected = b"v=" + base64.b64encode(hmac.digest(server_key, auth_message, "sha256"))
        return f"{without_proof},p={base64.b64encode(proof).decode()}".encode()


def _exchange(client_first, password, server_nonce="3rfcNHYJY1ZVvWVs7j"):
    verifier = derive(password, b"sixteen bytes ok", 4096)
    return Exchange(parse_client_first(client_first), verifier, server_nonce)


def test_example_of_the_rfc():
    """The exchange of RFC 7677 §3 comes out byte for byte."""
    verifier = derive("pencil", base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096)
    exchange = Exchange(parse_client_first(CLIENT_FIRST), verifier, SERVER_NONCE)
    assert exchange.challenge == SERVER_FIRST
    assert exchange.prove(CLIENT_FINAL) == SERVER_FINAL


@pytest.mark.parametrize("header", ("n,,", "y,,", "n,a=ann,"))
def test_client_with_the_password_is_let_in(header):
    """The right password proves itself, and the server proves that it knew it."""
    client = Client("ann", "s3cret", header)
    exchange = _exchange(client.first(), "s3cret")
    proof = exchange.prove(client.final(exchange.challenge))
    assert client.expected == proof


def test_wrong_password():
    """Another password proves nothing."""
    client = Client("ann", "guess")
    exchange = _exchange(client.first(), "s3cret")
    with pytest.raises(ScramError, match="proof"):
        exchange.prove(client.final(exchange.challenge))


def test_changed_binding():
    """A client whose header was changed on the way is refused (RFC 5802 §5.1, `c`)."""
    client = Client("ann", "s3cret", "n,,")
    exchange = _exchange(client.first(), "s3cret")
    with pytest.raises(ScramError, match="binding"):
        exchange.prove(client.final(exchange.challenge, binding="y,,"))


@pytest.mark.parametrize(
    "final",
    (
        b"",
        b"\xff",
        b"c=biws",
        b"c=biws,r=other,p=dHzb",
        b"c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=dHzb",
        b"c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=!",
    ),
)
def test_malformed_final_message(final):
    """Whatever is no final message is refused, and raises nothing else."""
    exchange = _exchange(Client("ann", "s3cret").first(), "s3cret")
    with pytest.raises(ScramError):
        exchange.prove(final)


@pytest.mark.parametrize(
    "first",
    (
        b"",
        b"\xff",
        b"n,,",
        b"n,,n=ann",
        b"n,,r=nonce",
        b"n,,n=,r=nonce",
        b"p=tls-unique,,n=ann,r=nonce",
        b"x,,n=ann,r=nonce",
        b"n,,m=ext,n=ann,r=nonce",
        b"n,a=bob,n=ann,r=nonce",
    ),
)
def test_malformed_first_message(first):
    """A first message without name or nonce, with binding, extension or another's name is no."""
    with pytest.raises(ScramError):
        parse_client_first(first)


def test_escaped_username():
    """Comma and equals sign in a name are escaped on the wire (RFC 5802 §5.1, `n`)."""
    assert parse_client_first(b"n,,n=a=2Cb=3D2C,r=nonce").username == "a,b=2C"


def test_verifier_is_kept_as_text():
    """A verifier survives being written and read."""
    verifier = derive("s3cret", b"salt", 4096)
    assert verifier == loads(verifier.dumps())
