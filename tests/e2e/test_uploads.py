"""Uploads on the port of everything else, against a real server. `soju.im/FILEHOST`."""

import asyncio
import contextlib
import re
import threading

import pytest
from tests.chaos.small_disk import FileLimit
from tests.e2e.http import SlowPost, ask, basic, trusting, until
from tests.e2e.http_connection import Http
from tests.e2e.program import run
from tests.e2e.websocket import connected

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4000
ANN = basic("ann", "the-right-one")
NAMED = {"Content-Disposition": 'attachment; filename="rook.png"'}
SMALL = """
[uploads]
max_bytes = 2000000
account_bytes = 3000000
at_once_per_account = 2
[accounts]
hash_memory_kib = 64
"""
FLOOD = 12
WORDS = 10
MORE_THAN_SOCKETS_HOLD = 24 << 20


@pytest.fixture
def port(server, irc):
    """The port of a server on which ann has an account."""
    server.start("--no-limits", config=SMALL)
    irc().sign_in("ann", password="the-right-one")
    return server.port


def _post(port, body=PNG, **more):
    return ask(port, "POST", "/upload", body, ANN | NAMED | more)


def _files(server):
    folder = server.data / "uploads"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_an_upload_from_the_address_that_is_told(port, irc):
    """ISUPPORT names the address, a POST there answers with another, and that has the file."""
    told = irc().sign_in("bob").lines
    (address,) = re.findall(r"soju.im/FILEHOST=(\S+)", "\n".join(told))
    assert address == f"http://127.0.0.1:{port}/upload"
    status, headers, _ = _post(port)
    assert status == 201
    status, headers, body = ask(port, "GET", headers["Location"])
    assert (status, body, headers["Content-Type"]) == (200, PNG, "image/png")


@pytest.mark.parametrize(
    ("more", "body", "status"),
    (
        ({"Content-Encoding": "gzip"}, PNG, 415),
        ({"Transfer-Encoding": "chunked"}, b"5\r\nabcdefgh\r\n", 400),
    ),
)
def test_a_body_that_is_no_file(port, server, more, body, status):
    """Nothing is unpacked, what is broken is not kept, and neither is news for the log."""
    assert _post(port, body, **more)[0] == status
    assert _files(server) == []
    assert not [line for line in server.log.lines() if "level=error" in line]


@pytest.mark.parametrize("is_deleted", (False, True))
def test_a_download_that_ends_in_the_middle(server, irc, is_deleted):
    """Its reader goes, or its owner deletes it: no fault, and nothing for the log."""
    server.start("--no-limits")
    irc().sign_in("ann", password="the-right-one")
    location = _post(server.port, bytes(MORE_THAN_SOCKETS_HOLD))[1]["Location"]
    with contextlib.closing(Http(server.port)) as reader:
        reader.ask(location)
        assert reader.socket.recv(12) == b"HTTP/1.1 200"
        if is_deleted:
            assert ask(server.port, "DELETE", location, headers=ANN)[0] == 200
            assert len(reader.rest()) < MORE_THAN_SOCKETS_HOLD
    assert _post(server.port)[0] == 201
    assert not [line for line in server.log.lines() if "level=error" in line]


def test_uploads_survive_a_kill(port, server):
    """What was answered with 201 is there after kill -9, with its name."""
    location = _post(port)[1]["Location"]
    server.kill()
    server.start_again()
    assert ask(port, "GET", location)[::2] == (200, PNG)
    status, _, body = ask(port, "GET", location, headers={"Range": "bytes=0-3"})
    assert (status, body) == (206, b"\x89PNG")
    assert ask(port, "HEAD", location)[1]["Content-Length"] == str(len(PNG))


def test_a_kill_in_the_middle_leaves_nothing_that_counts(port, server):
    """Half a file is none: the next start has removed it, and all the room is there again."""
    with contextlib.closing(SlowPost(port, "/upload", len(PNG), ANN | NAMED)) as post:
        post.send(PNG[:500_000])
        until(port, lambda: _files(server), "the first bytes are on the disk")
        server.kill()
    assert [name[-5:] for name in _files(server)] == [".part"]
    server.start_again()
    assert _files(server) == []
    assert [_post(port, bytes(1_500_000))[0] for _ in range(3)] == [201, 201, 507]


def test_a_sender_who_goes_leaves_nothing(port, server):
    """The server does not take half for the whole, and frees the place."""
    for _ in range(3):
        with contextlib.closing(SlowPost(port, "/upload", len(PNG), ANN | NAMED)) as post:
            post.send(PNG[:500_000])
            until(port, lambda: _files(server), "the first bytes are on the disk")
        until(port, lambda: not _files(server), "nothing is left")
    assert _post(port)[0] == 201


def test_limits_of_size_and_number(port, server):
    """A file too large is refused at once; so is a third at the same time."""
    with contextlib.closing(SlowPost(port, "/upload", 2_000_001, ANN)) as post:
        assert post.answer() == "HTTP/1.1 413 Request Entity Too Large"
    with contextlib.ExitStack() as stack:
        for _ in range(2):
            slow = SlowPost(port, "/upload", len(PNG), ANN | NAMED)
            stack.enter_context(contextlib.closing(slow)).send(PNG[:10])
        until(port, lambda: len(_files(server)) == 2, "two files are on their way")
        assert _post(port)[0] == 503
    until(port, lambda: not _files(server), "nothing is left")
    assert _post(port)[0] == 201


def test_wrong_passwords_and_guests(port):
    """Only an account's password opens it."""
    assert ask(port, "POST", "/upload", PNG, NAMED)[0] == 401
    assert ask(port, "POST", "/upload", PNG, basic("ann", "wrong"))[0] == 401
    assert ask(port, "POST", "/upload", PNG, basic("bob", "the-right-one"))[0] == 401


def test_html_in_disguise(port):
    """A page that calls itself a picture is only ever saved."""
    location = _post(port, b"<script>alert(1)</script>")[1]["Location"]
    headers = ask(port, "GET", location)[1]
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert headers["Content-Disposition"] == 'attachment; filename="rook.png"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_delete(port, server):
    """Its owner removes it, at once and for good."""
    location = _post(port)[1]["Location"]
    assert ask(port, "DELETE", location, headers=ANN)[0] == 200
    assert ask(port, "GET", location)[0] == 404
    until(port, lambda: not _files(server), "the bytes are gone")


def test_a_full_disk(port, server):
    """507 and a sentence; nothing is left behind, and with room all goes on."""
    with contextlib.closing(FileLimit(server)) as disk:
        disk.fill()
        status, _, body = _post(port)
        assert (status, body[:18]) == (507, b"The server's disk ")
        assert _files(server) == []
        disk.free()
    assert _post(port)[0] == 201


def test_the_chat_goes_on_during_a_flood_of_uploads(server, irc):
    """A dozen wrong passwords at once are judged beside the talk of a room."""
    server.start("--no-limits")
    irc().sign_in("ann", password="the-right-one")
    bob, cat = (irc().sign_in(nick, "echo-message").join("#yard") for nick in ("bob", "cat"))
    answers = []

    def guess():
        answers.append(ask(server.port, "POST", "/upload", b"x", basic("ann", "guess"))[0])

    guessers = [threading.Thread(target=guess) for _ in range(FLOOD)]
    for one in guessers:
        one.start()
    for number in range(WORDS):
        bob.send(f"PRIVMSG #yard :word {number}")
        cat.expect(f"PRIVMSG #yard :word {number}$")
    for one in guessers:
        one.join()
    assert set(answers) <= {401, 503}


def test_uploads_are_off_with_one_setting(server, irc):
    """No address is told, and none answers."""
    server.start(config="[uploads]\nenabled = false\n")
    told = irc().sign_in("ann", password="the-right-one").lines
    assert not [line for line in told if "FILEHOST" in line]
    assert ask(server.port, "POST", "/upload", PNG, ANN)[0] == 404


def test_uploads_over_tls(server, irc):
    """The address that is told has https and the server's name."""
    server.start("--tls", config='[server]\nname = "chat.rook.test"\n')
    tls = trusting()
    told = irc(tls=tls).sign_in("ann", password="the-right-one").lines
    (line,) = [line for line in told if "FILEHOST" in line]
    assert f"soju.im/FILEHOST=https://chat.rook.test:{server.port}/upload" in line
    status, headers, _ = ask(server.port, "POST", "/upload", PNG, ANN | NAMED, tls)
    assert status == 201
    assert ask(server.port, "GET", headers["Location"], tls=tls)[2] == PNG


def test_uploads_are_in_a_backup(port, server, tmp_path):
    """`rookery backup` beside a running server, and `rookery restore`, keep every file."""
    location = _post(port)[1]["Location"]
    file = tmp_path / "kept.backup"
    assert run(tmp_path / "home", "backup", file, "--data", server.data).returncode == 0
    server.stop()
    server.data = tmp_path / "restored"
    assert run(tmp_path / "home", "restore", file, "--data", server.data).returncode == 0
    server.start_again()
    assert ask(port, "GET", location)[2] == PNG


def test_our_own_page_is_told_its_own_address(port):
    """It uploads where it comes from, under the name that its visitor has typed."""

    async def told(origin):
        headers = {"Origin": origin, "Host": f"localhost:{port}"} if origin else None
        async with connected(port, path="/ws", headers=headers) as client:
            await client.say("NICK bob", "USER bob 0 * :bob")
            return re.findall(r"soju.im/FILEHOST=(\S+)", await client.expect("FILEHOST="))

    page = f"http://localhost:{port}"
    assert asyncio.run(told(page)) == [f"{page}/upload"]
    assert asyncio.run(told("")) == [f"http://127.0.0.1:{port}/upload"]
    status, headers, _ = _post(port, Origin=page, Host=f"localhost:{port}")
    assert (status, headers["Location"][:7]) == (201, "/files/")
    assert _post(port, Origin="https://evil.test")[0] == 403
