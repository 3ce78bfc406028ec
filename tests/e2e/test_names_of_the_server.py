"""By which names a real server is asked without TLS: no page of a stranger's is its own."""

import contextlib

import pytest
from tests.e2e.http_connection import Http

PROXIED = '[server]\nproxy_from = ["127.0.0.1"]\n'
NAMED = '[server]\nname = "chat.example.org"\n[web]\nhosts = ["*.rook.example.net"]\n'
STRANGER = {"Host": "evil.example.com:8080", "Origin": "http://evil.example.com:8080"}


def _asked(server, path="/", tls=None, **headers):
    with contextlib.closing(Http(server.port, tls=tls)) as browser:
        if path == "/ws":
            return browser.handshake(path, **headers)
        return browser.get(path, **headers).status


@pytest.mark.parametrize("path", ("/", "/ws", "/upload", "/files/x/y", "/service-worker.js"))
def test_a_strangers_name(server, path):
    """DNS rebinding: a page that has its name lead here opens nothing, and is told the remedy."""
    server.start()
    assert _asked(server, path, **STRANGER) == 421
    with contextlib.closing(Http(server.port)) as browser:
        assert b"web.hosts" in browser.get("/", **STRANGER).body


def test_health_is_told_by_any_name(server):
    """It is no secret, and those who watch over a server call it as they like."""
    server.start()
    assert _asked(server, "/healthz", **STRANGER) == 200


@pytest.mark.parametrize(
    ("host", "status"),
    (
        ("chat.example.org", 101),
        ("a.rook.example.net:8080", 101),
        ("chatbox", 101),
        ("192.0.2.7", 101),
        ("rook.example.net", 421),
    ),
)
def test_names_of_its_own(server, host, status):
    """Addresses, short names, the server's name and those of the settings are answered."""
    server.start(config=NAMED)
    assert _asked(server, "/ws", Host=host, Origin=f"http://{host}") == status


@pytest.mark.parametrize(("scheme", "status"), (("https", 200), ("http", 421)))
def test_a_proxy_with_tls_has_looked_at_the_name(server, scheme, status):
    """Its certificate has that name, so a proxy that is believed needs no further setting."""
    server.start(config=PROXIED)
    assert _asked(server, Host="chat.example.org", X_Forwarded_Proto=scheme) == status
