"""From when to when a certificate counts; the ssl module cannot say it of a file.

Imported only by `rookery doctor`: it loads the cryptography package.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cryptography import x509

from rookery.errors import ConfigError


def lifetime(cert: Path) -> tuple[datetime, datetime]:
    """Return the first and the last moment of the file's first certificate, in UTC."""
    try:
        found = x509.load_pem_x509_certificate(cert.read_bytes())
    except (OSError, ValueError) as error:
        raise ConfigError(f"tls.cert: {cert} holds no certificate that can be read.") from error
    return found.not_valid_before_utc, found.not_valid_after_utc
