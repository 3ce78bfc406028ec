"""Why a listener could not be opened, in one sentence with its remedy."""

from __future__ import annotations

import errno
import socket
from typing import Final

from rookery.errors import StartError

_FIRST_FREE_PORT: Final = 1024
"""Lower ones need root's rights."""
_USUAL_PORT: Final = 8080
_LAST_PORT: Final = 65535


def bind_error(error: OSError, host: str, port: int) -> StartError:
    """Return what to raise, with `from error`, when listening on `host` and `port` failed."""
    if isinstance(error, socket.gaierror):
        return StartError(
            f"The host name {host} is not known here. Try: rookery serve --host 127.0.0.1"
        )
    match error.errno:
        case errno.EADDRINUSE:
            return StartError(
                f"Port {port} is in use by another program. "
                f"Try: rookery serve --port {_other_port(port)}"
            )
        case errno.EACCES | errno.EPERM if 0 < port < _FIRST_FREE_PORT:
            return StartError(
                f"Port {port} needs root's rights, as all below {_FIRST_FREE_PORT}. "
                f"Try: rookery serve --port {_USUAL_PORT}"
            )
        case errno.EADDRNOTAVAIL:
            return StartError(
                f"{host} is no address of this computer. "
                "Try: rookery serve --host 0.0.0.0 (all addresses)"
            )
        case errno.EAFNOSUPPORT:
            return StartError(
                f"This computer cannot use {host}: IPv6 is turned off. "
                "Try: rookery serve --host 127.0.0.1"
            )
        case _:
            return StartError(
                f"Cannot listen on {host} port {port}: {error.strerror or error}. "
                "Try another --host or --port."
            )


def _other_port(port: int) -> int:
    """Return a port that is probably free and that everyone may use."""
    return port + 1 if _FIRST_FREE_PORT <= port < _LAST_PORT else _USUAL_PORT
