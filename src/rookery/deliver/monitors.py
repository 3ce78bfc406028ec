"""Who wants to be told when somebody comes or goes. IRCv3 monitor.

A list belongs to a session, a watcher to a key; both sides of the index change together, here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rookery.core.names import Name
    from rookery.deliver.session import Session

_NOBODY: dict[str, str] = {}


class Monitors:
    """The monitor lists of all sessions, and by nick who watches it."""

    __slots__ = ("_lists", "_watchers")

    def __init__(self) -> None:
        self._lists: dict[Session, dict[str, str]] = {}
        self._watchers: dict[str, dict[Session, None]] = {}

    def targets(self, session: Session) -> Mapping[str, str]:
        """Return whom the session watches: key to nick as it was given."""
        return self._lists.get(session, _NOBODY)

    def watchers(self, key: str) -> Iterable[Session]:
        """Return the sessions that watch a nick."""
        return self._watchers.get(key, ())

    def add(self, session: Session, target: Name) -> None:
        """Watch a nick; the caller keeps the list within its bound."""
        self._lists.setdefault(session, {})[target.key] = target.text
        self._watchers.setdefault(target.key, {})[session] = None

    def remove(self, session: Session, key: str) -> None:
        """Watch a nick no longer."""
        targets = self._lists.get(session)
        if targets is None or targets.pop(key, None) is None:
            return
        if not targets:
            del self._lists[session]
        watchers = self._watchers[key]
        del watchers[session]
        if not watchers:
            del self._watchers[key]

    def clear(self, session: Session) -> None:
        """Watch nobody any more; also for a session that ends."""
        for key in list(self.targets(session)):
            self.remove(session, key)
