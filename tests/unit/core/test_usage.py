import pytest

from rookery.core.usage import Bounds, Shortage, Usage

BOUNDS = Bounds(file_bytes=50, account_bytes=100, total_bytes=150, at_once=3, at_once_per_account=2)


@pytest.fixture
def usage():
    """Ann has two files of 60 bytes together, bob none."""
    return Usage({"ann": (2, 60)})


def test_a_start_counts_what_is_kept(usage):
    """Files and bytes, of all and of each."""
    assert (usage.count, usage.size, usage.kept_by("ann"), usage.kept_by("bob")) == (2, 60, 60, 0)


def test_a_file_counts_once_it_is_kept(usage):
    """One that is given up leaves no trace."""
    assert usage.begin("bob", 10, BOUNDS) is None
    usage.end("bob", 10, 9)
    assert usage.begin("bob", 20, BOUNDS) is None
    usage.end("bob", 20)
    assert (usage.count, usage.size, usage.kept_by("bob")) == (3, 69, 9)


def test_no_file_is_larger_than_allowed(usage):
    """Announced or found out on the way."""
    assert usage.begin("bob", 51, BOUNDS) is Shortage.FILE
    assert usage.begin("bob", 0, BOUNDS) is None
    assert usage.grow("bob", 0, 50, BOUNDS) is None
    assert usage.grow("bob", 50, 51, BOUNDS) is Shortage.FILE


def test_what_is_on_its_way_counts_against_the_account(usage):
    """Two files cannot both have the last room."""
    assert usage.begin("ann", 30, BOUNDS) is None
    assert usage.begin("ann", 11, BOUNDS) is Shortage.ACCOUNT
    assert usage.begin("ann", 10, BOUNDS) is None
    assert usage.grow("ann", 10, 11, BOUNDS) is Shortage.ACCOUNT


def test_what_is_on_its_way_counts_against_all(usage):
    """Accounts with room of their own cannot have more than there is."""
    assert usage.begin("bob", 50, BOUNDS) is None
    assert usage.begin("cid", 41, BOUNDS) is Shortage.TOTAL
    assert usage.begin("cid", 40, BOUNDS) is None


def test_no_more_than_so_many_at_once(usage):
    """Of one account, and of all; an end makes room."""
    assert usage.begin("bob", 1, BOUNDS) is None
    assert usage.begin("bob", 2, BOUNDS) is None
    assert usage.begin("bob", 1, BOUNDS) is Shortage.TOO_MANY
    assert usage.begin("cid", 1, BOUNDS) is None
    assert usage.begin("ann", 1, BOUNDS) is Shortage.TOO_MANY
    usage.end("bob", 2)
    assert usage.begin("ann", 1, BOUNDS) is None


def test_a_removed_file_makes_room(usage):
    """Its bytes are there for others."""
    usage.removed("ann", 25)
    assert (usage.count, usage.size, usage.kept_by("ann")) == (1, 35, 35)


def test_files_of_an_account_that_is_gone_are_nobodys(usage):
    """Whoever has the name next begins with nothing; the bytes still count."""
    usage.move("ann", "", 60)
    assert (usage.size, usage.kept_by("ann"), usage.kept_by("")) == (60, 0, 60)
