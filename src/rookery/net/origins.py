"""Which web page a WebSocket may come from. RFC 6455 §10.2.

A browser names the page's origin, and no page can lie about it; a program need not name one.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping, Sequence


def is_listed(origin: str | None, allowed: Sequence[str]) -> bool:
    """Tell whether `origin` matches one of the patterns; a program without one always does."""
    if origin is None:
        return True
    named = origin.lower()
    return any(fnmatch.fnmatchcase(named, pattern.lower()) for pattern in allowed)


def is_own(origin: str, host: str, *, is_encrypted: bool) -> bool:
    """Tell whether `origin` is the page that this server serves as `host` (the Host header).

    A connection that is not encrypted here may have been so up to a proxy.
    """
    schemes = ("https",) if is_encrypted else ("http", "https")
    return bool(host) and origin.lower() in {f"{scheme}://{host.lower()}" for scheme in schemes}


def own_page(headers: Mapping[str, str], *, is_encrypted: bool) -> str:
    """Return the origin of the page that asks, where it is our own; else nothing."""
    origin = headers.get("Origin", "")
    return origin if is_own(origin, headers.get("Host", ""), is_encrypted=is_encrypted) else ""
