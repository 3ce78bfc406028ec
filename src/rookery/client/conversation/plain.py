"""Plain values as they come out of a JSON file, checked for their shape.

What is not as expected raises ValueError or TypeError; nothing is guessed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES: Final = 32_000_000
"""A larger file is not ours."""


def read_object(path: Path) -> dict[str, object] | None:
    """Return the object in a file; None where there is no file. May raise OSError, too."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError("it is too large")
        return as_dict(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def as_list(value: object) -> list[object]:
    """Return a list."""
    if not isinstance(value, list):
        raise TypeError("a list is expected")
    return value


def as_dict(value: object) -> dict[str, object]:
    """Return an object."""
    if not isinstance(value, dict):
        raise TypeError("an object is expected")
    return value
