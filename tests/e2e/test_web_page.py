"""The web page's addresses on the one port, against a real server process."""

import asyncio
import contextlib
import re
import signal
import socket
import ssl
import time
from pathlib import Path

import aiohttp
import pytest
from tests.e2e.http_connection import Http
from tests.e2e.waits import SEEN_S, START_S, STOP_S
from tests.e2e.websocket import BINARY, TEXT, connected

STRICT = (
    "content-security-policy",
    "cross-origin-opener-policy",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
)


@pytest.fixture
def http(server):
    """Return a function that opens an HTTP connection to the server, or to a given port."""
    with contextlib.ExitStack() as connections:

        def http(port=0, **options):
            one = Http(port or server.port, **options)
            return connections.enter_context(contextlib.closing(one))

        yield http


@pytest.fixture
def untrusting():
    """A TLS context that asks for no trust in the server's own certificate."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _address(page):
    """Return the address of a file that the page names."""
    return re.search(rb'"(/static/[0-9a-f]{12}/[^"]+)"', page)[1].decode()


def test_page(server, http):
    """The page is at /, whole files are below an address that changes with them."""
    server.start()
    browser = http()
    page = browser.get("/")
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"<title>Rookery</title>" in page.body
    assert page.headers["cache-control"] == "no-cache"
    file = browser.get(_address(page.body))
    assert (file.status, file.headers["cache-control"]) == (
        200,
        "public, max-age=31536000, immutable",
    )


def test_as_soon_as_it_listens(server, http):
    """Who asks in the moment of the start is answered too."""
    server.start()
    assert http().get("/").status == 200


def test_known_page(server, http):
    """Who has the page is told that it is still the one; HEAD tells all but the page."""
    server.start()
    browser = http()
    page = browser.get("/")
    known = browser.get("/", If_None_Match=page.headers["etag"])
    assert (known.status, known.body) == (304, b"")
    head = browser.get("/", "HEAD")
    assert head.headers["content-length"] == str(len(page.body))
    assert browser.get("/healthz").body == b"ok\n"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    (
        ("GET", "/", 200),
        ("GET", "/healthz", 200),
        ("GET", "/nothing", 404),
        ("GET", "/static/../../server.py", 404),
        ("GET", "/static/%2e%2e/%2e%2e/server.py", 404),
        ("GET", "/..%2f..%2fetc/passwd", 404),
        ("GET", "//etc/passwd", 404),
        ("POST", "/", 405),
        ("DELETE", "/healthz", 405),
        ("OPTIONS", "*", 404),
        ("GET", "/ws", 426),
    ),
)
def test_answers(lasting, http, method, path, status):
    """Every answer has the strict headers, and what is not there is a sentence."""
    answer = http(lasting().port).get(path, method)
    assert answer.status == status
    assert [name for name in STRICT if name not in answer.headers] == []
    assert status == 200 or re.fullmatch(rb"[A-Z].+\n", answer.body)


GARBAGE = (
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET \x00\xff\xfe\r\n\r\n",
    b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",
    b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nA: " + b"x" * 20_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n",
)


def test_garbage(server, http):
    """What is no request is answered 400 and closed; others are served, nothing is logged."""
    server.start()
    for garbage in GARBAGE:
        bad = http()
        bad.send(garbage)
        answer = bad.answer()
        assert (answer.status, garbage) == (400, garbage)
        assert "content-security-policy" in answer.headers
        assert bad.rest() == b""
        assert http().get("/healthz").status == 200
    server.stop()
    assert "level=error" not in server.log.rest()


def test_several_requests(server, http):
    """A connection is kept for the next request; several at once are answered in order."""
    server.start()
    browser = http()
    request = b"GET /%s HTTP/1.1\r\nHost: a\r\n\r\n"
    browser.send(request % b"healthz" + request % b"nothing" + request % b"healthz")
    assert [browser.answer().status for _ in range(3)] == [200, 404, 200]
    for byte in request % b"healthz":
        browser.send(bytes([byte]))
    assert browser.answer().status == 200


def test_half_closed(server, http):
    """Who has sent a request and nothing more to say gets the answer, and the end."""
    server.start()
    for path in ("/", "/healthz", "/nothing"):
        browser = http()
        browser.ask(path)
        browser.socket.shutdown(socket.SHUT_WR)
        assert browser.answer().status in {200, 404}
        assert browser.rest() == b""


def test_tls(server, http, untrusting):
    """The same port has the same page encrypted, and the WebSocket too."""
    server.start("--tls")
    assert http(tls=untrusting).get("/healthz").status == 200
    assert http().get("/healthz").status == 200
    assert http(tls=untrusting).handshake("/ws", Origin="https://chat.test") == 101
    assert http(tls=untrusting).handshake("/ws", Origin="http://chat.test") == 403


@pytest.mark.parametrize(
    ("protocol", "kind"),
    ((TEXT, aiohttp.WSMsgType.TEXT), (BINARY, aiohttp.WSMsgType.BINARY)),
)
def test_websocket(server, irc, protocol, kind):
    """At /ws people talk with those of every other client."""
    server.start()
    bob = irc().sign_in("bob").join("#yard")

    async def run():
        async with connected(server.port, (protocol,), path="/ws") as ann:
            await ann.sign_in("ann")
            await ann.say("JOIN #yard")
            await ann.expect(" 366 ")
            bob.send(*(f"PRIVMSG #yard :word {number}" for number in range(100)))
            for number in range(100):
                await ann.expect(f"PRIVMSG #yard :word {number}")
            await ann.say("PRIVMSG #yard :and back")
            bob.expect("PRIVMSG #yard :and back$")
            assert ann.types == {kind}

    asyncio.run(run())
    bob.expect(":ann!.* QUIT :")


@pytest.mark.parametrize(
    ("origin", "status"),
    (
        ("http://chat.test", 101),
        ("https://chat.test", 101),
        ("https://other.test", 101),
        ("http://chat.test:1", 403),
        ("https://evil.test", 403),
        ("null", 403),
        (None, 101),
    ),
)
def test_origins(lasting, http, origin, status):
    """Only the server's own page may connect, those listed, and programs."""
    server = lasting(config='[web]\norigins = ["https://other.test"]\n')
    headers = {"Origin": origin} if origin else {}
    assert http(server.port).handshake("/ws", **headers) == status


def test_switched_off(server, http):
    """Without the page a browser is told how to connect; the library is not even loaded."""
    server.start("--no-web")
    answer = http().get("/")
    assert answer.status == 404
    assert b"rookery chat" in answer.body
    assert "aiohttp" not in Path(f"/proc/{server.process.pid}/maps").read_text(encoding="utf-8")


def _wait_for_page(http):
    """Return once the page is loaded; until then a busy server may cut off who waits for it."""
    until_s = time.monotonic() + START_S
    while time.monotonic() < until_s:
        with contextlib.suppress(EOFError):
            assert http().get("/healthz").status == 200
            return
    pytest.fail("the page was not loaded in time")


def test_requests_that_never_come_whole(server, http, irc):
    """Slow senders are closed in the time for signing in, and hold nobody else up meanwhile."""
    limits = "[limits]\nregistration_timeout_s = 5\nunregistered_per_address = 7\n"
    server.start(config=limits)
    _wait_for_page(http)
    slow = []
    for said in (b"G", b"GET / HTTP/1.1\r\nHost: x\r\n", b"POST /") * 2:
        slow.append(http())
        slow[-1].send(said)
    assert http().get("/healthz").status == 200
    irc().sign_in("ann")
    for one in slow:
        assert not one.rest().startswith(b"HTTP")


def test_connections_are_counted(server, http, irc):
    """Who has asked signs in no more, but counts as a connection until it is closed."""
    server.start(config="[limits]\nunregistered_per_address = 1\nconnections_per_address = 3\n")
    for _ in range(3):
        assert http().get("/healthz").status == 200
    assert http().rest().startswith(b"ERROR :Too many connections from your address")


def test_stop(server, http):
    """A server that stops closes what browsers keep open, and ends at once."""
    server.start()
    browser = http()
    assert browser.get("/").status == 200
    server.process.send_signal(signal.SIGTERM)
    assert browser.rest() == b""
    assert server.process.wait(STOP_S) == 0


def test_slow_reader(server, http):
    """Who asks for much and reads nothing holds nobody up."""
    server.start(config="[limits]\nenabled = false\n")
    greedy = http()
    greedy.socket.settimeout(SEEN_S)
    page = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    with contextlib.suppress(TimeoutError):
        greedy.socket.settimeout(0.2)
        greedy.send(page * 100_000)
    assert http().get("/healthz").status == 200
