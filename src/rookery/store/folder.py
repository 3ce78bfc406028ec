"""The data folder: private to the server's user, and used by one server at a time.

The lock is the kernel's (`flock`), so it ends with the process however that dies; the pid in the
file is only for the sentence.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Final

from rookery.errors import StartError

LOCK_NAME: Final = "rookery.lock"
ANOTHER_TO_SERVE: Final = "start with another folder: rookery serve --data OTHER"


class FolderLock:
    """The right to use a data folder, from its making until `release`."""

    def __init__(self, folder: Path, otherwise: str = ANOTHER_TO_SERVE) -> None:
        """Make the folder where it is missing and lock it, or raise `StartError`.

        `otherwise` is what to do where this folder cannot be had.
        """
        try:
            _make_private(folder)
            self._fd = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StartError(
                f"Cannot use the folder {folder} ({error.strerror})."
                f" Make it writable for this user, or {otherwise}"
            ) from error
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(self._fd, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(self._fd)
            raise StartError(
                f"Another Rookery (pid {holder}) uses {folder}. Stop it, or {otherwise}"
            ) from error
        except OSError as error:
            os.close(self._fd)
            raise StartError(
                f"The file system of {folder} cannot lock files ({error.strerror})."
                f" Use a local disk, or {otherwise}"
            ) from error
        os.ftruncate(self._fd, 0)
        os.write(self._fd, b"%d\n" % os.getpid())

    def release(self) -> None:
        """Let another server have the folder; the lock file stays, since removing it would race."""
        os.close(self._fd)


def make_private_file(path: Path) -> None:
    """Make `path` where it is missing; either way only its owner may read and write it.

    SQLite gives its WAL and shared-memory files the mode of the database file.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def _make_private(folder: Path) -> None:
    """Make `folder` and its missing parents with mode 0700."""
    if folder.is_dir():
        return
    if not folder.parent.exists():
        _make_private(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
