import errno
import stat

import pytest

from rookery.store.shelf import Shelf


@pytest.fixture
def shelf(tmp_path):
    """An empty shelf."""
    return Shelf(tmp_path, 0)


def _put(shelf, upload_id, *pieces):
    writing = shelf.begin(upload_id)
    for piece in pieces:
        writing.write(piece)
    writing.finish()


def test_a_file_is_read_in_parts(shelf):
    """What was written in pieces is read from anywhere."""
    _put(shelf, "p1", b"caw ", b"caw!")
    assert (shelf.read("p1", 0, 99), shelf.read("p1", 3, 2)) == (b"caw caw!", b" c")


def test_files_are_private(shelf, tmp_path):
    """Nobody else may read them, nor see their names."""
    _put(shelf, "p1", b"caw")
    assert stat.S_IMODE((tmp_path / "uploads").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "uploads" / "p1").stat().st_mode) == 0o600


def test_a_file_has_its_name_only_when_it_is_whole(shelf, tmp_path):
    """What a killed server leaves is seen to be no file."""
    writing = shelf.begin("p1")
    writing.write(b"half")
    assert [path.name for path in (tmp_path / "uploads").iterdir()] == ["p1.part"]
    assert shelf.ids() == []
    assert [*(tmp_path / "uploads").iterdir()] == []
    writing.abandon()


@pytest.mark.parametrize("is_finished", (False, True))
def test_nothing_is_left_of_an_abandoned_file(shelf, tmp_path, is_finished):
    """Neither of its bytes nor of its name, even when only its row was refused."""
    writing = shelf.begin("p1")
    writing.write(b"half")
    if is_finished:
        writing.finish()
    writing.abandon()
    assert [*(tmp_path / "uploads").iterdir()] == []


def test_a_removed_file_is_gone(shelf):
    """Removing it twice is no fault."""
    _put(shelf, "p1", b"caw")
    shelf.remove("p1")
    shelf.remove("p1")
    assert shelf.ids() == []


def test_an_unused_shelf_is_empty(shelf, tmp_path):
    """It makes no folder."""
    assert (shelf.ids(), [*tmp_path.iterdir()]) == ([], [])


def test_the_chat_keeps_its_part_of_the_disk(tmp_path):
    """A file that would need it is refused as on a full disk."""
    shelf = Shelf(tmp_path, 1 << 60)
    with pytest.raises(OSError, match="No space left") as raised:
        shelf.begin("p1")
    assert (raised.value.errno, shelf.ids()) == (errno.ENOSPC, [])
