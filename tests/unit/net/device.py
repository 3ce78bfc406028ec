"""A device that is pushed to: its keys, and what it reads. RFC 8291 from the other end."""

import os

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from rookery.wire.webpush import encoded

POINT = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


class Device:
    """One browser's subscription."""

    def __init__(self):
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._point = self._key.public_key().public_bytes(*POINT)
        self._secret = os.urandom(16)
        self.public_key = encoded(self._point)
        self.secret = encoded(self._secret)
        self.keys = f"p256dh={self.public_key};auth={self.secret}"

    def opened(self, body):
        """Return the text of a push's body."""
        salt, size, key_id, rest = body[:16], body[20], body[21:86], body[86:]
        assert size == len(key_id) == 65
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key_id)
        shared = self._key.exchange(ec.ECDH(), theirs)
        info = b"WebPush: info\0" + self._point + key_id
        material = _derived(shared, self._secret, info, 32)
        key = _derived(material, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derived(material, salt, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, rest, None)
        text, end, nothing = padded.rpartition(b"\x02")
        assert (end, nothing.strip(b"\0")) == (b"\x02", b"")
        return text


def _derived(material, salt, info, size):
    return HKDF(hashes.SHA256(), size, salt, info).derive(material)
