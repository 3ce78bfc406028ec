"""The bytes of uploaded files, in a folder beside the database: one file each, named by its id.

A file has its name only when all of it is on the disk; before that it ends in `.part`. A file that
no row of the database knows does not count, and is removed by the next start. All of it blocks:
call it on a thread.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

FOLDER: Final = "uploads"
PART: Final = ".part"


class Shelf:
    """The folder of uploads; made by its first use."""

    def __init__(self, data: Path, keep_free_bytes: int) -> None:
        """Keep files in the data folder, as long as so much of the disk stays free for the chat."""
        self._folder = data / FOLDER
        self._keep_free_bytes = keep_free_bytes

    def begin(self, upload_id: str) -> Writing:
        """Return what takes the bytes of a new file. Raises `OSError`."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        return Writing(self._folder, upload_id, self._check_room)

    def read(self, upload_id: str, start: int, size: int) -> bytes:
        """Return some bytes of a file; fewer at its end. Raises `OSError`."""
        with (self._folder / upload_id).open("rb") as file:
            file.seek(start)
            return file.read(size)

    def remove(self, upload_id: str) -> None:
        """Remove a file; one that is not there is removed already. Raises `OSError`."""
        (self._folder / upload_id).unlink(missing_ok=True)

    def ids(self) -> list[str]:
        """Return the ids of all files, and remove what never became one. Raises `OSError`."""
        if not self._folder.is_dir():
            return []
        with os.scandir(self._folder) as entries:
            names = [entry.name for entry in entries]
        for name in names:
            if name.endswith(PART):
                (self._folder / name).unlink(missing_ok=True)
        return [name for name in names if not name.endswith(PART)]

    def _check_room(self) -> None:
        if shutil.disk_usage(self._folder).free < self._keep_free_bytes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class Writing:
    """A file on its way; end it with `finish` or `abandon`. All may raise `OSError`."""

    def __init__(self, folder: Path, upload_id: str, check_room: Callable[[], None]) -> None:
        self._folder = folder
        self._path = folder / upload_id
        self._part = folder / (upload_id + PART)
        self._check_room = check_room
        check_room()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        self._file = os.fdopen(os.open(self._part, flags, 0o600), "wb", buffering=0)

    def write(self, piece: bytes) -> None:
        """Add bytes."""
        self._check_room()
        left = memoryview(piece)
        while left:
            left = left[self._file.write(left) :]

    def finish(self) -> None:
        """Have all of it on the disk, under its name."""
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.replace(self._path)
        with _opened(self._folder) as folder:
            os.fsync(folder)

    def abandon(self) -> None:
        """Leave nothing of it; also what is finished already."""
        self._file.close()
        self._part.unlink(missing_ok=True)
        self._path.unlink(missing_ok=True)


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
