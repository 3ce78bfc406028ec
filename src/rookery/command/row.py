"""What the table of commands says of one command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call


@dataclass(frozen=True, slots=True)
class Command:
    """One command; `is_early` lets it in before sign-in, too few parameters are answered 461.

    `privilege` is what a person must be allowed (`core/operators.py`), before anything else.
    """

    name: str
    handler: Callable[[Call], None]
    min_params: int
    usage: str
    summary: str
    spec: str
    is_early: bool = False
    privilege: str = ""
    is_talk: bool = False
    """Said all day long: not counted by STATS, and never privileged."""
