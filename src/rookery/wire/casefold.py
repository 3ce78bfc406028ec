"""Casefolding of nicks and room names, `CASEMAPPING=ascii`.

Only A to Z fold; any other character is equal only to itself.
Source: modern IRC, "Casemapping"; RPL_ISUPPORT `CASEMAPPING`.
"""

from __future__ import annotations

from typing import Final

CASEMAPPING: Final = "ascii"
_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def fold(name: str) -> str:
    """Return the key under which `name` is compared; folding a key changes nothing."""
    return name.lower() if name.isascii() else name.translate(_LOWER)
