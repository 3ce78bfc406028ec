import pytest
from tests.unit.net.uploads import DAY_MS, PNG, Filehost


def test_a_file_expires(host):
    """From the moment on it is not there; its bytes follow."""
    location = host.post(PNG)[1]["Location"]
    house = host.house
    house.now_ms += DAY_MS - 1
    host.uploads.tick(house.node)
    house.turn()
    assert host.ask("GET", location)[0] == 200
    house.now_ms += 1
    assert host.ask("GET", location)[0] == 404
    house.now_ms += 3_600_000
    host.uploads.tick(house.node)
    house.turn()
    assert (host.shelf.files, host.uploads.usage.count, house.store.load().uploads) == ({}, 0, {})


def test_many_files_expire_together(host):
    """No more than a page of them at a time, until none is left."""
    host.uploads.rules = host.uploads.rules.__class__(
        bounds=host.uploads.rules.bounds._replace(account_bytes=10_000, total_bytes=10_000),
        max_age_ms=DAY_MS,
    )
    for _ in range(205):
        host.post(b"x")
    host.house.now_ms += DAY_MS + 1
    for _ in range(3):
        host.uploads.tick(host.house.node)
        host.house.turn()
    assert (host.uploads.usage.count, host.shelf.files) == (0, {})


def test_files_can_be_kept_for_good():
    """Nothing expires then."""
    host = Filehost(max_age_ms=0)
    location = host.post(PNG)[1]["Location"]
    host.house.now_ms += 10_000 * DAY_MS
    host.uploads.tick(host.house.node)
    assert host.ask("GET", location)[0] == 200


def test_a_start_removes_what_never_counted(host):
    """Files without a row, and parts; what has a row stays."""
    location = host.post(PNG)[1]["Location"]
    host.shelf.files["stray"] = b"no row knows it"
    host.shelf.parts["half"] = b"ha"
    host.uploads.clean_up(host.house.node)
    host.house.turn()
    assert (len(host.shelf.files), host.shelf.parts) == (1, {})
    assert host.ask("GET", location)[0] == 200


@pytest.mark.parametrize("change", ("x", "/x", "", "%"))
def test_an_address_must_be_right(host, change):
    """The id finds the file, and its name belongs to the address."""
    location = host.post(PNG)[1]["Location"]
    assert host.ask("GET", location + change)[0] == (404 if change else 200)
    assert host.ask("GET", location.replace("/files/", "/files/x"))[0] == 404
    assert host.ask("GET", "/files/../rookery.db")[0] == 404


def test_only_the_owner_deletes(host):
    """With the password of the account that posted it."""
    location = host.post(PNG)[1]["Location"]
    assert host.ask("DELETE", location)[0] == 401
    assert host.ask("DELETE", location, user="bob")[0] == 403
    assert host.ask("DELETE", location, user="ann")[0] == 200
    assert host.ask("GET", location)[0] == 404
    assert host.shelf.files == {}


def test_who_deletes_second_frees_nothing_more(host):
    """Two requests that have both seen the file make room for it once."""
    for _ in range(2):
        host.post(PNG)
    row = host.house.store.uploads_before(1 << 62, 1)[0]
    told = []
    for _ in range(3):
        host.uploads.remove(host.house.node, row, told.append)
        host.house.turn()
    assert (told, host.uploads.usage.count, host.uploads.usage.size) == ([True] * 3, 1, 12)


def test_a_file_that_could_not_be_deleted_is_there(host):
    """A full disk says so, and the next try counts."""
    location = host.post(PNG)[1]["Location"]
    host.house.disk.is_full = True
    assert host.ask("DELETE", location, user="ann")[0] == 507
    host.house.disk.is_full = False
    assert host.ask("GET", location)[2] == PNG
    assert host.ask("DELETE", location, user="ann")[0] == 200


def test_a_file_that_was_taken_away_by_hand_is_not_there(host):
    """The operator has deleted its bytes."""
    location = host.post(PNG)[1]["Location"]
    host.shelf.files.clear()
    assert host.ask("GET", location)[0] == 404


def test_files_of_an_account_that_is_gone_stay(host):
    """What was shown stays to be seen, and is nobody's."""
    location = host.post(PNG)[1]["Location"]
    ann = host.house.person("ann", account="ann")
    code = ann.does("NS UNREGISTER")[-1].split()[-1]
    ann.does(f"NS UNREGISTER ann {code}")
    assert host.ask("GET", location)[0] == 200
    assert (host.uploads.usage.kept_by("ann"), host.uploads.usage.kept_by("")) == (0, 12)
    assert host.house.store.load().uploads == {"": (1, 12)}


def test_parts_of_a_file(host):
    """For players that jump, and downloads that go on. RFC 9110 §14."""
    location = host.post(b"0123456789")[1]["Location"]
    status, headers, body = host.ask("GET", location, range="bytes=2-4")
    assert (status, body, headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
    status, headers, _ = host.ask("GET", location, range="bytes=10-")
    assert (status, headers["Content-Range"]) == (416, "bytes */10")
    assert host.ask("GET", location, range="bytes=2-4", if_range='"old"')[::2] == (
        200,
        b"0123456789",
    )
    status, headers, body = host.ask("HEAD", location)
    assert (status, body, headers["Content-Length"]) == (200, b"", "10")
    assert host.ask("GET", location, if_none_match=headers["ETag"])[0] == 304
