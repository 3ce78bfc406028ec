"""Garbage, endless lines, silence and readers that do not read: no other session notices.

In each test two people talk all the while; at its end they have seen each other's every word and
nothing else, and the server has logged no error.
"""

import contextlib
import itertools
import random
import re
import socket
import ssl
import subprocess

import pytest
from tests.e2e.bystanders import Bystanders
from tests.e2e.waits import END_S, SEEN_S

GARBAGE_BYTES = 200_000
ENDLESS_BYTES = 1_000_000
RECEIVE_BUFFER_BYTES = 65_536
RUDE = (r"rude\d+",)
_numbers = itertools.count()
SLOW_CAPS = "batch server-time draft/account-registration"


@pytest.fixture
def bystanders(server, irc):
    """Two people who talk, on a server without pacing."""
    server.start("--no-limits")
    return Bystanders(server, irc)


@pytest.fixture
def rude_nick():
    """A name that nobody has had before: who has left may not be gone yet."""
    return f"rude{next(_numbers)}"


@pytest.mark.parametrize("seed", range(3))
def test_garbage_from_nc(lasting_bystanders, require_tool, seed):
    """Random bytes are answered or not, and the connection ends with them."""
    bystanders = lasting_bystanders
    garbage = random.Random(seed).randbytes(GARBAGE_BYTES)
    nc = require_tool("nc", "netcat-openbsd")
    with subprocess.Popen(
        [nc, "-N", "127.0.0.1", str(bystanders.port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    ) as process:
        with contextlib.suppress(BrokenPipeError):
            for at in range(0, GARBAGE_BYTES, GARBAGE_BYTES // 10):
                process.stdin.write(garbage[at : at + GARBAGE_BYTES // 10])
                process.stdin.flush()
                bystanders.talk()
            process.stdin.close()
        process.wait(END_S)
    bystanders.check(RUDE)


@pytest.mark.parametrize("head", (b"", b"PRIVMSG #yard :", b"@a=", b"@a=b PRIVMSG #yard :", b":"))
@pytest.mark.parametrize("is_signed_in", (False, True))
def test_a_line_without_end(lasting_bystanders, irc, rude_nick, head, is_signed_in):
    """A line of 1 MB is answered with 417, once, and dropped whole; the next line counts."""
    bystanders = lasting_bystanders
    rude = irc(bystanders.port)
    if is_signed_in:
        rude.sign_in(rude_nick).join("#yard")
    part = head + b"x" * (ENDLESS_BYTES // 4)
    for _ in range(4):
        rude.send_bytes(part)
        part = b"x" * (ENDLESS_BYTES // 4)
        bystanders.talk()
    rude.send("")
    assert sum(" 417 " in line for line in rude.catch_up()) == 1
    bystanders.check(RUDE)


BAD_LINES = {
    "invalid UTF-8": (b"PRIVMSG #yard :caf\xe9\r\n", "FAIL PRIVMSG INVALID_UTF8|INVALID_UTF8"),
    "overlong UTF-8": (b"PRIVMSG #yard :\xc0\xaf\r\n", "UTF-8"),
    "NUL": (b"PRIVMSG #yard :a\0b\r\n", " 421 "),
    "NUL alone": (b"\0\r\n", " 421 "),
    "bare CR": (b"PRIVMSG #yard :a\rb\r\n", " 421 "),
    "bare colon": (b":\r\n", " 421 "),
    "tags alone": (b"@a=b\r\n", " 421 "),
    "unknown command": (b"\x1b[2J\x07\r\n", " 421 "),
    "too many targets": (b"PRIVMSG #yard,#yard,#yard,#yard,#yard :x\r\n", " 407 "),
    "hundred parameters": (b"JOIN" + b" #a" * 100 + b"\r\n", " 366 "),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_bad_lines(lasting_bystanders, irc, rude_nick, name):
    """Each bad line is answered to its sender alone, who stays connected."""
    data, answer = BAD_LINES[name]
    rude = irc(lasting_bystanders.port).sign_in(rude_nick, "standard-replies")
    rude.join("#yard")
    rude.send_bytes(data)
    rude.expect(answer)
    rude.catch_up()
    lasting_bystanders.check(RUDE)


def test_connections_that_say_nothing(server, irc):
    """Silent and half-said connections are closed in time; too many of them are turned away."""
    server.start("--tls", config="[limits]\nregistration_timeout_s = 5\n")
    bystanders = Bystanders(server, irc)
    silent = [irc() for _ in range(30)]
    stuck = [irc() for _ in range(3)]
    for one in stuck:
        one.send_bytes(b"NICK hal")
    in_handshake = [irc() for _ in range(3)]
    for one in in_handshake:
        one.send_bytes(b"\x16\x03\x01\x02\x00\x01\x00")
    bystanders.talk()
    for one in stuck:
        assert "took too long" in one.expect_end()[-1]
    bystanders.talk()
    for one in silent:
        one.expect_end()
    bystanders.check()
    irc().sign_in("late")
    for one in in_handshake:
        one.expect_end(SEEN_S)


def test_too_many_strangers(server, irc):
    """Those above the limit are turned away with a word, and those inside are not disturbed."""
    server.start(config="[limits]\nunregistered_per_address = 10\n")
    bystanders = Bystanders(server, irc)
    *strangers, last = [irc() for _ in range(11)]
    assert "Too many connections from your address" in last.expect_end()[-1]
    strangers[0].close()
    bystanders.check()
    irc().sign_in("late")


def test_full_server(server, irc):
    """Who finds a server full, or too many of its address there, is told in a word."""
    server.start(config="[limits]\nconnections_per_address = 3\n")
    people = [irc().sign_in(nick) for nick in ("ann", "bob", "cat")]
    assert irc().expect_end()[-1].startswith("ERROR :Too many connections from your address")
    people[0].send("QUIT")
    people[0].expect_end()
    irc().sign_in("dan")
    server.stop()
    server.start(config="[limits]\nconnections = 1\n")
    irc().sign_in("ann")
    assert irc().expect_end() == ["ERROR :This server is full: try again later"]


def test_clients_that_vanish(bystanders, irc):
    """A reset in mid-line ends that session alone, and the others are told of it."""
    for number in range(20):
        gone = irc().sign_in(f"gone{number}").join("#yard")
        gone.send_bytes(b"PRIVMSG #yard :half a li")
        gone.reset()
    for number in range(20):
        bystanders.expect_on_each(rf":gone{number}!\S+ QUIT :")
    bystanders.check(others=[r"gone\d+"])


def test_tls_garbage(server, irc):
    """Half a TLS handshake, or a whole one with garbage behind it, disturbs nobody."""
    server.start("--tls")
    bystanders = Bystanders(server, irc)
    broken = irc()
    broken.send_bytes(b"\x16\x03\x01" + random.Random(1).randbytes(5000))
    broken.expect_end()
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    inside = irc(tls=context)
    inside.sign_in("tess").send_bytes(random.Random(2).randbytes(5000).replace(b"\r", b""))
    inside.send("")
    inside.catch_up()
    bystanders.check(others=["tess"])


def test_a_reader_that_stops_reading(server, irc):
    """Whoever falls too far behind is disconnected, and gets the rest when they are back."""
    server.start("--no-limits", config="[limits]\noutbox_bytes = 1000000\n")
    bystanders = Bystanders(server, irc)
    slow = irc().sign_in("slow", SLOW_CAPS, password="secret1").join("#yard")
    slow.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
    said = 0
    while "dropped" not in server.log.text():
        bystanders.say_many(said, 100)
        said += 100
        assert said < 100_000
    server.log.expect("dropped .*Reading too slowly")
    bystanders.expect_on_each(r":slow!\S+ QUIT :Reading too slowly")
    got = numbers_in(slow.expect_end(SEEN_S))
    back = irc().come_back("slow", SLOW_CAPS, "secret1").join("#yard")
    back.expect("BATCH -")
    assert sorted({*got, *numbers_in(back.catch_up())}) == list(range(said))
    bystanders.check(others=["slow"])


def numbers_in(lines):
    """Return the numbers that `say_many` has said to slow in these lines."""
    found = (re.search(r"PRIVMSG slow :number (\d+) x+$", line) for line in lines)
    return [int(match[1]) for match in found if match]
