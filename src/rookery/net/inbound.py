"""The frames that a WebSocket's client sends, looked at before the library has them. RFC 6455 §5.

A client must mask each frame (§5.1); the library takes them either way. What breaks that rule is
handed on as something that the library refuses: it says 1002 and closes. Frames are counted too,
since those without a line in them (pings, empty ones) would else cost their sender nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

_IS_MASKED: Final = 0x80
_MASK_BYTES: Final = 4
_SHORT_HEAD: Final = 2 + _MASK_BYTES
_MEDIUM: Final = _IS_MASKED | 126
_LONG: Final = {126: 2, 127: 8}
"""How many bytes say the size, by what stands in its place."""
_LONGEST_HEAD: Final = 10
_NO_FRAME: Final = b"\xf0\x80"
"""With all reserved bits set, which nobody has agreed on. §5.2."""


class Parser(Protocol):
    """The library's parser of one connection's frames."""

    def feed_data(self, data: bytes) -> tuple[bool, bytes]:
        """Take bytes; return whether that was the end, and what is left of them."""

    def feed_eof(self) -> None:
        """Take nothing more."""


class UnmaskedError(Exception):
    """A frame came as it is, where only a masked one may."""


class Inbound:
    """Follows the frames of one connection."""

    __slots__ = ("_held", "_missing")

    def __init__(self) -> None:
        self._held = b""
        """The beginning of a head."""
        self._missing = 0
        """How many bytes of the frame that has begun are still to come."""

    def feed(self, data: bytes) -> tuple[bytes, int]:
        """Return what the library may have, and how many frames have begun in it."""
        if not self._missing and not self._held and _is_one(data):
            return data, 1
        data, self._held = self._held + data, b""
        at, count = self._missing, 0
        while at < len(data):
            try:
                frame_bytes = _frame_bytes(data[at : at + _LONGEST_HEAD])
            except UnmaskedError:
                return data[:at] + _NO_FRAME, count
            if not frame_bytes:
                self._held = data[at:]
                data = data[:at]
                break
            at += frame_bytes
            count += 1
        self._missing = at - len(data)
        return data, count


class Checked:
    """A parser that is given only what a client may send; `pace` is told how many frames came."""

    def __init__(self, parser: Parser, pace: Callable[[int], None]) -> None:
        self._parser = parser
        self._pace = pace
        self._inbound = Inbound()

    def feed_data(self, data: bytes) -> tuple[bool, bytes]:
        """Look at `data`, and hand it on."""
        data, frames = self._inbound.feed(data)
        self._pace(frames)
        return self._parser.feed_data(data)

    def feed_eof(self) -> None:
        """Hand on that nothing more comes."""
        self._parser.feed_eof()


def _is_one(data: bytes) -> bool:
    """Tell whether it is a whole masked frame and no more, as nearly all that comes."""
    size = len(data)
    if size < _SHORT_HEAD:
        return False
    said = data[1]
    if said < _MEDIUM:
        return size - _SHORT_HEAD == said - _IS_MASKED
    return said == _MEDIUM and size - _SHORT_HEAD - 2 == data[2] << 8 | data[3]


def _frame_bytes(head: bytes) -> int:
    """Return the size of a whole frame; 0 where its head is not whole. Raises `UnmaskedError`."""
    if len(head) < 2:  # noqa: PLR2004 - what each head has
        return 0
    if not head[1] & _IS_MASKED:
        raise UnmaskedError
    payload_bytes = head[1] & ~_IS_MASKED
    end = 2 + _LONG.get(payload_bytes, 0)
    if len(head) < end:
        return 0
    if end > 2:  # noqa: PLR2004 - the size comes behind
        payload_bytes = int.from_bytes(head[2:end], "big")
    return end + _MASK_BYTES + payload_bytes
