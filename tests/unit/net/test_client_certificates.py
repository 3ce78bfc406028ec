import hashlib
import socket
import ssl
import threading

import pytest
import trustme

from rookery.errors import ConfigError
from rookery.net import tls


def _write(blobs, path):
    path.write_bytes(b"".join(blob.bytes() for blob in blobs))
    return path


@pytest.fixture
def authority():
    """Return the authority whose clients are taken."""
    return trustme.CA()


@pytest.fixture
def context(authority, tmp_path):
    """Return a serving context that asks clients for certificates of `authority`."""
    issued = trustme.CA().issue_cert("localhost")
    cert = _write(issued.cert_chain_pems, tmp_path / "cert.pem")
    key = _write([issued.private_key_pem], tmp_path / "key.pem")
    client_ca = _write([authority.cert_pem], tmp_path / "ca.pem")
    return tls.server_context(cert, key, client_ca)


def _seen(context, issued):
    """Return the fingerprint that the server sees of a client; None for a failed handshake."""
    ours, theirs = socket.socketpair()
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    if issued is not None:
        issued.configure_cert(client)

    def connect():
        try:
            with client.wrap_socket(theirs) as connection:
                connection.recv(1)
        except OSError:
            theirs.close()

    thread = threading.Thread(target=connect)
    thread.start()
    try:
        with context.wrap_socket(ours, server_side=True) as connection:
            connection.send(b".")
            return tls.client_fingerprint(connection)
    except ssl.SSLError:
        return None
    finally:
        ours.close()
        thread.join()


def test_certificate_of_the_authority(context, authority):
    """A client's certificate is known by the SHA-256 of its DER form."""
    issued = authority.issue_cert("ann@example.org")
    der = ssl.PEM_cert_to_DER_cert(issued.cert_chain_pems[0].bytes().decode())
    assert _seen(context, issued) == hashlib.sha256(der).hexdigest()


def test_no_certificate(context):
    """A client needs no certificate."""
    assert _seen(context, None) == ""


def test_certificate_of_a_stranger(context):
    """A certificate that the authorities have not signed ends the handshake."""
    assert _seen(context, trustme.CA().issue_cert("eve@example.org")) is None


def test_not_encrypted():
    """A connection without TLS has no certificate."""
    assert tls.client_fingerprint(None) == ""


@pytest.mark.parametrize("content", (None, b"no certificate"))
def test_unusable_authorities(content, tmp_path):
    """A file of authorities that cannot be used is named."""
    issued = trustme.CA().issue_cert("localhost")
    cert = _write(issued.cert_chain_pems, tmp_path / "cert.pem")
    key = _write([issued.private_key_pem], tmp_path / "key.pem")
    client_ca = tmp_path / "ca.pem"
    if content is not None:
        client_ca.write_bytes(content)
    with pytest.raises(ConfigError, match=r"tls\.client_ca"):
        tls.server_context(cert, key, client_ca)
