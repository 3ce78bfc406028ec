"""The server's key for pushes, looked at by every start without loading the cryptography package.

The file holds the private key as PKCS #8, which has the public one at its end. RFC 5915 §3.
"""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import Final

from rookery.wire.webpush import encoded

KEY_FILE: Final = "push-key.pem"
_POINT_BYTES: Final = 65
_BEFORE_POINT: Final = bytes.fromhex("a144034200")
"""The tag and length of the field, and of the bit string in it; then comes the point."""


def public_key(data: Path) -> str:
    """Return the public key as clients are told it, made together with its file where missing.

    Raises `StartError`.
    """
    try:
        lines = (data / KEY_FILE).read_text("ascii").split("\n")
        der = base64.b64decode("".join(lines[1:-2]), validate=True)
    except (OSError, ValueError, binascii.Error):
        der = b""
    head, point = der[:-_POINT_BYTES], der[-_POINT_BYTES:]
    if head.endswith(_BEFORE_POINT) and point[0] == 4:  # noqa: PLR2004 - an uncompressed point
        return encoded(point)
    return _loaded(data)


def _loaded(data: Path) -> str:
    from rookery.net.push_encryption import kept_key, public_point  # noqa: PLC0415 - slow

    return encoded(public_point(kept_key(data / KEY_FILE).public_key()))
