"""One of what a picker offers."""

from __future__ import annotations

from typing import NamedTuple


class Option(NamedTuple):
    """What can be picked; `label` must be legible."""

    value: str
    label: str
