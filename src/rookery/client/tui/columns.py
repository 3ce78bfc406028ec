"""Which columns stand beside the messages: by the width, until the person shows or hides one.

Where there is too little width for a column beside the messages, it comes over them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.screen import Screen

ROOMS_FROM: Final = 70
"""Columns of the terminal from which rooms stand beside the messages."""
PEOPLE_FROM: Final = 100


@dataclass(slots=True)
class Column:
    """A column, there by itself from a width on."""

    beside_from: int
    wanted: bool | None = None
    """What the person has chosen; None: nothing."""

    def is_shown(self, width: int, *, is_of_use: bool = True) -> bool:
        """Return whether it is to be seen."""
        if not is_of_use:
            return False
        return self.wanted if self.wanted is not None else width >= self.beside_from


class Columns:
    """Rooms and people of one screen, by the ids of their containers."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._by_id = {"rooms": Column(ROOMS_FROM), "people": Column(PEOPLE_FROM)}

    def arrange(self, *, has_people: bool) -> None:
        """Show and hide them for the width that there is."""
        width = self._screen.size.width
        for name, column in self._by_id.items():
            widget = self._screen.query_one(f"#{name}")
            is_of_use = has_people or name != "people"
            widget.display = column.is_shown(width, is_of_use=is_of_use)
            widget.set_class(width < column.beside_from, "-over")

    def toggle(self, name: str) -> bool:
        """Show or hide one; return whether it is shown now."""
        column = self._by_id[name]
        column.wanted = not column.is_shown(self._screen.size.width)
        return column.wanted

    def put_away(self) -> None:
        """Take away what lies over the messages."""
        for column in self._by_id.values():
            if self._screen.size.width < column.beside_from:
                column.wanted = None
