"""Ways to fill a server's disk, and to make room again."""

import contextlib
import os
import resource
import subprocess

PAGE_BYTES = 4096
TMPFS_BYTES = 200_000_000


class FileLimit:
    """The kernel lets the server's files grow no further (RLIMIT_FSIZE); needs no rights."""

    def __init__(self, server):
        self._server = server

    def fill(self):
        """Refuse every write beyond the first page of a file."""
        self._limit(PAGE_BYTES)

    def free(self):
        """Let it write again; a server that was started since has no limit."""
        self._limit(resource.RLIM_INFINITY)

    def close(self):
        """Leave nothing behind."""

    def _limit(self, max_bytes):
        pid = self._server.process.pid
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (max_bytes, resource.RLIM_INFINITY))


class SmallTmpfs:
    """The data folder is a file system of its own, of a known size; needs root."""

    def __init__(self, server):
        self._folder = server.data
        self._ballast = server.data / "ballast"
        self._folder.mkdir(mode=0o700)
        _mount(self._folder)

    def fill(self):
        """Write until nothing more fits."""
        with self._ballast.open("wb", buffering=0) as file:
            for block in (bytes(PAGE_BYTES * 256), bytes(PAGE_BYTES)):
                with contextlib.suppress(OSError):
                    while file.write(block):
                        pass

    def free(self):
        """Give the room back."""
        self._ballast.unlink()

    def close(self):
        """Take the file system away, also where something still uses it."""
        subprocess.run(["umount", "--lazy", self._folder], check=True)


def _mount(folder):
    size = f"size={TMPFS_BYTES},mode=700"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "rookery-chaos", folder], check=True)


def kinds(folder):
    """Return the kinds of small disks that can be had here; there is always one."""
    if os.geteuid() != 0:
        return (FileLimit,)
    with contextlib.suppress(subprocess.CalledProcessError, FileNotFoundError):
        _mount(folder)
        subprocess.run(["umount", folder], check=True)
        return FileLimit, SmallTmpfs
    return (FileLimit,)
