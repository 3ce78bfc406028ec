"""SCRAM-SHA-256 from the server's side, sans I/O. RFC 5802 §3 to §5, RFC 7677.

Without channel binding: `-PLUS` mechanisms are not offered.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from typing import Final, NamedTuple

ITERATIONS: Final = 10_000
"""Of PBKDF2 for new verifiers; RFC 7677 §4 asks for 4096 at least, and a client computes them."""
SALT_BYTES: Final = 16
_NO_BINDING: Final = ("n,", "y,")


class ScramError(ValueError):
    """The peer's message is not SCRAM, or proves nothing."""


class Verifier(NamedTuple):
    """What is kept of a password: enough to check a proof, not enough to make one."""

    iterations: int
    salt: bytes
    stored_key: bytes
    server_key: bytes

    def dumps(self) -> str:
        """Return the verifier as text."""
        parts = (base64.b64encode(part).decode() for part in self[1:])
        return ":".join([str(self.iterations), *parts])


def loads(text: str) -> Verifier:
    """Return the verifier that `Verifier.dumps` wrote."""
    iterations, *parts = text.split(":")
    salt, stored_key, server_key = (base64.b64decode(part) for part in parts)
    return Verifier(int(iterations), salt, stored_key, server_key)


def derive(password: str, salt: bytes, iterations: int = ITERATIONS) -> Verifier:
    """Return the verifier of `password`; slow on purpose (about 5 ms). RFC 5802 §3."""
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, iterations)
    client_key = hmac.digest(salted, b"Client Key", "sha256")
    server_key = hmac.digest(salted, b"Server Key", "sha256")
    return Verifier(iterations, salt, hashlib.sha256(client_key).digest(), server_key)


@dataclass(frozen=True, slots=True)
class ClientFirst:
    """The client's first message: who, with what nonce."""

    username: str
    nonce: str
    gs2_header: str
    bare: str


def parse_client_first(data: bytes) -> ClientFirst:
    """Return the client's first message; raises `ScramError`."""
    text = _text(data)
    flag, authzid, bare = [*text.split(",", 2), "", ""][:3]
    attributes = _attributes(bare)
    username = attributes.get("n", "").replace("=2C", ",").replace("=3D", "=")
    nonce = attributes.get("r", "")
    if f"{flag}," not in _NO_BINDING or not username or not nonce or "m" in attributes:
        msg = "not a client-first-message without channel binding"
        raise ScramError(msg)
    if authzid not in {"", f"a={attributes['n']}"}:
        msg = "acting for another account is not offered"
        raise ScramError(msg)
    return ClientFirst(username, nonce, f"{flag},{authzid},", bare)


class Exchange:
    """One SCRAM exchange: `challenge` goes out, `prove` checks what comes back."""

    __slots__ = ("_first", "_server_first", "_verifier", "challenge")

    def __init__(self, first: ClientFirst, verifier: Verifier, server_nonce: str) -> None:
        salt = base64.b64encode(verifier.salt).decode()
        self._first = first
        self._verifier = verifier
        self._server_first = f"r={first.nonce}{server_nonce},s={salt},i={verifier.iterations}"
        self.challenge = self._server_first.encode()

    def prove(self, data: bytes) -> bytes:
        """Return the server's last message; raises `ScramError` for a wrong proof."""
        text = _text(data)
        without_proof, _, proof_text = text.rpartition(",p=")
        attributes = _attributes(without_proof)
        nonce = self._server_first.partition(",")[0].removeprefix("r=")
        binding = base64.b64encode(self._first.gs2_header.encode()).decode()
        if attributes.get("c") != binding or attributes.get("r") != nonce:
            msg = "channel binding or nonce does not fit"
            raise ScramError(msg)
        auth_message = f"{self._first.bare},{self._server_first},{without_proof}".encode()
        signature = hmac.digest(self._verifier.stored_key, auth_message, "sha256")
        proof = _base64(proof_text)
        if len(proof) != len(signature):
            msg = "the proof has the wrong length"
            raise ScramError(msg)
        client_key = bytes(a ^ b for a, b in zip(proof, signature, strict=True))
        if not hmac.compare_digest(hashlib.sha256(client_key).digest(), self._verifier.stored_key):
            msg = "the proof is wrong"
            raise ScramError(msg)
        server_signature = hmac.digest(self._verifier.server_key, auth_message, "sha256")
        return b"v=" + base64.b64encode(server_signature)


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        msg = "not UTF-8"
        raise ScramError(msg) from error


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        msg = "not base64"
        raise ScramError(msg) from error


def _attributes(text: str) -> dict[str, str]:
    return {item[0]: item[2:] for item in text.split(",") if item[1:2] == "="}
