"""Uploads over HTTP: POST a file with an account's name and password, GET it from anywhere.

`soju.im/FILEHOST`, RFC 7617. A file is read piece by piece; 201 means that it is on the disk.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.command.proof import Proof, prove
from rookery.command.uploads import PATH, new_id, shortage_text
from rookery.core.usage import Shortage
from rookery.net.exchange import Answer, Asked, Route, sentence
from rookery.net.offload import on_loop, on_thread
from rookery.store.base import UploadRow
from rookery.wire import sniff
from rookery.wire.disposition import file_name, in_path

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from rookery.command.node import Node
    from rookery.command.uploads import Uploads, Writing

METHODS: Final = ("OPTIONS", "POST")
FILES: Final = "/files/"
_PREFLIGHT_S: Final = "86400"
_STATUS: Final = {
    Shortage.FILE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Shortage.ACCOUNT: HTTPStatus.INSUFFICIENT_STORAGE,
    Shortage.TOTAL: HTTPStatus.INSUFFICIENT_STORAGE,
    Shortage.TOO_MANY: HTTPStatus.SERVICE_UNAVAILABLE,
}
