"""Casefolding of nicks and room names: the key under which a name is compared.

A to Z fold always. What else folds is the mapping's business: with `ascii` nothing does, with
`precis` all letters do (`precis`). The mapping is chosen once for the whole process, before any
name is folded: keys that are kept on disk were made with it.
Source: modern IRC, "Casemapping"; RPL_ISUPPORT `CASEMAPPING`, `UTF8MAPPING`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

CASEMAPPING: Final = "ascii"
"""Of ASCII letters, in both mappings."""
UTF8MAPPING: Final = "rfc8265"
"""Of all others, with `precis`."""
_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def _fold_ascii(name: str) -> str:
    return name.translate(_LOWER)


_FOLD_OTHERS: Final[list[Callable[[str], str]]] = [_fold_ascii]
"""How names that are not all ASCII fold in this process."""


def fold(name: str) -> str:
    """Return the key under which `name` is compared; folding a key changes nothing."""
    return name.lower() if name.isascii() else _FOLD_OTHERS[0](name)


def choose(mapping: str) -> None:
    """Take `ascii` or `precis` for the whole process; for its start only."""
    if mapping == "precis":
        from rookery.wire.precis import prepared  # noqa: PLC0415 - seldom chosen

        _FOLD_OTHERS[0] = prepared
    else:
        _FOLD_OTHERS[0] = _fold_ascii
