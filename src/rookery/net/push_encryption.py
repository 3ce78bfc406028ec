"""A message as only its device can read it, and the word that it comes from us.

RFC 8291 over RFC 8188 with one record; RFC 8292. Imported only where something is pushed, since it
loads the cryptography package; it takes some tenths of a millisecond, so call it on a thread.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from rookery.errors import StartError
from rookery.wire.webpush import BadSubscriptionError, decoded, encoded

SALT_BYTES: Final = 16
RECORD_BYTES: Final = 4096
"""What every push service takes. RFC 8030 §7.2."""
MAX_TEXT_BYTES: Final = RECORD_BYTES - 86 - 17
"""A record without its header (with our key in it), its tag and the end of its padding."""
STEP_BYTES: Final = 512
"""Texts are as long as a multiple of it: who carries them does not see how long each is."""
_LAST_RECORD: Final = b"\x02"
_CURVE: Final = ec.SECP256R1()
_NUMBER_BYTES: Final = 32


def public_point(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a key as the protocols write it: 65 bytes."""
    return key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def device_key(text: str) -> ec.EllipticCurvePublicKey:
    """Return a device's key from base64url. Raises `BadSubscriptionError`."""
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, decoded(text))
    except ValueError as error:
        raise BadSubscriptionError("p256dh is no point of the curve P-256") from error


def encrypted(
    text: bytes,
    public_key: str,
    secret: str,
    own_key: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes = b"",
    step_bytes: int = STEP_BYTES,
) -> bytes:
    """Return the body of a push: `text`, at most `MAX_TEXT_BYTES`, for a device's keys.

    Our own key and the salt are new for each message; only a test gives them, and a step.
    RFC 8291 §3.4.
    """
    theirs = device_key(public_key)
    own_key = own_key or ec.generate_private_key(_CURVE)
    salt = salt or os.urandom(SALT_BYTES)
    own_point = public_point(own_key.public_key())
    shared = own_key.exchange(ec.ECDH(), theirs)
    info = b"WebPush: info\0" + public_point(theirs) + own_point
    missing_bytes = min(-len(text) % step_bytes, MAX_TEXT_BYTES - len(text))
    padding = bytes(max(0, missing_bytes))
    return sealed(text, _derived(shared, decoded(secret), info, 32), salt, own_point, padding)


def sealed(
    text: bytes, key_material: bytes, salt: bytes, key_id: bytes = b"", padding: bytes = b""
) -> bytes:
    """Return `text` in the content coding aes128gcm, in one record; `padding` is of zeros.

    RFC 8188 §2.
    """
    key = _derived(key_material, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(key_material, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + RECORD_BYTES.to_bytes(4, "big") + bytes([len(key_id)]) + key_id
    return header + AESGCM(key).encrypt(nonce, text + _LAST_RECORD + padding, None)


def _derived(material: bytes, salt: bytes, info: bytes, size: int) -> bytes:
    return HKDF(hashes.SHA256(), size, salt, info).derive(material)


class Vapid:
    """The server's key, by which push services know who sends. RFC 8292."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, contact: str) -> None:
        """Sign with `key`; `contact` is a mailto: or https: URL of who runs the server."""
        self._key = key
        self._contact = contact
        self.public_key = encoded(public_point(key.public_key()))
        """As clients are told it."""

    def authorization(self, audience: str, expires_at_s: int) -> str:
        """Return the header for a push service, for at most a day from now. RFC 8292 §3."""
        claims = {"aud": audience, "exp": expires_at_s, "sub": self._contact}
        head = {"typ": "JWT", "alg": "ES256"}
        signed = f"{_part(head)}.{_part(claims)}"
        der = self._key.sign(signed.encode(), ec.ECDSA(hashes.SHA256()))
        numbers = decode_dss_signature(der)
        signature = b"".join(number.to_bytes(_NUMBER_BYTES, "big") for number in numbers)
        return f"vapid t={signed}.{encoded(signature)}, k={self.public_key}"


def _part(value: object) -> str:
    return encoded(json.dumps(value, separators=(",", ":")).encode())


def new_key() -> ec.EllipticCurvePrivateKey:
    """Return a key that nobody has."""
    return ec.generate_private_key(_CURVE)


def kept_key(path: Path) -> ec.EllipticCurvePrivateKey:
    """Return the key of a file, made where it is missing. Raises `StartError`."""
    try:
        if not path.exists():
            _keep(path, new_key())
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise _unusable(path) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != _CURVE.name:
        raise _unusable(path)
    return key


def _unusable(path: Path) -> StartError:
    return StartError(
        f"{path} is no key for pushes that can be used. Restore it from a backup; or remove it, and"
        " every device has to turn its notifications on again"
    )


def _keep(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:  # Devices that have registered with a key are lost without it.
        os.fsync(folder)
    finally:
        os.close(folder)
