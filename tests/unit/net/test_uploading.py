import pytest
from tests.unit.net.uploads import PNG, Filehost

from rookery.command.account_rules import AccountRules
from rookery.core.throttle import Pace


def test_an_upload_is_shown_to_whoever_has_its_address(host):
    """What was posted comes back, with its name and its kind."""
    status, headers, body = host.post(PNG[:5], PNG[5:])
    assert (status, body) == (201, f"{headers['Location']}\n".encode())
    status, headers, body = host.ask("GET", headers["Location"])
    assert (status, body, headers["Content-Length"]) == (200, PNG, "12")
    assert headers["Content-Type"] == "image/png"
    assert headers["Content-Disposition"] == 'inline; filename="rook.png"'


def test_a_page_in_disguise_is_only_saved(host):
    """HTML called a picture is text, and runs nowhere."""
    location = host.post(b"<script>alert(1)</script>", name="evil.png")[1]["Location"]
    headers = host.ask("GET", location)[1]
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert headers["Content-Disposition"] == 'attachment; filename="evil.png"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("user", "status"), (("", 401), ("ann:wrong", 401), ("zed", 401), ("ann", 201), ("ANN", 201))
)
def test_only_accounts_upload(host, user, status):
    """Guests, strangers and wrong passwords are asked for a right one."""
    answer = host.post(PNG, user=user)
    assert answer[0] == status
    assert ("WWW-Authenticate" in answer[1]) == (status == 401)


@pytest.mark.parametrize("header", ({"sec_fetch_mode": "cors"}, {"origin": "http://chat.test"}))
def test_a_browser_asks_nothing_by_itself(host, header):
    """The page has its own question for a password."""
    assert "WWW-Authenticate" not in host.post(PNG, user="", **header)[1]


def test_a_form_is_no_file(host):
    """What a form wraps around a file would else be shown as the file."""
    answer = host.post(b"--x", content_type="multipart/form-data; boundary=x")
    assert (answer[0], host.shelf.files) == (415, {})


@pytest.mark.parametrize(
    ("address", "tls", "status"),
    (
        ("127.0.0.1", False, 201),
        ("::1", False, 201),
        ("192.0.2.7", False, 403),
        ("192.0.2.7", True, 201),
    ),
)
def test_passwords_come_encrypted(host, address, tls, status):
    """From other computers by HTTPS alone."""
    assert host.post(PNG, address=address, tls=tls)[0] == status


def test_unencrypted_uploads_may_be_allowed():
    """Who trusts the network says so."""
    host = Filehost(is_unencrypted_allowed=True)
    assert host.post(PNG, address="192.0.2.7")[0] == 201


def test_pages_that_may_not_connect_may_not_upload(host):
    """A page that is not listed does nothing here, even with a password."""
    host.allowed = False
    assert host.post(PNG)[0] == 403


def test_guessing_is_slowed_down(host):
    """Wrong passwords count as wrong sign-ins do, and are told how long to wait."""
    house = host.house
    house.node.gate.obey(AccountRules(account_pace=Pace(2, 60_000, 60_000, 60_000)))
    answers = [host.post(PNG, user="ann:wrong", address="::1")[0] for _ in range(3)]
    assert answers == [401, 401, 429]
    assert host.post(PNG, user="ann")[1]["Retry-After"] == "60"
    assert (house.node.gate.failed_count, house.node.gate.delayed_count) == (2, 2)


def test_a_flood_of_passwords_is_turned_away(host):
    """Nobody is judged, and nothing counts as a guess."""
    host.house.hashers.is_busy = True
    assert host.post(PNG)[0] == 503
    host.house.hashers.is_busy = False
    assert host.post(PNG)[0] == 201


@pytest.mark.parametrize("announced", ("", "101"))
def test_a_file_has_a_largest_size(host, announced):
    """Announced or not; nothing of it is left."""
    headers = {"content_length": announced} if announced else {}
    assert host.post(b"x" * 60, b"x" * 41, **headers)[0] == 413
    assert (host.shelf.parts, host.shelf.files, host.uploads.usage.count) == ({}, {}, 0)


def test_an_account_has_its_quota(host):
    """Others go on; a deleted file makes room."""
    locations = [host.post(b"x" * 100)[1]["Location"] for _ in range(2)]
    assert [host.post(b"x" * 51)[0], host.post(b"x" * 51, user="bob")[0]] == [507, 201]
    assert host.ask("DELETE", locations[0], user="ann")[0] == 200
    assert host.post(b"x" * 51)[0] == 201


def test_all_together_have_theirs(host):
    """The sentence says whom to tell."""
    for user in ("ann", "ann", "bob", "bob"):
        assert host.post(b"x" * 100, user=user)[0] == 201
    assert host.post(b"x", user="bob")[::2] == (
        507,
        b"This server has no room left for files: tell who runs it.\n",
    )


def test_a_full_disk_is_said(host):
    """Nothing is left behind, and the next file is taken."""
    host.shelf.is_full = True
    assert host.post(PNG)[::2] == (
        507,
        b"The server's disk is full: try again later, and tell who runs it.\n",
    )
    host.shelf.is_full = False
    assert (host.shelf.parts, host.shelf.files, host.uploads.usage.size) == ({}, {}, 0)
    assert host.post(PNG)[0] == 201


def test_a_row_that_is_not_stored_is_no_file(host):
    """The bytes go too."""
    host.house.disk.is_full = True
    assert host.post(PNG)[0] == 507
    assert (host.shelf.files, host.uploads.usage.size) == ({}, 0)


def test_a_sender_who_goes_leaves_nothing(host):
    """Half a file is none, and its room is free again."""
    assert host.post(b"half", ConnectionResetError("gone"))[0] == 400
    assert (host.shelf.parts, host.shelf.files, host.uploads.usage.size) == ({}, {}, 0)
    assert [host.post(PNG)[0] for _ in range(3)] == [201, 201, 201]


def test_the_address_may_be_behind_a_proxy():
    """A file is found beside the address for uploads that is told to clients."""
    host = Filehost(url="https://chat.example.org/rook/upload")
    location = host.post(PNG)[1]["Location"]
    assert location.startswith("https://chat.example.org/rook/files/")


def test_pages_elsewhere_learn_what_they_may(host):
    """CORS: a preflight is answered, and the address of the file may be read."""
    status, headers, body = host.ask("OPTIONS", "/upload", origin="https://gamja.test")
    assert (status, body) == (204, b"")
    assert headers["Access-Control-Allow-Methods"] == "OPTIONS, POST"
    assert "Authorization" in headers["Access-Control-Allow-Headers"]
    assert host.post(PNG)[1]["Access-Control-Expose-Headers"] == "Location"


@pytest.mark.parametrize(
    "header", ("Basic", "Basic !!!", "Bearer YW5u", "Basic YW5u", "Basic /w==", "")
)
def test_what_is_no_password_is_none(host, header):
    """A header that cannot be read is like none."""
    assert host.ask("POST", "/upload", (PNG,), authorization=header)[0] == 401
