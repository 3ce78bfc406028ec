"""What `rookery serve` prints on a terminal once it listens.

Every address in it works when it is copied: what stands for all addresses is never shown.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path

from rookery import __version__
from rookery.config import Loaded
from rookery.config_file import home
from rookery.server_settings import Server


def banner(
    loaded: Loaded,
    host: str,
    port: int,
    *,
    machine: str,
    is_new_data: bool,
    fingerprint: str | None,
    is_web: bool,
) -> str:
    """Return the banner, with a blank line and a line end behind it.

    `host` is as configured and `port` the one that is listened on; `machine` is the computer's
    name, which others use where `host` is every address; `fingerprint` is given when TLS is on.
    """
    is_local = _is_loopback(host)
    reachable = "localhost" if host == "127.0.0.1" else machine if _is_any(host) else host
    where = "" if reachable == "localhost" else f"--host {reachable} "
    scheme = "https" if fingerprint else "http"
    rows = [("Web page", f"{scheme}://{_in_url(reachable)}:{port}/")] if is_web else []
    rows.append(("Terminal", f"rookery chat {where}--port {port}"))
    rows.append(("IRC app", f"{reachable} port {port}{' (TLS or plain)' if fingerprint else ''}"))
    if fingerprint:
        rows.append(("TLS", f"SHA-256 {fingerprint}"))
    body = [f"  {label:<10} {text}" for label, text in rows]
    notes = [f"  {note}" for note in _notes(port, is_local=is_local, is_tls=bool(fingerprint))]
    return "\n".join((_head(loaded, is_new_data=is_new_data), "", *body, "", *notes, "", ""))


def _head(loaded: Loaded, *, is_new_data: bool) -> str:
    server = loaded.config.server
    own_home = home(loaded.environ)
    data = f"data in {_short(server.data, own_home)}{' (new)' if is_new_data else ''}"
    source = (
        f"settings from {_short(loaded.file, own_home)}"
        if loaded.file
        else ("no config file, using defaults")
    )
    kept = "nothing is kept on disk" if server.is_ephemeral else data
    return f"Rookery {__version__.removesuffix('.0')} · {kept} · {source}"


def _notes(port: int, *, is_local: bool, is_tls: bool) -> list[str]:
    notes = ["Stop with Ctrl-C."]
    if is_local:
        usual = port == Server().port
        others = "rookery serve --host 0.0.0.0" + ("" if usual else f" --port {port}")
        notes.insert(0, f"Listening on this computer only. For others: {others}")
    elif not is_tls:
        notes.insert(0, "Not encrypted: others on the network can read along. Add: --tls")
    return notes


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_any(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _short(path: Path, own_home: Path) -> str:
    return f"~/{path.relative_to(own_home)}" if path.is_relative_to(own_home) else str(path)
