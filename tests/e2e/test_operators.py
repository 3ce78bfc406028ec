"""Operators of a real server: the hash from the command line, OPER, REHASH; and who is trusted."""

import pytest
from tests.e2e.irc import Irc
from tests.e2e.program import free_port, run

PROXIED = '[server]\nproxy_from = ["127.0.0.1"]\n'


def test_oper_with_a_hash_from_the_command_line(server, irc, tmp_path):
    """`rookery hash-password` makes what operators.logins takes, and REHASH reads all again."""
    done = run(tmp_path / "home", "hash-password", text="secret\n")
    assert (done.returncode, done.stderr) == (0, "")
    login = f"[operators.logins]\nroot = '{done.stdout.strip()}'\n"
    server.start(config=login)
    ann = irc().sign_in("ann")
    ann.send("OPER root wrong")
    ann.expect(" 464 ")
    ann.send("OPER root secret")
    ann.expect(" 381 ")
    server.config.write_text(f'{login}[server]\ndescription = "Another one"\n', encoding="utf-8")
    ann.send("REHASH")
    ann.expect(" 382 ann rookery.toml :Rehashing")
    ann.send("VERSION")
    ann.expect(" 351 .*:Another one")
    server.config.write_text("[server]\nport = true\n", encoding="utf-8")
    ann.send("REHASH")
    ann.expect(" 400 ann REHASH :server.port .* is true")


@pytest.mark.parametrize("text", ("", "\n"))
def test_no_password(tmp_path, text):
    """An empty password is refused."""
    done = run(tmp_path / "home", "hash-password", text=text)
    assert (done.returncode, done.stdout) == (1, "")


def test_no_hash(tmp_path):
    """A setting that is no hash is one sentence, and exit code 78."""
    config = tmp_path / "rookery.toml"
    config.write_text('[operators.logins]\nroot = "secret"\n', encoding="utf-8")
    place = ("--port", "0", "--ephemeral", "--config", str(config))
    done = run(tmp_path / "home", "serve", *place)
    assert done.returncode == 78
    assert "operators.logins.root is no argon2id hash" in done.stderr


@pytest.mark.parametrize(
    "header",
    (
        b"PROXY TCP4 192.0.2.7 127.0.0.1 1 2\r\n",
        b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xc0\0\x02\x07\x7f\0\0\1\0\1\0\2",
    ),
)
@pytest.mark.parametrize("flags", ((), ("--tls",)))
@pytest.mark.parametrize("is_split", (True, False))
def test_proxy(lasting, irc, header, flags, is_split):
    """The client's address comes from the header, in one piece or byte by byte."""
    ann = irc(lasting(*flags, config=PROXIED).port)
    pieces = [header[at : at + 1] for at in range(len(header))] if is_split else [header]
    for piece in pieces:
        ann.send_bytes(piece)
    ann.sign_in("ann")
    ann.send("WHOIS ann")
    ann.expect(" 338 ann ann .* 192.0.2.7 ")
    ann.send("QUIT")
    ann.expect_end()


def test_trusted_without_header(lasting, irc):
    """A proxy's own connection needs no header, also where it begins like one."""
    ann = irc(lasting(config=PROXIED).port)
    ann.send_bytes(b"P")
    ann.send_bytes(b"ING x\r\n")
    ann.expect("PONG")
    ann.sign_in("bob")


def test_broken_header(lasting, irc):
    """A broken header ends the connection."""
    ann = irc(lasting(config=PROXIED).port)
    ann.send_bytes(b"PROXY nonsense\r\n")
    assert ann.expect_end() == []


def test_untrusted_header(server, irc):
    """From anybody else it is no command, and no address."""
    server.start()
    ann = irc()
    ann.send("PROXY TCP4 192.0.2.7 127.0.0.1 1 2")
    ann.expect(" 451 ")
    ann.sign_in("ann")
    ann.send("WHOIS ann")
    ann.expect(" 338 ann ann .* 127.0.0.1 ")


def test_plain_listener(server):
    """A plain listener serves without TLS beside the port that has it."""
    port = free_port()
    config = f'[server]\nlisteners = [{{port = {port}, kind = "plain"}}]\n'
    server.start("--tls", config=config)
    ann = Irc(port)
    ann.sign_in("ann")
    ann.close()
