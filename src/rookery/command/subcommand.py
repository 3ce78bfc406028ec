"""What a service's table says of one of its commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.call import Call


@dataclass(frozen=True, slots=True)
class Subcommand:
    """One word that a service understands; the handler takes the words behind it."""

    handler: Callable[[Call, list[str]], None]
    min_words: int
    usage: str
    summary: str
