"""Certificates and the contexts that serve them.

A certificate is tried on a fresh context before a serving one takes it: a mistake in a file
never leaves a running server without a certificate.
"""

from __future__ import annotations

import hashlib
import os
import re
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rookery.errors import ConfigError
from rookery.named_file import unreadable

_CIPHERS: Final = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""For TLS 1.2: forward secrecy and authenticated encryption only. TLS 1.3 has no others."""
_FIRST_CERTIFICATE: Final = re.compile(
    "-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate on disk with its key, and the fingerprint that people compare."""

    cert: Path
    key: Path
    fingerprint: str


def server_context(cert: Path, key: Path, client_ca: Path | None = None) -> ssl.SSLContext:
    """Return a context for TLS 1.2 and later, or raise `ConfigError` for unusable files.

    With `client_ca` clients are asked for a certificate: they need none, but one that those
    authorities have not signed ends the handshake. The ssl module has no way to accept any
    certificate and look at its fingerprint alone: no verify callback can be set.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(_CIPHERS)
    context.options |= ssl.OP_CIPHER_SERVER_PREFERENCE | ssl.OP_NO_RENEGOTIATION
    _load(context, cert, key)
    if client_ca is not None:
        _ask_clients(context, client_ca)
    return context


def _ask_clients(context: ssl.SSLContext, client_ca: Path) -> None:
    try:
        context.load_verify_locations(client_ca)
    except ssl.SSLError as error:
        raise ConfigError(f"tls.client_ca: {client_ca} holds no PEM certificates.") from error
    except OSError as error:
        raise unreadable("tls.client_ca", client_ca, error) from error
    context.verify_mode = ssl.CERT_OPTIONAL
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN


def client_fingerprint(connection: ssl.SSLObject | None) -> str:
    """Return the SHA-256 of the client's certificate in hexadecimal; empty without one."""
    der = connection.getpeercert(binary_form=True) if connection is not None else None
    return hashlib.sha256(der).hexdigest() if der else ""


def renew(context: ssl.SSLContext, cert: Path, key: Path) -> None:
    """Serve what the files hold now to new connections; those that are open keep theirs.

    Raises `ConfigError` and changes nothing where the files are unusable.
    """
    server_context(cert, key)
    _load(context, cert, key)


def self_signed(folder: Path, names: Iterable[str]) -> Certificate:
    """Return the certificate kept in `folder`, made at the first call for `names`.

    The names localhost, 127.0.0.1 and ::1 are always in it.
    """
    cert, key = folder / "tls-cert.pem", folder / "tls-key.pem"
    if not (cert.is_file() and key.is_file()):
        from rookery.net.self_signed import make  # noqa: PLC0415 - slow, and needed once

        pair = make([*names, "localhost", "127.0.0.1", "::1"])
        _write(key, pair.key_pem)
        _write(cert, pair.cert_pem)
    return Certificate(cert, key, fingerprint(cert))


def fingerprint(cert: Path) -> str:
    """Return the SHA-256 of the file's first certificate as `AB:CD:…`, as openssl prints it."""
    try:
        text = cert.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        raise unreadable("tls.cert", cert, error) from error
    pem = _FIRST_CERTIFICATE.search(text)
    try:
        der = ssl.PEM_cert_to_DER_cert(pem[0]) if pem else b""
    except ValueError:
        der = b""
    if not der:
        raise ConfigError(f"tls.cert: {cert} holds no PEM certificate; check the file.")
    return hashlib.sha256(der).digest().hex(":").upper()


def _load(context: ssl.SSLContext, cert: Path, key: Path) -> None:
    for setting, path in (("tls.cert", cert), ("tls.key", key)):
        try:
            path.read_bytes()
        except OSError as error:
            raise unreadable(setting, path, error) from error

    def refuse() -> str:
        raise ConfigError(f"tls.key: {key} is encrypted; a server cannot type a passphrase.")

    fingerprint(cert)
    try:
        context.load_cert_chain(cert, key, password=refuse)
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            raise ConfigError(
                f"tls.key: {key} does not belong to the certificate {cert}; "
                "the first certificate in the file must be the server's own."
            ) from error
        raise ConfigError(
            f"tls.cert, tls.key: {cert} and {key} cannot be used ({error.reason}); "
            "both must be PEM files."
        ) from error


def _write(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
