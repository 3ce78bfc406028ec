"""The file with the last view, in the state folder: for the first paint of the next start.

It is replaced whole, for the person alone, and never needed: one that cannot be read is left out.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from rookery.client.state import write_whole
from rookery.errors import ClientError
from rookery.wire.casefold import fold

if TYPE_CHECKING:
    from pathlib import Path

    from rookery.client.state import StateFolder

MAX_BYTES: Final = 32_000_000
"""A larger file is not ours."""
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

        Raises ValueError or OSError for what is not ours.
        """
        try:
            if self.path.stat().st_size > MAX_BYTES:
                raise ValueError("it is too large")
            kept = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        if not isinstance(kept, dict):
            raise ValueError("it is no view")  # noqa: TRY004 - as any other content that is not ours
        return kept

    def write(self, text: str) -> None:
        """Replace it; a folder that cannot be written costs the next first paint, and no more."""
        with contextlib.suppress(OSError, ClientError):
            self._state.folder(_FOLDER)
            write_whole(self.path, text)
