"""Connect: TCP, and TLS as docs/adr/0005-client-tls.md says."""

from __future__ import annotations

import contextlib
import socket
import ssl
from typing import TYPE_CHECKING, Final

from rookery.client import tls
from rookery.client.state import VOUCHED, StateFolder, server_key
from rookery.errors import UnreachableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.client.options import Options

CONNECT_S: Final = 10.0
"""How long one attempt to connect may take."""
HANDSHAKE_S: Final = 5.0
"""How long the TLS handshake may take: a server without TLS may just wait for a line."""
KEEPALIVE_IDLE_S: Final = 60
"""TCP keepalive, beside our own PING: it keeps routers from forgetting the connection."""


class NoTlsError(Exception):
    """The server answers, but not in TLS."""


class DistrustError(UnreachableError):
    """The server's certificate is not to be trusted; another try would not change that."""


def dial(
    options: Options, state: StateFolder, may_trust: Callable[[str], bool]
) -> tuple[socket.socket, bool]:
    """Return a connected socket, and whether it is encrypted.

    Raises `UnreachableError`, `DistrustError` where another try would not help.

    `may_trust` is asked about an unknown certificate, with its fingerprint for people.
    """
    if not tls.wants_tls(options):
        return _connect(options), False
    server = server_key(options)
    pinned = state.trusted(server)
    try:
        return _encrypted(options, state, pinned, may_trust), True
    except NoTlsError as error:
        if tls.may_fall_back(options, pinned):
            return _connect(options), False
        before = " It did before." if pinned is not None else ""
        msg = (
            f"{options.address} does not speak TLS.{before} "
            "Ask who runs the server, or connect without encryption: --no-tls"
        )
        raise UnreachableError(msg) from error


def not_irc(options: Options) -> UnreachableError:
    """Return what to say of something that answers in another language."""
    return UnreachableError(
        f"What answers at {options.address} does not speak IRC. Check --host and --port."
    )


def _encrypted(
    options: Options, state: StateFolder, pinned: str | None, may_trust: Callable[[str], bool]
) -> ssl.SSLSocket:
    server = server_key(options)
    is_pinned = pinned is not None and pinned != VOUCHED
    if options.fingerprint is None and not is_pinned:
        with contextlib.suppress(ssl.SSLCertVerificationError):
            vouched = _handshake(options, tls.vouching_context())
            state.trust(server, VOUCHED)
            return vouched
    pinning = _handshake(options, tls.pinning_context())
    fingerprint = tls.fingerprint_of(pinning.getpeercert(binary_form=True) or b"")
    verdict = tls.judge(fingerprint, pinned, options.fingerprint)
    if verdict is tls.Verdict.ASK and may_trust(tls.shown(fingerprint)):
        verdict = tls.Verdict.ACCEPT
    if verdict is tls.Verdict.ACCEPT:
        state.trust(server, fingerprint)
        return pinning
    pinning.close()
    if is_pinned and options.fingerprint is None:
        with contextlib.suppress(ssl.SSLCertVerificationError):
            vouched = _handshake(options, tls.vouching_context())
            state.trust(server, VOUCHED)
            return vouched
    raise _distrust(options, fingerprint, pinned)


def _distrust(options: Options, fingerprint: str, pinned: str | None) -> DistrustError:
    shown = tls.shown(fingerprint)
    if options.fingerprint is not None or pinned is None:
        what = "is not the one that you gave" if options.fingerprint else "is not known"
    else:
        what = "has changed: this may be another server"
    return DistrustError(
        f"The certificate of {options.address} {what}. Its SHA-256 is {shown}. Compare it with "
        f"what the server printed at its start; if it is right: --fingerprint {fingerprint}"
    )


def _handshake(options: Options, context: ssl.SSLContext) -> ssl.SSLSocket:
    """Return an encrypted socket; raises `SSLCertVerificationError` or `NoTlsError`."""
    plain = _connect(options)
    plain.settimeout(HANDSHAKE_S)
    try:
        return context.wrap_socket(plain, server_hostname=options.host)
    except ssl.SSLCertVerificationError:
        plain.close()
        raise
    except (OSError, ValueError) as error:
        plain.close()
        raise NoTlsError from error


def _connect(options: Options) -> socket.socket:
    try:
        connected = socket.create_connection((options.host, options.port), CONNECT_S)
    except (OSError, OverflowError, UnicodeError) as error:
        raise UnreachableError(_why(options, error)) from error
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if hasattr(socket, "TCP_KEEPIDLE"):
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, KEEPALIVE_IDLE_S)
    return connected


def _why(options: Options, error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return f'There is no host "{options.host}". Check its name: --host NAME'
    if isinstance(error, ConnectionRefusedError):
        remedy = f"Start one: rookery serve --port {options.port}"
        if not options.is_loopback:
            remedy = "Check --host and --port, and whether the server runs."
        return f"No server answers at {options.address}. {remedy}"
    reason = "no answer" if isinstance(error, TimeoutError) else str(error)
    return f"Cannot connect to {options.address}: {reason}. Check --host and --port."
