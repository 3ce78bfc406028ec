"""The mapping of names in all scripts: width, case and composition. RFC 8265 §3.3.

Which names are allowed at all is the domain's business (`core/foreign_names.py`).
"""

from __future__ import annotations

import unicodedata
from typing import Final

MAX_ROUNDS: Final = 4
"""§3.3.2: applying the rules again may change a string again; after three times none does."""


def prepared(name: str) -> str:
    """Return the key of a name; that of a key is the key itself."""
    for _ in range(MAX_ROUNDS):
        before, name = name, _once(name)
        if name == before:
            break
    return name


def _once(name: str) -> str:
    narrow = "".join(map(_narrow, name))
    return unicodedata.normalize("NFC", narrow.lower())


def _narrow(char: str) -> str:
    """Return a full-width or half-width character as it usually is. §3.3, "Width Mapping"."""
    is_of_other_width = unicodedata.decomposition(char).startswith(("<wide>", "<narrow>"))
    return unicodedata.normalize("NFKC", char) if is_of_other_width else char
