"""What the layout of a conversation depends on beside its entries, and the columns it makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.client.conversation.entry import Entry

COLUMNS_FROM: Final = 46
"""From this width on names have a column of their own."""
MIN_WIDTH: Final = 12
"""Below it lines are laid out as if there were so many cells, and cropped."""
TIME_CELLS: Final = 6
"""`18:02` and a blank."""
INDENT: Final = 2
"""Before the further lines of a message, where names have no column."""
_NAME_CELLS: Final = (6, 14)
_NAME_SHARE: Final = 6


def no_entry(_: str) -> Entry | None:
    """Know no message."""
    return None


@dataclass(frozen=True, slots=True)
class Look:
    """How a conversation is looked at."""

    width: int
    new_from_key: str = ""
    """The entry above which the read line stands."""
    new_count: int = 0
    unfolded: frozenset[str] = frozenset()
    """Keys of the first entries of runs that are shown one by one."""
    this_year: int = 0
    """Days of another year are shown with it."""
    quoted: Callable[[str], Entry | None] = no_entry
    """Returns the entry with a msgid, where it is loaded."""

    @property
    def name_cells(self) -> int:
        """Return how wide the column of names is; 0: they stand right before the text."""
        least, most = _NAME_CELLS
        return min(max(self.width // _NAME_SHARE, least), most) if self.has_columns else 0

    @property
    def has_columns(self) -> bool:
        """Return whether names have a column."""
        return self.width >= COLUMNS_FROM

    @property
    def indent(self) -> int:
        """Return where the text of a message begins, from its second line on."""
        return TIME_CELLS + self.name_cells + 1 if self.has_columns else INDENT
