"""A renewed certificate is served from a SIGHUP on, and nobody is dropped for it."""

import hashlib
import ssl

import pytest

from rookery.net.self_signed import make


def _write(folder, names):
    """Write a new certificate and key over those in the folder, and return the fingerprint."""
    pair = make(names)
    (folder / "cert.pem").write_bytes(pair.cert_pem)
    (folder / "key.pem").write_bytes(pair.key_pem)
    der = ssl.PEM_cert_to_DER_cert(pair.cert_pem.decode())
    return hashlib.sha256(der).hexdigest()


def _client_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _served(connection):
    return hashlib.sha256(connection.socket.getpeercert(binary_form=True)).hexdigest()


@pytest.fixture
def config(server, tmp_path):
    """Return the settings of a server with a certificate in files."""
    return f'[tls]\ncert = "{tmp_path}/cert.pem"\nkey = "{tmp_path}/key.pem"\n'


def test_renewed_certificate(server, irc, config, tmp_path):
    """Who is connected stays and talks on; who comes now is shown the new certificate."""
    old = _write(tmp_path, ["old"])
    server.start(config=config)
    ann = irc(tls=_client_context()).sign_in("ann").join("#yard")
    new = _write(tmp_path, ["new"])
    server.reload()
    server.log.expect('event="settings reloaded"')
    bob = irc(tls=_client_context()).sign_in("bob").join("#yard")
    assert (_served(ann), _served(bob)) == (old, new)
    bob.send("PRIVMSG #yard :over the new one")
    ann.expect("PRIVMSG #yard :over the new one")
    ann.send("PRIVMSG #yard :over the old one")
    bob.expect("PRIVMSG #yard :over the old one")


@pytest.mark.parametrize("mistake", ("cert.pem", "key.pem"))
def test_certificate_that_cannot_be_used(server, irc, config, tmp_path, mistake):
    """A renewal that went wrong keeps the old certificate, and the log says what is wrong."""
    old = _write(tmp_path, ["old"])
    server.start(config=config)
    ann = irc(tls=_client_context()).sign_in("ann")
    (tmp_path / mistake).write_text("half a file", encoding="utf-8")
    server.reload()
    server.log.expect('event="settings not reloaded" reason="tls.')
    bob = irc(tls=_client_context()).sign_in("bob")
    assert (_served(ann), _served(bob)) == (old, old)
    ann.not_seen("ERROR")
