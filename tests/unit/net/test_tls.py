import hashlib
import socket
import ssl
import stat
import threading

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from rookery.errors import ConfigError
from rookery.net import tls


@pytest.fixture
def pair(tmp_path):
    """Return the files of a certificate for localhost and of its key."""
    return write_pair(trustme.CA().issue_cert("localhost"), tmp_path)


def write_pair(issued, folder):
    """Write certificate with chain, and key; return both paths."""
    cert, key = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))
    key.write_bytes(issued.private_key_pem.bytes())
    return cert, key


def shown_to(context, client):
    """Return the fingerprint of the certificate that `client` is shown by `context`."""
    ours, theirs = socket.socketpair()

    def serve():
        try:
            with context.wrap_socket(ours, server_side=True) as connection:
                connection.recv(1)
        except OSError:
            ours.close()

    server = threading.Thread(target=serve)
    server.start()
    try:
        with client.wrap_socket(theirs, server_hostname="localhost") as connection:
            der = connection.getpeercert(binary_form=True)
            connection.sendall(b"x")
    finally:
        theirs.close()
        server.join()
    return hashlib.sha256(der).digest().hex(":").upper()


def trusting_client(**settings):
    """Return a client's context that takes every certificate."""
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    client.verify_mode = ssl.CERT_NONE
    for name, value in settings.items():
        setattr(client, name, value)
    return client


def sentence(function, *arguments):
    """Return what is told when the files are of no use."""
    with pytest.raises(ConfigError) as caught:
        function(*arguments)
    return str(caught.value)


@pytest.mark.parametrize("version", (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3))
def test_a_client_is_served_its_certificate(pair, version):
    """TLS 1.2 and 1.3 both work, and the fingerprint is the one that people compare."""
    client = trusting_client(minimum_version=version, maximum_version=version)
    assert shown_to(tls.server_context(*pair), client) == tls.fingerprint(pair[0])


def test_old_versions_and_weak_ciphers_are_refused(pair):
    """TLS 1.2 is the oldest, and each cipher has forward secrecy and is authenticated."""
    context = tls.server_context(*pair)
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert all(cipher["aead"] for cipher in context.get_ciphers())
    client = trusting_client()
    client.maximum_version = ssl.TLSVersion.TLSv1_2
    client.set_ciphers("AES128-GCM-SHA256")
    with pytest.raises(ssl.SSLError):
        shown_to(context, client)


def test_renewed_files_are_served_by_the_same_context(pair, tmp_path):
    """SIGHUP changes what new connections are shown, without a new listener."""
    context = tls.server_context(*pair)
    before = tls.fingerprint(pair[0])
    write_pair(trustme.CA().issue_cert("localhost"), tmp_path)
    tls.renew(context, *pair)
    assert shown_to(context, trusting_client()) == tls.fingerprint(pair[0]) != before


def test_a_failed_renewal_changes_nothing(pair):
    """A half-written pair must not take the certificate from a running server."""
    context = tls.server_context(*pair)
    before = tls.fingerprint(pair[0])
    pair[1].write_bytes(trustme.CA().issue_cert("localhost").private_key_pem.bytes())
    assert "does not belong" in sentence(tls.renew, context, *pair)
    assert shown_to(context, trusting_client()) == before


def test_a_foreign_key_is_told(pair):
    """The two files are named, and what is usually wrong."""
    pair[1].write_bytes(trustme.CA().issue_cert("localhost").private_key_pem.bytes())
    assert sentence(tls.server_context, *pair) == (
        f"tls.key: {pair[1]} does not belong to the certificate {pair[0]}; "
        "the first certificate in the file must be the server's own."
    )


@pytest.mark.parametrize(("index", "setting"), ((0, "tls.cert"), (1, "tls.key")))
def test_a_missing_file_is_told(pair, index, setting):
    """The setting and the path are named."""
    pair[index].unlink()
    assert sentence(tls.server_context, *pair) == (
        f"{setting}: There is no file {pair[index]}; check the path."
    )


def test_an_encrypted_key_is_told(pair):
    """A server must not wait for somebody to type a passphrase."""
    key = serialization.load_pem_private_key(pair[1].read_bytes(), None)
    pair[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )
    assert sentence(tls.server_context, *pair) == (
        f"tls.key: {pair[1]} is encrypted; a server cannot type a passphrase."
    )


@pytest.mark.parametrize("content", (b"", b"hello", b"\xff\xfe\x00"))
def test_what_is_no_certificate_is_told(pair, content):
    """Also an empty file and one that is no text."""
    pair[0].write_bytes(content)
    assert sentence(tls.server_context, *pair) == (
        f"tls.cert: {pair[0]} holds no PEM certificate; check the file."
    )


@pytest.mark.parametrize("index", (0, 1))
def test_a_damaged_file_is_told(pair, index):
    """The frame of a PEM file alone does not make it one."""
    text = pair[index].read_text()
    begin, end = text.splitlines()[0], text.splitlines()[-1]
    pair[index].write_text(f"{begin}\nAAAA\n{end}\n")
    assert sentence(tls.server_context, *pair).endswith("both must be PEM files.")


def test_a_self_signed_certificate_is_made_once(tmp_path):
    """The second start uses the first one's, so that a trusted fingerprint stays true."""
    first = tls.self_signed(tmp_path, ["nest"])
    content = first.cert.read_bytes()
    assert tls.self_signed(tmp_path, ["other"]) == first
    assert first.cert.read_bytes() == content
    assert shown_to(tls.server_context(first.cert, first.key), trusting_client()) == (
        first.fingerprint
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tls-cert.pem", "tls-key.pem"]


def test_a_self_signed_certificate_is_valid_for_the_computer(tmp_path):
    """It names the computer, localhost and both loopback addresses, and holds for ten years."""
    made = tls.self_signed(tmp_path, ["nest", "localhost"])
    cert = x509.load_pem_x509_certificate(made.cert.read_bytes())
    names = cert.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["nest", "localhost"]
    addresses = [str(address) for address in names.get_values_for_type(x509.IPAddress)]
    assert addresses == ["127.0.0.1", "::1"]
    assert (cert.not_valid_after_utc - cert.not_valid_before_utc).days == 3653
    client = ssl.create_default_context(cafile=made.cert)
    context = tls.server_context(made.cert, made.key)
    assert shown_to(context, client) == made.fingerprint


def test_the_key_is_its_owners_alone(tmp_path):
    """Mode 0600, whatever the umask is."""
    made = tls.self_signed(tmp_path, ["nest"])
    assert stat.S_IMODE(made.key.stat().st_mode) == 0o600


def test_an_interrupted_making_is_repeated(tmp_path):
    """A key without certificate, or a rest of a file, is no pair: a new one is made."""
    (tmp_path / "tls-key.pem").write_text("rest")
    (tmp_path / "tls-cert.part").write_text("rest")
    made = tls.self_signed(tmp_path, ["nest"])
    tls.server_context(made.cert, made.key)
