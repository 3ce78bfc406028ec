"""How many files the process may have open: one for each connection, and some of its own."""

from __future__ import annotations

import resource
from typing import Final

from rookery import log

_log: Final = log.get("server")
OWN_FILES: Final = 128
"""Listeners, the database and its readers, logs, connections being turned away (unit: files)."""


def wanted_files(connections: int) -> int:
    """Return how many files a server with so many connections may have open."""
    return connections + OWN_FILES


def allow_files(connections: int) -> None:
    """Raise the soft limit to what is wanted, or as far as the system lets an ordinary user."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = wanted_files(connections)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return
    possible = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (possible, hard))
    if possible < wanted:
        _log.warning("the system allows too few files", allowed=possible, wanted=wanted)
