"""By which names this server may be asked without TLS, so that no stranger's name leads to it.

A page from a name that its author first points elsewhere and then here (DNS rebinding) would be
this server's own page, and what a browser says of it is true. With TLS no certificate fits such a
name. RFC 9110 §7.4.
"""

from __future__ import annotations

import fnmatch
import ipaddress
import re
from collections.abc import Sequence
from typing import Final

_PORT: Final = re.compile(r":\d*\Z", re.ASCII)
_NOBODYS: Final = ("home.arpa", "internal", "lan", "local", "localhost", "test")
"""Endings that nobody can have on the internet. RFC 6761, RFC 6762, RFC 8375, ICANN; and custom."""


def is_known(header: str, known: Sequence[str]) -> bool:
    """Tell whether a Host header names this server; `known` are names, * stands for any text.

    An address, a name of one word and a name within somebody's own network always do: none of them
    can be pointed here by a stranger. Nor does a browser ever send none.
    """
    host = name_in(header)
    if not host or _is_address(host) or "." not in host or _is_nobodys(host):
        return True
    return any(fnmatch.fnmatchcase(host, pattern.lower()) for pattern in known)


def name_in(header: str) -> str:
    """Return the name or address of a Host header, in small letters."""
    return _PORT.sub("", header).lower().removesuffix(".").strip("[]")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_nobodys(host: str) -> bool:
    return any(host.endswith(f".{ending}") for ending in _NOBODYS)
