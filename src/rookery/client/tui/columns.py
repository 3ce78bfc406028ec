"""Which columns stand beside the messages: by the width, until the person shows or hides one.

Where there is too little width for a column beside the messages, it comes over them, one at a
time; what was opened or closed there says nothing about how it stands beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.client.tui.panel import Panel

if TYPE_CHECKING:
    from textual.screen import Screen

ROOMS_FROM: Final = 70
"""Columns of the terminal from which rooms stand beside the messages."""
PEOPLE_FROM: Final = 100
_BESIDE_FROM: Final = {"rooms": ROOMS_FROM, "people": PEOPLE_FROM}
"""By the id of the column's container."""
_LISTS: Final = {"rooms": "sidebar", "people": "people-list"}
"""The id of the list in each."""


class Columns:
    """Rooms and people of one screen."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._hidden: set[str] = set()
        """Those that the person does not want beside the messages."""
        self._over = ""
        """The one that lies over the messages; empty for none."""
        self.chosen = ""
        """The key of the row that is chosen in it; empty before one was."""

    @property
    def is_over(self) -> bool:
        """Return whether one lies over the messages: the keys of lists are for it."""
        return bool(self._over)

    @property
    def list_over(self) -> Panel | None:
        """Return the list that lies over the messages."""
        return self._screen.query_one(f"#{_LISTS[self._over]}", Panel) if self._over else None

    def arrange(self, *, has_people: bool) -> None:
        """Show and hide them for the width that there is."""
        if self._over and self._is_beside(self._over):
            self._over = self.chosen = ""
        for name in _BESIDE_FROM:
            widget = self._screen.query_one(f"#{name}")
            is_beside = self._is_beside(name)
            is_shown = name not in self._hidden if is_beside else name == self._over
            widget.display = is_shown and (has_people or name != "people")
            widget.set_class(not is_beside, "-over")

    def toggle(self, name: str) -> bool:
        """Show or hide one, and call `arrange` next; return whether one lies over the messages."""
        if self._is_beside(name):
            self._hidden ^= {name}
        else:
            self._over, self.chosen = "" if self._over == name else name, ""
        return bool(self._over)

    def put_away(self) -> bool:
        """Take away what lies over the messages; return whether something did."""
        name, self._over, self.chosen = self._over, "", ""
        if name:
            self._screen.query_one(f"#{name}").display = False
        return bool(name)

    def _is_beside(self, name: str) -> bool:
        return self._screen.size.width >= _BESIDE_FROM[name]
