"""Whom the settings trust: operators, proxies, and addresses that nothing slows down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.core.addresses import LOOPBACK, Networks
from rookery.core.operators import Operator
from rookery.errors import ConfigError

if TYPE_CHECKING:
    from rookery.operator_settings import Operator as Login
    from rookery.settings import Config

_ARGON2ID = "$argon2id$"


def operators(config: Config) -> dict[str, Operator]:
    """Return the operators by name; raises `ConfigError` for one that proves nothing."""
    return {name: _operator(name, login) for name, login in config.operators.logins.items()}


def _operator(name: str, login: str | Login) -> Operator:
    password_hash = login if isinstance(login, str) else login.hash
    where = f"operators.logins.{name}"
    if password_hash and not password_hash.startswith(_ARGON2ID):
        raise ConfigError(f'{where} is no argon2id hash: make one with "rookery hash-password".')
    if isinstance(login, str):
        return Operator(password_hash=_given(where, password_hash))
    return Operator(
        password_hash=password_hash if login.fingerprint else _given(where, password_hash),
        mask=login.mask,
        fingerprint=login.fingerprint,
        privileges=frozenset(login.privileges),
    )


def _given(where: str, password_hash: str) -> str:
    if not password_hash:
        raise ConfigError(f"{where} has neither hash nor fingerprint: anybody could be {where}.")
    return password_hash


def exempt(config: Config) -> Networks:
    """Return the addresses that no limit of connections and no throttle concerns."""
    limits = config.limits
    loopback = LOOPBACK if limits.exempt_loopback else ()
    return _networks("limits.exempt", (*limits.exempt, *loopback))


def proxies(config: Config) -> Networks:
    """Return the addresses whose PROXY headers are believed."""
    return _networks("server.proxy_from", config.server.proxy_from)


def _networks(setting: str, texts: tuple[str, ...]) -> Networks:
    try:
        return Networks(texts)
    except ValueError as error:
        raise ConfigError(f"{setting}: {error}; give addresses or networks.") from error
