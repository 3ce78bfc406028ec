"""One push over HTTPS: to the internet alone, in one request, believing nothing of the answer.

Where an endpoint leads is looked at twice: when it is registered, and here, at the address that is
really connected to. Imported for the first push, since it loads aiohttp. RFC 8030.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

import aiohttp
from yarl import URL

from rookery import log
from rookery.errors import StoreUnavailableError
from rookery.net.offload import on_thread
from rookery.net.push_encryption import Vapid, encrypted
from rookery.push_connecting import connector
from rookery.pusher import Kind, Outcome
from rookery.wire.webpush import BadSubscriptionError, parse_endpoint

if TYPE_CHECKING:
    from rookery.command.node import Pool
    from rookery.store.base import SubscriptionRow

_log: Final = log.get("push")
_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_TOKEN_S: Final = 12 * 3600
"""How long a token counts; RFC 8292 allows a day."""
_RENEWED_S: Final = 6 * 3600
_MAX_TOKENS: Final = 1000


class HttpSender:
    """Sends pushes; `may_connect` tells whether an IP address is allowed."""

    def __init__(
        self,
        vapid: Vapid,
        may_connect: Callable[[str], bool],
        pool: Pool,
        *,
        keep_s: int,
        timeout_s: float,
        ca_file: Path | None,
    ) -> None:
        """Read the authorities, so not on the loop; `pool` encrypts. Raises `OSError`."""
        self._vapid = vapid
        self._may_connect = may_connect
        self._pool = pool
        self._keep_s = keep_s
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._tls = ssl.create_default_context()
        if ca_file is not None:
            self._tls.load_verify_locations(ca_file)
        self._session: aiohttp.ClientSession | None = None
        self._tokens: dict[str, tuple[str, float]] = {}

    async def send(self, subscription: SubscriptionRow, line: bytes) -> Outcome:
        """Try once to have `line` told to a device."""
        endpoint = subscription.endpoint
        try:
            origin = parse_endpoint(endpoint).origin
            body, token = await on_thread(
                self._pool, lambda: (self._body(subscription, line), self._token(origin))
            )
        except BadSubscriptionError:
            return Outcome(Kind.GONE)
        except StoreUnavailableError:
            return Outcome(Kind.LATER)
        try:
            outcome = await self._post(endpoint, body, token)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            _log.debug("push service not reached", origin=origin, error=type(error).__name__)
            return Outcome(Kind.LATER)
        if outcome.kind is Kind.REFUSED:
            _log.info("push refused", origin=origin)
        return outcome

    async def close(self) -> None:
        """End the connections."""
        if self._session is not None:
            await self._session.close()

    async def _post(self, endpoint: str, body: bytes, token: str) -> Outcome:
        headers = {
            "Authorization": token,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(self._keep_s),
            "Urgency": "high",
            "User-Agent": "Rookery",
        }
        # The body of the answer is not read: a redirect is an answer too.
        # As it was given, letter for letter: its service made it, and alone knows what it means.
        url = URL(endpoint, encoded=True)
        async with self._opened().post(
            url, data=body, headers=headers, allow_redirects=False
        ) as answer:
            return _judged(answer.status, answer.headers.get("Retry-After", ""))

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            loop = asyncio.get_running_loop()
            self._session = aiohttp.ClientSession(
                connector=connector(self._tls, self._may_connect, loop),
                timeout=self._timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            )
        return self._session

    def _body(self, subscription: SubscriptionRow, line: bytes) -> bytes:
        return encrypted(line, subscription.public_key, subscription.secret)

    def _token(self, origin: str) -> str:
        """Return what says who we are, for one service; made anew some times a day."""
        now_s = time.time()
        token, renewed_at_s = self._tokens.get(origin, ("", 0.0))
        if now_s >= renewed_at_s or renewed_at_s - now_s > _RENEWED_S:
            if len(self._tokens) >= _MAX_TOKENS:
                self._tokens.clear()
            token = self._vapid.authorization(origin, int(now_s) + _TOKEN_S)
            self._tokens[origin] = token, now_s + _RENEWED_S
        return token


def _judged(status: int, retry_after: str) -> Outcome:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome(Kind.SENT)
    if status in _GONE:
        return Outcome(Kind.GONE)
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outcome(Kind.LATER, seconds_of(retry_after, time.time()))
    _log.debug("push refused", status=status)
    return Outcome(Kind.REFUSED)


def seconds_of(retry_after: str, now_s: float) -> float:
    """Return how long a service asks to wait; 0 where it does not. RFC 9110 §10.2.3."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - now_s)
    except (ValueError, TypeError, OverflowError):
        return 0.0
