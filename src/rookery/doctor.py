"""What would keep a server from running well, each with the command that mends it.

The checks change nothing, and may be made beside a running server: its lock is asked for and let
go again at once.
"""

from __future__ import annotations

import fcntl
import os
import resource
import shutil
import socket
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from rookery.config import Loaded
from rookery.core.clock import time_of
from rookery.errors import RookeryError
from rookery.files import wanted_files
from rookery.named_file import read_text
from rookery.net.bind import bind_error
from rookery.net.lifetime import lifetime
from rookery.net.tls import server_context
from rookery.store.backup import KEPT_FILES, check
from rookery.store.folder import LOCK_NAME
from rookery.store.migrate import migrations
from rookery.store.queries import LAST_ID
from rookery.store.sqlite import DATABASE_NAME

MIN_FREE_BYTES: Final = 512 << 20
"""Room for the WAL, a migration and a day's talk; below it a full disk is near."""
EXPIRES_SOON_DAYS: Final = 14
"""Those who renew by themselves do so thirty days before."""
CLOCK_SLACK_S: Final = 60
"""How far the clock may be behind the newest message: the server gives ids that never go back."""
CONNECT_S: Final = 2.0
NEARLY_FULL: Final = 0.9
OWN_COMPUTER: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class Finding(NamedTuple):
    """What one check has found; `remedy` is a command, and empty where all is well."""

    subject: str
    text: str
    remedy: str = ""


def findings(loaded: Loaded) -> Iterator[Finding]:
    """Make the checks, one after the other, in the order in which they are to be mended."""
    for check_one in CHECKS:
        yield check_one(loaded)


def _files(loaded: Loaded) -> Finding:
    """The files that settings name."""
    config = loaded.config
    try:
        if config.server.motd_file:
            read_text("server.motd_file", config.server.motd_file)
        if config.server.password_file:
            read_text("server.password_file", config.server.password_file)
        if config.push.ca_file:
            read_text("push.ca_file", config.push.ca_file)
    except RookeryError as error:
        return Finding("files", str(error), "rookery config show")
    return Finding("files", "all that the settings name can be read")


def _folder(loaded: Loaded) -> Finding:
    """Who owns the data folder, and who else may read it."""
    data = loaded.config.server.data
    if not data.exists():
        return _missing_folder(data)
    for path in (data, *sorted(data.iterdir())):
        about = path.stat()
        if about.st_uid != os.geteuid():
            return Finding(
                "data folder",
                f"{path} belongs to another user (uid {about.st_uid})",
                f"sudo chown -R {os.geteuid()} {data}",
            )
        if about.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            mode = "700" if path.is_dir() else "600"
            text = f"others may use {path} (mode {stat.S_IMODE(about.st_mode):o})"
            return Finding("data folder", text, f"chmod {mode} {path}")
    return Finding("data folder", f"{data} is yours alone")


def _missing_folder(data: Path) -> Finding:
    parent = next(path for path in data.absolute().parents if path.exists())
    if os.access(parent, os.W_OK):
        return Finding("data folder", f"{data} is made by the first start")
    text = f"{data} is not there, and {parent} may not be written"
    return Finding("data folder", text, f"sudo install -d -m 700 -o {os.geteuid()} {data}")


def _lock(loaded: Loaded) -> Finding:
    """Whether a server is running on the folder."""
    data = loaded.config.server.data
    try:
        holder = _holder(data)
    except OSError as error:
        text = f"{data} cannot be locked ({error.strerror}): is it a network disk?"
        return Finding("lock", text, "rookery serve --data DIR")
    if holder:
        return Finding("lock", f"a server is running (pid {holder})")
    return Finding("lock", "no server is running on this folder")


def _holder(data: Path) -> str:
    """Return the pid of the server that uses the folder, or nothing; may raise `OSError`."""
    path = data / LOCK_NAME
    if not path.exists():
        return ""
    descriptor = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
    finally:
        os.close(descriptor)
    return ""


def _database(loaded: Loaded) -> Finding:
    """Whether the database is whole, and one that this program can read."""
    database = loaded.config.server.data / DATABASE_NAME
    if not database.is_file():
        return Finding("database", "made by the first start")
    try:
        count = check(database)
    except RookeryError as error:
        if "newer Rookery" in str(error):
            return Finding("database", str(error), "pip install --upgrade rookery")
        remedy = f"rookery restore FILE --data {database.parent} --replace"
        return Finding("database", str(error), remedy)
    return Finding("database", f"whole, with {count} messages")


def _schema(loaded: Loaded) -> Finding:
    """Whether the next start would have to bring the database up to date."""
    version, newest = _asked(loaded, "PRAGMA user_version"), migrations()[-1].version
    if version is None or version >= newest:
        return Finding("schema", f"version {newest if version is None else version}")
    return Finding("schema", f"version {version}; the next start makes it {newest}")


def _asked(loaded: Loaded, sql: str) -> int | None:
    """Return the number that the database answers; None where it cannot."""
    database = loaded.config.server.data / DATABASE_NAME
    if not database.is_file():
        return None
    try:
        uri = f"{database.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            answer: int = connection.execute(sql).fetchone()[0]
            return answer
    except sqlite3.Error:
        return None


def _disk(loaded: Loaded) -> Finding:
    """Whether there is room."""
    data = loaded.config.server.data.absolute()
    place = next(path for path in (data, *data.parents) if path.exists())
    free = shutil.disk_usage(place).free
    text = f"{free >> 20} MiB free for {data}"
    if free < MIN_FREE_BYTES:
        return Finding("disk", text, f"du -xh --max-depth=2 {place} | sort -h")
    return Finding("disk", text)


def _uploads(loaded: Loaded) -> Finding:
    """Whether clients can upload from other computers, and what lies there already."""
    config = loaded.config
    uploads = config.uploads
    if not (uploads.enabled and config.web.enabled):
        return Finding("uploads", "off")
    if config.server.host not in OWN_COMPUTER and not (
        config.tls.enabled or uploads.url or uploads.allow_unencrypted
    ):
        return Finding("uploads", "from this computer only: from others they need TLS")
    size = _asked(loaded, "SELECT ifnull(sum(bytes), 0) FROM upload") or 0
    text = f"{size >> 20} of {uploads.total_bytes >> 20} MiB are used"
    if size > uploads.total_bytes * NEARLY_FULL:
        return Finding("uploads", text, "ROOKERY_UPLOADS_EXPIRE_AFTER_DAYS=90 rookery serve")
    return Finding("uploads", text)


def _certificate(loaded: Loaded) -> Finding:
    """Whether the certificate can be served, and for how long."""
    tls, data = loaded.config.tls, loaded.config.server.data
    if not tls.enabled:
        return Finding("certificate", "TLS is off")
    is_own = tls.cert is None or tls.key is None
    cert = data / KEPT_FILES[0] if tls.cert is None else tls.cert
    key = data / KEPT_FILES[1] if tls.key is None else tls.key
    if is_own and not cert.exists():
        return Finding("certificate", "made by the first start")
    renew = f"rm {cert} {key}" if is_own else "sudo certbot renew"
    try:
        server_context(cert, key, tls.client_ca)
        begins, ends = lifetime(cert)
    except RookeryError as error:
        return Finding("certificate", str(error), renew)
    left_days = (ends - datetime.now(UTC)).days
    text = f"{cert} counts until {ends:%Y-%m-%d}"
    if begins > datetime.now(UTC):
        return Finding("certificate", f"{cert} counts only from {begins:%Y-%m-%d} on", renew)
    return Finding("certificate", text, renew if left_days < EXPIRES_SOON_DAYS else "")


def _port(loaded: Loaded) -> Finding:
    """Whether the port is free for a start, or answers where a server runs."""
    server = loaded.config.server
    try:
        holder = _holder(server.data)
    except OSError:
        holder = ""
    if holder:
        return _answering(server.host, server.port, holder)
    try:
        found = socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
        for family, _, _, _, address in found:
            with socket.socket(family, socket.SOCK_STREAM) as trying:
                trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trying.bind(address)
    except OSError as error:
        sentence, _, remedy = str(bind_error(error, server.host, server.port)).partition(" Try: ")
        return Finding("port", sentence, remedy or f"ss -ltnp 'sport = :{server.port}'")
    return Finding("port", f"{server.host} port {server.port} is free")


def _answering(host: str, port: int, holder: str) -> Finding:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - no bind
    try:
        socket.create_connection((reachable, port), timeout=CONNECT_S).close()
    except OSError as error:
        text = f"the running server does not answer on {host} port {port} ({error})"
        other = "rookery doctor --port PORT, where it was started on another"
        return Finding("port", text, f"{other}; else kill {holder}, and start it again")
    return Finding("port", f"the running server answers on {host} port {port}")


def _clock(loaded: Loaded) -> Finding:
    """Whether the clock is behind what has been said already."""
    last_id = _asked(loaded, LAST_ID)
    behind_s = time_of(last_id) / 1000 - time.time() if last_id else 0.0
    if behind_s > CLOCK_SLACK_S:
        text = f"the clock is {behind_s:.0f} s behind the newest message"
        return Finding("clock", text, "sudo timedatectl set-ntp true")
    return Finding("clock", f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC")


def _file_limit(loaded: Loaded) -> Finding:
    """Whether the system lets the server have as many connections as its settings."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = wanted_files(loaded.config.limits.connections)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        text = f"{hard} files may be open, and limits.connections needs {wanted}"
        return Finding("open files", text, f"sudo prlimit --pid $$ --nofile={wanted}")
    return Finding("open files", f"enough for {loaded.config.limits.connections} connections")


CHECKS: Final[tuple[Callable[[Loaded], Finding], ...]] = (
    _files,
    _folder,
    _lock,
    _database,
    _schema,
    _disk,
    _uploads,
    _certificate,
    _port,
    _clock,
    _file_limit,
)
