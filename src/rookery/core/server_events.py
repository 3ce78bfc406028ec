"""What operators do to people: it changes nothing in the world, and is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from rookery.core.user import User


@dataclass(frozen=True, slots=True)
class Killed:
    """An operator ends the connections of a person, who leaves right after."""

    user: User
    by: User
    comment: str
    quit_reason: str
    """What the others read."""


@dataclass(frozen=True, slots=True)
class Proclaimed:
    """An operator told something to everybody who has mode `w`."""

    by: User
    text: str


OperatorActed: TypeAlias = Killed | Proclaimed
