"""The parts of Web Push, put together from the settings."""

from __future__ import annotations

import socket
import ssl
from functools import partial
from typing import TYPE_CHECKING, Final

from rookery.command.subscriptions import PushRules, Subscriptions
from rookery.core.addresses import Networks
from rookery.errors import ConfigError
from rookery.named_file import read_text
from rookery.push_key import KEY_FILE, public_key
from rookery.pusher import Pace, Pusher
from rookery.wire.public import is_public
from rookery.wire.webpush import BadSubscriptionError, parse_endpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from rookery.command.node import Node, Pool
    from rookery.core.events import Said
    from rookery.pusher import Sender
    from rookery.settings import Config
    from rookery.store.base import SubscriptionRow

THREADS: Final = 4
"""For names, which may take long to look up."""
SEALING_THREADS: Final = 1
"""For encryption, which takes no time: it must not wait behind somebody's slow name server."""
MAX_LOOKUPS: Final = 256
"""That may wait; further ones are told to try again."""


def is_on(config: Config) -> bool:
    """Tell whether anything can be pushed: a server that keeps nothing knows no devices."""
    return config.push.enabled and not config.server.is_ephemeral


def push_rules(config: Config) -> PushRules:
    """Return what may change while the server runs."""
    push = config.push
    return PushRules(
        has_text=push.text, idle_after_ms=push.idle_after_s * 1000, devices_max=push.devices
    )


def pusher_of(config: Config, pool: Pool) -> Pusher:
    """Return what sends; reads or makes the server's key. Raises `RookeryError`."""
    push = config.push
    allowed = _networks(push.private_networks)

    def may_connect(address: str) -> bool:
        return is_public(address) or address in allowed

    def check(endpoint: str, device: str) -> None:
        from rookery.net.push_encryption import device_key  # noqa: PLC0415 - slow

        device_key(device)
        _check_place(endpoint, may_connect)

    pace = Pace(
        queue=push.queue,
        queue_per_device=push.queue_per_device,
        pause_s=push.pause_s,
        at_once=push.at_once,
        tries=push.tries,
        first_retry_s=push.first_retry_s,
    )
    if push.ca_file is not None:
        _check_authorities(push.ca_file)
    own_key = public_key(config.server.data)
    return Pusher(own_key, check, partial(_sender, config, may_connect, pool), pace)


def start(
    node: Node, config: Config, pusher: Pusher, pool: Pool, kept: Iterable[SubscriptionRow]
) -> None:
    """Let what is stored from now on be pushed."""
    subscriptions = Subscriptions(push_rules(config), pusher, pool, kept)

    def gone(endpoint: str) -> None:
        subscriptions.drop(endpoint)
        node.epoch.batch.subscriptions[endpoint] = None
        node.epoch.rows += 1
        node.epoch.touch()

    def stored(messages: list[Said]) -> None:
        subscriptions.tell(node, messages)

    node.subscriptions = subscriptions
    pusher.gone = gone
    node.epoch.on_stored = stored


def _sender(config: Config, may_connect: Callable[[str], bool], pool: Pool) -> Sender:
    """Return what goes over the network; loads slow libraries, so not on the loop."""
    from rookery.net.push_encryption import Vapid, kept_key  # noqa: PLC0415 - slow
    from rookery.push_sending import HttpSender  # noqa: PLC0415 - slow

    push = config.push
    return HttpSender(
        Vapid(kept_key(config.server.data / KEY_FILE), _contact(config)),
        may_connect,
        pool,
        keep_s=push.keep_s,
        timeout_s=push.timeout_s,
        ca_file=push.ca_file,
    )


def _check_place(endpoint: str, may_connect: Callable[[str], bool]) -> None:
    """Raise `BadSubscriptionError` for an endpoint that leads where nothing may be sent."""
    place = parse_endpoint(endpoint)
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        found = []
    if not found or not all(may_connect(str(address[0])) for *_, address in found):
        # The same words for both: nobody learns here which names a private network knows.
        raise BadSubscriptionError("This server cannot reach that endpoint")


def _check_authorities(path: Path) -> None:
    """Raise `ConfigError` now for a file that the first push could not use."""
    read_text("push.ca_file", path)
    try:
        ssl.create_default_context(cafile=path)
    except ssl.SSLError as error:
        raise ConfigError(f"push.ca_file: {path} holds no certificates; check the file.") from error


def _contact(config: Config) -> str:
    email = config.server.admin_email
    own = (
        f"mailto:{email}" if "@" in email and " " not in email else f"https://{config.server.name}"
    )
    return config.push.contact or own


def _networks(texts: tuple[str, ...]) -> Networks:
    try:
        return Networks(texts)
    except ValueError as error:
        raise ConfigError(
            f'push.private_networks: {error}. Write networks like "10.20.0.0/16".'
        ) from error
