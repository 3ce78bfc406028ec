"""The data folder is private and has one user at a time; what is wrong with it is a sentence."""

import os
import stat
import subprocess
import sys

import pytest

from rookery.errors import StartError
from rookery.store.folder import LOCK_NAME, FolderLock, make_private_file

HOLDING_CHILD = """
import sys
from pathlib import Path
from rookery.store.folder import FolderLock

lock = FolderLock(Path(sys.argv[1]))
print("locked", flush=True)
sys.stdin.read()
"""


def test_missing_parents_are_private_too(tmp_path):
    """Each folder that is made has mode 0700; one that was there keeps its own."""
    tmp_path.chmod(0o755)
    FolderLock(tmp_path / "a" / "b").release()
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in (".", "a", "a/b")]
    assert modes == [0o755, 0o700, 0o700]


def test_lock_holds_this_pid(tmp_path):
    """The lock file names its holder."""
    lock = FolderLock(tmp_path)
    assert f"{os.getpid()}\n" == (tmp_path / LOCK_NAME).read_text()
    lock.release()


def test_other_process_holds_the_folder(tmp_path):
    """The refusal names the other's pid, and a holder that is killed holds nothing."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDING_CHILD, tmp_path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdout.readline() == b"locked\n"
    with pytest.raises(StartError) as refused:
        FolderLock(tmp_path)
    child.kill()
    child.communicate(timeout=30)
    assert (
        f"Another Rookery (pid {child.pid}) uses {tmp_path}."
        " Stop it, or start with another folder: rookery serve --data OTHER"
    ) == str(refused.value)
    FolderLock(tmp_path).release()


@pytest.mark.parametrize("below", ("", "data", "some/data"))
def test_unusable_folder_is_a_sentence(tmp_path, below):
    """A folder that cannot be made or written is refused with its remedy."""
    (tmp_path / "file").touch()
    with pytest.raises(StartError, match=r"^Cannot use the folder .*file.* \(.+\)\. Make it writ"):
        FolderLock(tmp_path / "file" / below)


def test_private_file(tmp_path):
    """A file is made with 0600, and brought to it where it was wider; what is in it stays."""
    path = tmp_path / "file"
    make_private_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("kept")
    path.chmod(0o644)
    make_private_file(path)
    assert (stat.S_IMODE(path.stat().st_mode), path.read_text()) == (0o600, "kept")
