"""The PROXY protocol: what a proxy says of the client, before anything else on a connection.

Versions 1 and 2. Believed only from proxies that one knows; anybody can send it.
Source: haproxy.org, "The PROXY protocol", §2.1 and §2.2.
"""

from __future__ import annotations

import ipaddress
from typing import Final, NamedTuple

from rookery.wire.address import unmapped

MAX_V1_BYTES: Final = 107
"""§2.1: "PROXY TCP6", two addresses, two ports and CR LF."""
MAX_V2_BYTES: Final = 4096
"""Of a header with what some proxies add to it; the form would allow 64 KiB."""
_V1: Final = b"PROXY "
_V2: Final = b"\r\n\r\n\0\r\nQUIT\n"
_V2_HEAD_BYTES: Final = 16
_VERSION: Final = 2
_LOCAL, _PROXY = 0, 1
_ADDRESS_BYTES: Final = {1: (4, 12), 2: (16, 36)}
"""Family to the bytes of an address, and of two addresses with two ports. §2.2."""
_TYPE_SSL: Final = 0x20
_CLIENT_SSL: Final = 1
_MAX_PORT: Final = 65_535
_V1_WORDS: Final = 6


class ProxyError(ValueError):
    """The header is broken; a connection must not go on behind it. §2."""


class Header(NamedTuple):
    """What was said; `source` is empty where the proxy speaks for itself or does not know."""

    source: str
    size: int
    """Bytes of the header; 0 where there is none: what came is the client's own."""
    is_encrypted: bool = False
    """The client's connection to the proxy is TLS."""


NO_HEADER: Final = Header("", 0)


def parse(data: bytes) -> Header | None:
    """Return the header that `data` begins with, or None as long as more of it must come.

    Raises `ProxyError`.
    """
    if data.startswith(_V2):
        return _parse_v2(data)
    if data.startswith(_V1):
        return _parse_v1(data)
    is_beginning = _V2.startswith(data) or _V1.startswith(data)
    return None if is_beginning else NO_HEADER


def _parse_v1(data: bytes) -> Header | None:
    end = data.find(b"\r\n", 0, MAX_V1_BYTES)
    if end < 0 and len(data) < MAX_V1_BYTES:
        return None
    if end < 0:
        raise ProxyError("the line does not end")
    try:
        words = data[:end].decode("ascii").split(" ")
    except UnicodeDecodeError as error:
        raise ProxyError("the line is no ASCII") from error
    if words[1] == "UNKNOWN":
        return Header("", end + 2)
    if len(words) != _V1_WORDS or words[1] not in {"TCP4", "TCP6"}:
        raise ProxyError("not the words of a PROXY line")
    version = 4 if words[1] == "TCP4" else 6
    source, _ = (_address(word, version) for word in words[2:4])
    if not all(_is_port(word) for word in words[4:]):
        raise ProxyError("no port")
    return Header(source, end + 2)


def _address(word: str, version: int) -> str:
    try:
        address = ipaddress.ip_address(word)
    except ValueError as error:
        raise ProxyError("no address") from error
    if address.version != version:
        raise ProxyError("an address of another family")
    return unmapped(address)


def _is_port(word: str) -> bool:
    is_number = word.isascii() and word.isdigit() and len(word) <= len(str(_MAX_PORT))
    return is_number and int(word) <= _MAX_PORT


def _parse_v2(data: bytes) -> Header | None:
    if len(data) < _V2_HEAD_BYTES:
        return None
    version, command = divmod(data[12], 16)
    size = _V2_HEAD_BYTES + int.from_bytes(data[14:16], "big")
    if version != _VERSION or command not in {_LOCAL, _PROXY} or size > MAX_V2_BYTES:
        raise ProxyError("not a version, command or length that is known")
    if len(data) < size:
        return None
    family = data[13] >> 4
    if command == _LOCAL or family not in _ADDRESS_BYTES:
        return Header("", size)
    address_bytes, both_bytes = _ADDRESS_BYTES[family]
    body = data[_V2_HEAD_BYTES:size]
    if len(body) < both_bytes:
        raise ProxyError("too short for its addresses")
    source = unmapped(ipaddress.ip_address(body[:address_bytes]))
    return Header(source, size, is_encrypted=_says_ssl(body[both_bytes:]))


def _says_ssl(extras: bytes) -> bool:
    """Return whether one of the type-length-values says that the client uses TLS. §2.2.5."""
    at = 0
    while at + 3 <= len(extras):
        kind, length = extras[at], int.from_bytes(extras[at + 1 : at + 3], "big")
        value = extras[at + 3 : at + 3 + length]
        if kind == _TYPE_SSL and value:
            return bool(value[0] & _CLIENT_SSL)
        at += 3 + length
    return False
