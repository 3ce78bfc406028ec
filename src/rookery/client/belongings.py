"""What a person has on disk for one server: passwords, a device for resends, read marks.

The clients of one person share the folder and never a device.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.client import secret
from rookery.client.device import Device, open_device
from rookery.client.marks import Mark, Marks
from rookery.client.registration import Identity
from rookery.client.state import StateFolder, server_key, state_path

if TYPE_CHECKING:
    from pathlib import Path

    from rookery.client.options import Options
    from rookery.client.rooms import Rooms
    from rookery.client.shown import SecretMade, SecretProved, SecretUseless, Shown


class Belongings:
    """Call `be` with a name before anything of that name is asked for."""

    def __init__(self, options: Options, *, is_read_kept: bool = False) -> None:
        self.state = StateFolder(state_path(options))
        self.server = server_key(options)
        self._is_read_kept = is_read_kept
        self._device: Device | None = None
        self._marks: Marks | None = None

    def be(self, name: str, password: str) -> Identity:
        """Return what may prove `name`; its device and its marks are ours from now on."""
        saved = self.state.secrets(self.server, name)
        fresh = secret.make()
        if self._device is not None:
            self._device.close()
        self._device = open_device(self.state, self.server, name)
        if self._is_read_kept:
            self._marks = Marks(self.state, self.server, name)
        return Identity(name, saved, password, fresh)

    def keep(self, news: SecretMade | SecretProved | SecretUseless) -> None:
        """Keep what is new about a password."""
        self.state.keep(self.server, news)

    def signed_in(self, nick: str) -> None:
        """Remember the name for the next run, unless a script used it: nobody became that name."""
        if self._is_read_kept:
            self.state.set_last_name(self.server, nick)

    def last_name(self) -> str | None:
        """Return the name that was last signed in with on this server."""
        return self.state.last_name(self.server)

    def password_of(self, account: str) -> str:
        """Return the password that an account is known to have; empty without one."""
        return next(iter(self.state.secrets(self.server, account)), "")

    def next_client_id(self) -> str:
        """Return a fresh `rookery.chat/id`."""
        assert self._device is not None
        return self._device.next_id()

    @property
    def has_device(self) -> bool:
        """Return whether a name has been given."""
        return self._device is not None

    @property
    def outbox_path(self) -> Path:
        """Return where the device keeps what it has not sent."""
        assert self._device is not None
        return self._device.path.with_suffix(".outbox.json")

    def mark_of(self, room: str) -> Mark | None:
        """Return how far a room was read; None where that is not kept."""
        return self._marks.mark(room) if self._marks is not None else None

    def shown(self, thing: Shown, rooms: Rooms) -> None:
        """Note how far a room is read, now that `thing` was shown."""
        if self._marks is not None:
            self._marks.shown(thing, rooms)

    def read(self, room: str, mark: Mark) -> None:
        """Note how far a room is read."""
        if self._marks is not None:
            self._marks.note(room, mark)

    def write_if_due(self) -> None:
        """Write what was noted, unless that was done a moment ago."""
        if self._marks is not None:
            self._marks.write_if_due()

    def close(self) -> None:
        """Write what was noted, and let another client have the device."""
        if self._device is not None:
            self._device.close()
        if self._marks is not None:
            self._marks.write()
