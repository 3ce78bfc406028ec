"""What a client gives to be told by Web Push: where, and with which keys. `soju.im/webpush`.

An endpoint is a URL of a stranger's choosing: nothing here looks anything up.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from rookery.wire.tags import parse_tags

HTTPS_PORT: Final = 443
FIRST_FREE_PORT: Final = 1024
"""Below it are the services of a computer, none of which is a push service but HTTPS."""
MAX_ENDPOINT_CHARS: Final = 1024
_PRINTABLE: Final = re.compile(r"[!-~]+")
_HOST: Final = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z](?:[a-z0-9-]*[a-z0-9])?", re.ASCII
)
"""A name, and no address: the last part of one begins with a letter, however it is written."""
_POINT_BYTES: Final = 65
_UNCOMPRESSED: Final = 0x04
_SECRET_BYTES: Final = 16


class BadSubscriptionError(ValueError):
    """What was given is no subscription; its text says why, in words for a client's author."""


class Place(NamedTuple):
    """Where a push service listens."""

    host: str
    port: int

    @property
    def origin(self) -> str:
        """The origin, as the audience of a token has it. RFC 8292 §2."""
        return f"https://{self.host}{'' if self.port == HTTPS_PORT else f':{self.port}'}"


class Keys(NamedTuple):
    """A device's keys, as it gave them (base64url without padding)."""

    public_key: str
    secret: str


def parse_endpoint(endpoint: str) -> Place:
    """Return where the endpoint is. Raises `BadSubscriptionError`."""
    if len(endpoint) > MAX_ENDPOINT_CHARS or not _PRINTABLE.fullmatch(endpoint):
        raise BadSubscriptionError("The endpoint is no URL")
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise BadSubscriptionError("The endpoint is no URL") from error
    if parts.scheme != "https":
        raise BadSubscriptionError("The endpoint must begin with https://")
    if "@" in parts.netloc or parts.fragment or "\\" in endpoint:
        raise BadSubscriptionError("The endpoint may have no name, password or fragment in it")
    if not _HOST.fullmatch(host):
        raise BadSubscriptionError("The endpoint must name its host")
    port = HTTPS_PORT if port is None else port
    if port != HTTPS_PORT and port < FIRST_FREE_PORT:
        raise BadSubscriptionError("The endpoint's port is no push service's")
    return Place(host, port)


def parse_keys(text: str) -> Keys:
    """Return the keys of `p256dh=…;auth=…`. Raises `BadSubscriptionError`."""
    tags = parse_tags(text)
    public_key, secret = tags.get("p256dh", "").rstrip("="), tags.get("auth", "").rstrip("=")
    point = decoded(public_key)
    if len(point) != _POINT_BYTES or point[0] != _UNCOMPRESSED:
        raise BadSubscriptionError("p256dh must be a P-256 key, uncompressed")
    if len(decoded(secret)) != _SECRET_BYTES:
        raise BadSubscriptionError("auth must be 16 bytes")
    return Keys(public_key, secret)


def decoded(text: str) -> bytes:
    """Return what base64url text says; nothing where it is none. RFC 4648 §5."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def encoded(data: bytes) -> str:
    """Return base64url text without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
