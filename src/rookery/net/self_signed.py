"""Makes a certificate that vouches for itself, for servers that have no other.

Imported only where one is made: this is the one place that loads the cryptography package.
"""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_VALID: Final = timedelta(days=3652)
"""Ten years: who trusts a fingerprint must not be asked again soon."""
_CLOCK_SKEW: Final = timedelta(days=1)
_COMMON_NAME_CHARS: Final = 64
"""RFC 5280, ub-common-name."""


class Pair(NamedTuple):
    """A private key (ECDSA P-256, PKCS #8) and its certificate, both as PEM."""

    key_pem: bytes
    cert_pem: bytes


def make(names: list[str]) -> Pair:
    """Return a new pair, valid for all `names`: host names and addresses."""
    key = ec.generate_private_key(ec.SECP256R1())
    common_name = names[0][:_COMMON_NAME_CHARS]
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    alternatives = [_alternative(name) for name in dict.fromkeys(names)]
    now = datetime.now(UTC)
    cert = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCK_SKEW)
        .not_valid_after(now + _VALID)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    key_pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return Pair(key_pem, cert.public_bytes(serialization.Encoding.PEM))


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name.encode("idna").decode("ascii"))
