"""The file with the last view, in the state folder: for the first paint of the next start.

It is replaced whole, for the person alone, and never needed: one that cannot be read is left out.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from rookery.client.conversation.plain import read_object
from rookery.client.state import write_whole
from rookery.errors import ClientError
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from pathlib import Path

    from rookery.client.state import StateFolder

_FOLDER: Final = "views"


class ViewFile:
    """The last view of one name on one server."""

    def __init__(self, state: StateFolder, server: str, name: str) -> None:
        self._state = state
        self._name = f"{quote(f'{fold(name)}@{server}', safe='@')}.json"

    @property
    def path(self) -> Path:
        """Return where it is."""
        return self._state.path / _FOLDER / self._name

    def read(self) -> dict[str, object] | None:
        """Return what is there; None for nothing.

        Raises ValueError, TypeError or OSError for what is not ours.
        """
        return read_object(self.path)

    def write(self, text: str) -> None:
        """Replace it; a folder that cannot be written costs the next first paint, and no more."""
        with contextlib.suppress(OSError, ClientError):
            self._state.folder(_FOLDER)
            write_whole(self.path, text)
