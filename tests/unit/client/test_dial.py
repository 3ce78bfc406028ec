import contextlib
import socket
import ssl
import threading

import pytest
import trustme

from rookery.client import tls
from rookery.client.dial import dial
from rookery.client.options import Options
from rookery.client.state import VOUCHED, StateFolder, server_key
from rookery.errors import UnreachableError


class Host:
    """A listener on this computer that answers in TLS, or sends a plain line and closes."""

    def __init__(self, context):
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                accepted, _ = self._listener.accept()
                self._answer(accepted)

    def _answer(self, accepted):
        accepted.settimeout(5)
        with accepted, contextlib.suppress(OSError):
            if self._context is None:
                accepted.sendall(b":s NOTICE * :hello\r\n")
                return
            with self._context.wrap_socket(accepted, server_side=True) as encrypted:
                encrypted.recv(1)

    def close(self):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()


def server_context(authority):
    """Return a server's context with a certificate of `authority`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    return context


@pytest.fixture(scope="module")
def authority():
    """An authority that no system knows."""
    return trustme.CA()


@pytest.fixture
def hosted():
    """Return a function that starts a host; all are stopped in the end."""
    hosts = []

    def host(context):
        hosts.append(Host(context))
        return hosts[-1]

    yield host
    for one in hosts:
        one.close()


class Person:
    """Answers the question whether to trust, and counts how often it is asked."""

    def __init__(self, answer):
        self.answer = answer
        self.asked = []

    def __call__(self, fingerprint):
        self.asked.append(fingerprint)
        return self.answer


def options(port, tls_flag=True, fingerprint=None):
    """Return options for a port of this computer."""
    return Options("127.0.0.1", port, None, tls_flag, fingerprint, None, None)


def dialled(given, state, person):
    """Connect and close; return whether it was encrypted."""
    connected, is_encrypted = dial(given, state, person)
    connected.close()
    return is_encrypted


def test_plain_on_this_computer(hosted, tmp_path):
    """A loopback connection is not encrypted unless asked for."""
    host = hosted(None)
    assert not dialled(options(host.port, None), StateFolder(tmp_path), Person(answer=False))


def test_trust_on_first_use(hosted, tmp_path, authority):
    """An unknown certificate is asked about once, and then known."""
    host, state, person = hosted(server_context(authority)), StateFolder(tmp_path), Person(True)
    assert dialled(options(host.port), state, person)
    assert dialled(options(host.port), state, person)
    assert len(person.asked) == 1
    pinned = state.trusted(server_key(options(host.port)))
    assert person.asked == [tls.shown(pinned)]


def test_distrust(hosted, tmp_path, authority):
    """Whoever says no is not connected, and asked again the next time."""
    host, state = hosted(server_context(authority)), StateFolder(tmp_path)
    with pytest.raises(UnreachableError, match=r"is not known.*--fingerprint"):
        dialled(options(host.port), state, Person(False))
    assert state.trusted(server_key(options(host.port))) is None


def test_changed_certificate(hosted, tmp_path, authority):
    """A certificate other than the pinned one is refused without a question."""
    host, state, person = hosted(server_context(authority)), StateFolder(tmp_path), Person(True)
    state.trust(server_key(options(host.port)), "ab" * 32)
    with pytest.raises(UnreachableError, match=r"has changed.*--fingerprint"):
        dialled(options(host.port), state, person)
    assert person.asked == []


def test_given_fingerprint(hosted, tmp_path, authority):
    """--fingerprint needs no question, counts before the pin, and replaces it."""
    host, state, person = hosted(server_context(authority)), StateFolder(tmp_path), Person(True)
    dialled(options(host.port), state, person)
    right = person.asked.pop()
    state.trust(server_key(options(host.port)), "ab" * 32)
    assert dialled(options(host.port, None, right), state, person)
    assert dialled(options(host.port), state, person)
    with pytest.raises(UnreachableError, match="not the one that you gave"):
        dialled(options(host.port, None, "cd" * 32), state, person)
    assert person.asked == []


def test_vouched_certificate(hosted, tmp_path, authority, monkeypatch):
    """What the system's authorities vouch for needs no question, and may be renewed."""
    with authority.cert_pem.tempfile() as known:
        monkeypatch.setenv("SSL_CERT_FILE", known)
        state, person = StateFolder(tmp_path), Person(False)
        host = hosted(server_context(authority))
        assert dialled(options(host.port), state, person)
        server = server_key(options(host.port))
        assert state.trusted(server) == VOUCHED
        state.trust(server, "ab" * 32)
        assert dialled(options(host.port), state, person)
        assert state.trusted(server) == VOUCHED


def test_vouched_before(hosted, tmp_path, authority):
    """A server that authorities vouched for is not taken with a certificate of its own."""
    host, state = hosted(server_context(authority)), StateFolder(tmp_path)
    state.trust(server_key(options(host.port)), VOUCHED)
    with pytest.raises(UnreachableError, match=r"has changed"):
        dialled(options(host.port), state, Person(True))


def test_server_without_tls(hosted, tmp_path):
    """Who asks for TLS does not get less."""
    host = hosted(None)
    with pytest.raises(UnreachableError, match=r"does not speak TLS.*--no-tls"):
        dialled(options(host.port), StateFolder(tmp_path), Person(True))


def test_nobody_there(tmp_path):
    """No server is a sentence with the command that starts one."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(UnreachableError, match=f"rookery serve --port {port}"):
        dial(options(port, None), StateFolder(tmp_path), Person(True))
