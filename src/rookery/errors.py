"""Every error that Rookery raises for people to read.

    RookeryError                  a sentence with its remedy, shown as it is
    ├── ConfigError               a setting cannot be used; exit 78
    ├── StartError                the server cannot start: port taken, folder locked …; exit 1
    ├── StoreError                what is durable cannot be read or written
    │   └── StoreUnavailableError   this batch is not on disk; a later one may be
    └── ClientError               the client's own end
        ├── UnreachableError      no connection; exit 69
        └── RefusedError          the server refuses name, password or person; exit 77

What the domain refuses to a user is an answer, no error: see `core/refusal.py`.
What a peer sends wrong is `wire.message.MalformedError` and ends at the session's pump.
"""

from __future__ import annotations

from typing import ClassVar


class RookeryError(Exception):
    """Its text is one sentence for a person, with the remedy in it."""

    exit_code: ClassVar[int] = 1


class ConfigError(RookeryError):
    """A setting that cannot be used: names it, where it comes from, and what would do."""

    exit_code: ClassVar[int] = 78


class StartError(RookeryError):
    """The server cannot start."""


class StoreError(RookeryError):
    """What is durable cannot be opened, read or written."""


class StoreUnavailableError(StoreError):
    """A batch was not stored, and nothing of it; the store may take the next one."""


class ClientError(RookeryError):
    """The client cannot go on."""


class UnreachableError(ClientError):
    """No server answers at the address."""

    exit_code: ClassVar[int] = 69


class RefusedError(ClientError):
    """The server does not let this person in."""

    exit_code: ClassVar[int] = 77
