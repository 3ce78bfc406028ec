"""The store of `--ephemeral`: dicts that end with the process.

It keeps the newest `MAX_MESSAGES` messages of all conversations together, and drops the oldest.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from itertools import islice
from typing import Final

from rookery.core.clock import MAX_ID
from rookery.core.events import Said
from rookery.core.names import conversation_key
from rookery.store.around import around
from rookery.store.base import AccountRow, Batch, Search, Snapshot, UploadRow, Welcome
from rookery.store.memory_log import MessageLog, is_talk
from rookery.store.memory_rows import Rows
from rookery.store.words import matching

MAX_MESSAGES: Final = 100_000
"""How many messages are kept: some 60 MB, days of a small server (unit: messages)."""


class MemoryStore:
    """`Store` without a disk; its commits cannot fail."""

    def __init__(self, max_messages: int = MAX_MESSAGES) -> None:
        # Reads come from other threads than commits.
        self._lock = threading.Lock()
        self._log = MessageLog(max_messages)
        self._rows = Rows()

    def load(self, seen_before_ms: int = 0) -> Snapshot:
        """Return what has been committed; nothing at a start."""
        if seen_before_ms:
            self._rows.forget_guests(
                seen_before_ms, lambda name: any(self._log.received(name, 0, MAX_ID))
            )
        snapshot = self._rows.snapshot(self._log.last_id)
        for name, watermark, _ in snapshot.mailboxes:
            if ids := [said.id for said in self._log.received(name, watermark, MAX_ID)]:
                snapshot.waiting[name] = ids
        return snapshot

    def commit(self, batch: Batch) -> None:
        """Keep all of `batch`."""
        with self._lock:
            for change in batch.changes:
                self._rows.change(change)
                self._log.change(change)
            self._log.add(batch.messages)
            self._rows.keep(batch)
            for redaction in batch.redactions:
                self._log.erase(redaction.conversation, {redaction.id})
            for forget in batch.forgets:
                self._log.forget(forget)

    def tidy(self) -> bool:
        """Nothing waits here."""
        return False

    def welcome(self, name: str, above_id: int, upto_id: int, max_messages: int) -> Welcome:
        """Return what `name` has not received, and the counters of its devices."""
        with self._lock:
            owed = [said for said in self._log.received(name, above_id, upto_id) if is_talk(said)]
            return Welcome(owed[:max_messages], self._rows.resends_of(name))

    def history(
        self,
        conversation: str,
        after_id: int,
        before_id: int,
        max_messages: int,
        *,
        newest: bool,
        talk_only: bool = False,
    ) -> list[Said]:
        """Return a window of a conversation."""
        with self._lock:
            return self._log.window(
                conversation,
                after_id,
                before_id,
                max_messages,
                newest=newest,
                talk_only=talk_only,
            )

    def around(
        self, conversation: str, message_id: int, max_messages: int, *, talk_only: bool = False
    ) -> list[Said]:
        """Return a window with the message in its middle."""
        return around(self, conversation, message_id, max_messages, talk_only=talk_only)

    def message(self, conversation: str, message_id: int) -> Said | None:
        """Return one message."""
        with self._lock:
            messages = self._log.window(
                conversation, message_id - 1, message_id + 1, 1, newest=False
            )
        return messages[0] if messages else None

    def correspondents(
        self, name: str, after_id: int, before_id: int, max_names: int
    ) -> list[tuple[str, int]]:
        """Return with whom `name` has talked, the longest ago first."""
        with self._lock:
            talks = [
                (peer, self._log.last_talk(conversation_key(name, peer)))
                for peer in self._log.peers_of(name)
            ]
        within = [talk for talk in talks if after_id < talk[1] < before_id]
        return sorted(within, key=lambda talk: talk[1])[:max_names]

    def latest(self, conversations: Collection[str]) -> dict[str, int]:
        """Return the last id of each."""
        with self._lock:
            ids = {key: self._log.last_talk(key) for key in conversations}
        return {key: last_id for key, last_id in ids.items() if last_id}

    def search(self, search: Search) -> list[Said]:
        """Return what is found, looking at everything from the newest on."""
        with self._lock:
            messages = self._log.everything()
        readable = (said for said in reversed(messages) if _is_asked_for(said, search))
        return [*islice(matching(readable, search.words), search.max_messages)][::-1]

    def export(self, account: str, after_id: int, max_messages: int) -> list[Said]:
        """Return a part of all that the account sent or got."""
        row = self._rows.account(account)
        name = row.name if row else ""
        with self._lock:
            messages = self._log.everything()
        own = (
            said
            for said in messages
            if said.id > after_id and (said.recipient == account or (name and said.account == name))
        )
        return [*islice(own, max_messages)]

    def seat(self, account: str, room: str) -> int:
        """Return up to where `account` had seen `room`."""
        return self._rows.seat(account, room)

    def read_marker(self, account: str, target: str) -> int:
        """Return up to when `account` has read `target`."""
        return self._rows.read_marker(account, target)

    def account(self, key: str) -> AccountRow | None:
        """Return the account with its proofs."""
        return self._rows.account(key)

    def upload(self, upload_id: str) -> UploadRow | None:
        """Return what is known of an uploaded file."""
        return self._rows.upload(upload_id)

    def uploads_before(self, at_ms: int, max_rows: int) -> list[UploadRow]:
        """Return the oldest files."""
        with self._lock:
            return self._rows.uploads_before(at_ms, max_rows)

    def uploads_of(self, account: str, after_id: str, max_rows: int) -> list[UploadRow]:
        """Return the files of an account, by their ids."""
        with self._lock:
            return self._rows.uploads_of(account, after_id, max_rows)

    def close(self) -> None:
        """Nothing is held open."""


def _is_asked_for(said: Said, search: Search) -> bool:
    """Return whether the asker may read it and has not excluded it."""
    if not (search.after_id < said.id < search.before_id and is_talk(said)):
        return False
    if search.sender and said.sender != search.sender:
        return False
    if said.conversation in search.places and said.id > search.places[said.conversation]:
        return True
    is_private = bool(search.name and said.recipient)
    is_own = is_private and search.name in (said.sender, said.recipient)
    return is_own and said.id > search.name_floor_id
