"""Who may change files over HTTP, and what web pages elsewhere are told of it (CORS).

Nothing here knows cookies: a page can do no more than its visitor has typed a password for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from rookery.command.intake import UploadRefused
from rookery.command.proof import Proof, prove
from rookery.net.basic import credentials
from rookery.net.exchange import Answer, Asked, sentence
from rookery.net.offload import answered

if TYPE_CHECKING:
    from rookery.command.node import Node
    from rookery.command.uploads import Uploads

CORS: Final = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Location"}
BUSY: Final = "Too much is going on: try again in a moment."
_PREFLIGHT: Final = {
    "Accept-Post": "*/*",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Content-Disposition",
    "Access-Control-Max-Age": "86400",
}
_ASK: Final = {"WWW-Authenticate": 'Basic realm="uploads", charset="UTF-8"'}


class Guard:
    """Tells whose file it is; `may_connect` tells which web pages may ask at all."""

    def __init__(self, node: Node, uploads: Uploads, may_connect: Callable[[Asked], bool]) -> None:
        self._node = node
        self._uploads = uploads
        self._may_connect = may_connect

    async def owner(self, asked: Asked) -> str:
        """Return the key of the account that a request proves. Raises `UploadRefused`."""
        if not self._may_connect(asked):
            text = "This page may not upload here: see web.origins."
            raise UploadRefused(HTTPStatus.FORBIDDEN, text)
        rules = self._uploads.rules
        if not rules.may_send_password(asked.address, is_encrypted=asked.is_encrypted):
            text = "Passwords are taken over HTTPS only: use an address that begins with https://"
            raise UploadRefused(HTTPStatus.FORBIDDEN, text)
        given = credentials(asked.headers.get("Authorization", ""))
        if given is None:
            text = "Send the name and password of your account (HTTP Basic)."
            raise UploadRefused(HTTPStatus.UNAUTHORIZED, text)
        proof: Proof = await answered(partial(prove, self._node, asked.address, *given))
        if proof.is_busy:
            raise UploadRefused(HTTPStatus.SERVICE_UNAVAILABLE, BUSY)
        if proof.wait_s:
            text = f"Too many failed tries: wait {proof.wait_s} s before the next."
            raise UploadRefused(HTTPStatus.TOO_MANY_REQUESTS, text, proof.wait_s)
        if not proof.account:
            raise UploadRefused(HTTPStatus.UNAUTHORIZED, "That name or password is wrong.")
        return proof.account


def refused(asked: Asked, refusal: UploadRefused) -> Answer:
    """Return the answer to who may not, or cannot now."""
    headers = dict(CORS)
    # A browser would put its own question for a password in front of the page.
    is_browser = any(name in asked.headers for name in ("Origin", "Sec-Fetch-Mode"))
    if refusal.status is HTTPStatus.UNAUTHORIZED and not is_browser:
        headers |= _ASK
    if refusal.wait_s:
        headers["Retry-After"] = str(refusal.wait_s)
    return sentence(refusal.status, refusal.text, headers)


def preflight(methods: tuple[str, ...]) -> Answer:
    """Return what a page may ask, and what may be posted: anything."""
    allowed = ", ".join(methods)
    headers = {"Allow": allowed, "Access-Control-Allow-Methods": allowed}
    return Answer(status=HTTPStatus.NO_CONTENT, headers=CORS | _PREFLIGHT | headers)
