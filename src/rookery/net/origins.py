"""Which web page a WebSocket may come from. RFC 6455 §10.2.

A browser names the page's origin, and no page can lie about it; a program need not name one.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence


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
