"""What a session has to tell: what its model shows, and what becomes of the connection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from rookery.client.shown import Shown

if TYPE_CHECKING:
    from rookery.errors import ClientError


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection is gone; the next try comes after `wait_s`."""

    wait_s: float
    is_first: bool
    """False: it was gone before, and a try has failed."""


@dataclass(frozen=True, slots=True)
class GaveUp:
    """There will be no further try."""

    error: ClientError


News: TypeAlias = Shown | Lost | GaveUp
