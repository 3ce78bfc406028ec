"""The parts of uploads, put together from the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command.uploads import FILES, PATH, UploadRules, Uploads
from rookery.core.usage import Bounds
from rookery.errors import StartError
from rookery.net.exchange import Route
from rookery.net.file_sending import METHODS as FILE_METHODS
from rookery.net.file_sending import FileSending
from rookery.net.upload_guard import Guard
from rookery.net.uploading import METHODS, Uploading
from rookery.server_settings import Server
from rookery.store.shelf import FOLDER, Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rookery.command.node import Node, Pool
    from rookery.net.exchange import Asked
    from rookery.settings import Config

THREADS: Final = 2
"""That touch the shelf: one long write must not hold up a picture being shown."""
_DAY_MS: Final = 86_400_000


def is_on(config: Config) -> bool:
    """Tell whether files can be uploaded: a server that keeps nothing keeps no files."""
    return config.uploads.enabled and config.web.enabled and not config.server.is_ephemeral


def upload_rules(config: Config) -> UploadRules:
    """Return what uploads obey."""
    uploads, name = config.uploads, config.server.name
    return UploadRules(
        bounds=Bounds(
            file_bytes=uploads.max_bytes,
            account_bytes=uploads.account_bytes,
            total_bytes=uploads.total_bytes,
            at_once=uploads.at_once,
            at_once_per_account=uploads.at_once_per_account,
        ),
        url=uploads.url,
        max_age_ms=uploads.expire_after_days * _DAY_MS,
        is_unencrypted_allowed=uploads.allow_unencrypted,
        host="" if name == Server().name else name,
        other_ports=frozenset(
            one.port for one in config.server.listeners if one.kind == "websocket"
        ),
    )


def uploads_of(config: Config, files: Pool, kept: Mapping[str, tuple[int, int]]) -> Uploads:
    """Return the uploads, with what each account has; `files` are the threads for the disk."""
    shelf = Shelf(config.server.data, config.uploads.keep_free_bytes)
    return Uploads(upload_rules(config), shelf, files, kept)


def clean_up(uploads: Uploads, node: Node, config: Config) -> None:
    """Remove what a killed server has left. Raises `StartError`."""
    try:
        uploads.clean_up(node)
    except OSError as error:
        raise StartError(
            f"Cannot use the folder {config.server.data / FOLDER} ({error.strerror})."
            " Make it writable for this user, or set uploads.enabled = false"
        ) from error


def routes(node: Node, may_connect: Callable[[Asked], bool]) -> tuple[Route, ...]:
    """Return where files are taken and shown; nowhere, where that is turned off."""
    uploads = node.uploads
    if uploads is None:
        return ()
    guard = Guard(node, uploads, may_connect)
    return (
        Route(PATH, METHODS, Uploading(node, uploads, guard).answer),
        Route(FILES, FILE_METHODS, FileSending(node, uploads, guard).answer),
    )
