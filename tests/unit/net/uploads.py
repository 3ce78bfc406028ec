"""Uploads over HTTP without sockets: a house with a shelf, and requests as handlers get them."""

import asyncio
import base64
import errno

from tests.unit.command.house import House

from rookery.command.uploads import UploadRules, Uploads
from rookery.core.usage import Bounds
from rookery.net.exchange import Asked, Site
from rookery.uploading import routes

BOUNDS = Bounds(
    file_bytes=100, account_bytes=250, total_bytes=400, at_once=3, at_once_per_account=2
)
DAY_MS = 86_400_000
PNG = b"\x89PNG\r\n\x1a\n...."
"""12 bytes that begin as a picture does."""


class FakeShelf:
    """Files in memory; `is_full` refuses to write."""

    def __init__(self):
        self.files = {}
        self.parts = {}
        self.is_full = False

    def begin(self, upload_id):
        self.check()
        self.parts[upload_id] = b""
        return FakeWriting(self, upload_id)

    def read(self, upload_id, start, size):
        if upload_id not in self.files:
            raise FileNotFoundError(upload_id)
        return self.files[upload_id][start : start + size]

    def remove(self, upload_id):
        self.files.pop(upload_id, None)

    def ids(self):
        self.parts.clear()
        return [*self.files]

    def check(self):
        if self.is_full:
            raise OSError(errno.ENOSPC, "No space left on device")


class FakeWriting:
    def __init__(self, shelf, upload_id):
        self._shelf = shelf
        self._id = upload_id

    def write(self, piece):
        self._shelf.check()
        self._shelf.parts[self._id] += piece

    def finish(self):
        self._shelf.files[self._id] = self._shelf.parts.pop(self._id)

    def abandon(self):
        self._shelf.parts.pop(self._id, None)
        self._shelf.files.pop(self._id, None)


class FakeFiles:
    """A thread for the shelf that is never busy."""

    def run(self, work, done, failed):
        try:
            result = work()
        except OSError as error:
            failed(error)
        else:
            done(result)


class Filehost:
    """A house that takes uploads; `rules` are those of `UploadRules` that differ."""

    def __init__(self, **rules):
        self.house = House()
        self.shelf = FakeShelf()
        node = self.house.node
        rules = {"bounds": BOUNDS, "max_age_ms": DAY_MS} | rules
        self.uploads = Uploads(UploadRules(**rules), self.shelf, FakeFiles(), {})
        node.uploads = self.uploads
        self.allowed = True
        self._site = Site(
            routes=routes(node, lambda _: self.allowed),
            websocket_path="/ws",
            may_connect=lambda _: True,
        )
        self.house.account("ann")
        self.house.account("bob")

    def ask(self, method, path, body=(b"",), user="", *, address="127.0.0.1", tls=False, **headers):
        """Return what is answered: status, headers and the whole body."""
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        if user:
            name, _, password = user.partition(":")
            pair = f"{name}:{password or 'secret'}".encode()
            named["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        asked = Asked(
            method=method,
            path=path,
            query={},
            headers=named,
            address=address,
            is_encrypted=tls,
            body=_pieces(body),
        )
        return asyncio.run(self._run(self._answer(asked)))

    def post(self, *body, user="ann", name="rook.png", **more):
        """Upload a file, and return what is answered."""
        disposition = f'attachment; filename="{name}"'
        return self.ask("POST", "/upload", body, user, content_disposition=disposition, **more)

    async def _answer(self, asked):
        answer = await self._site.answer(asked)
        body = answer.body
        if not isinstance(body, bytes):
            body = b"".join([piece async for piece in body])
        return int(answer.status), dict(answer.headers), body

    async def _run(self, work):
        """Let the house go on while the request waits for its threads and its disk."""
        task = asyncio.ensure_future(work)
        while not task.done():
            await asyncio.sleep(0)
            self.house.turn()
        return task.result()


async def _pieces(body):
    for piece in body:
        if isinstance(piece, Exception):
            raise piece
        yield piece
