"""Lines as WebSocket frames, made once for all who get the same bytes. RFC 6455 §5.2.

The members of a room share the bytes that an epoch has for them (`deliver.fanout`); here they
share the frames made of them, for as long as the flush lasts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

TEXT: Final = 0x81
BINARY: Final = 0x82
_SMALL: Final = 126
_MEDIUM: Final = 1 << 16
_USUAL_BYTES: Final = 1024
"""Headers of frames up to this size are made beforehand: hardly a line is longer."""


class Frames:
    """Makes frames with one opcode; forgets them with the turn of the loop."""

    def __init__(self, opcode: int, call_soon: Callable[[Callable[[], None]], object]) -> None:
        self._heads = tuple(_head(opcode, size) for size in range(_USUAL_BYTES))
        self._opcode = opcode
        self._call_soon = call_soon
        self._made: dict[bytes, bytes] = {}

    def joined(self, chunks: Sequence[bytes]) -> bytes:
        """Return the frames of chunks of whole lines, one frame for a line without its end."""
        made = self._made
        if len(chunks) == 1:
            # The same object for all members: its hash is kept in it, and it equals itself.
            return made.get(chunks[0]) or self._make(chunks[0])
        return b"".join([made.get(chunk) or self._make(chunk) for chunk in chunks])

    def _make(self, chunk: bytes) -> bytes:
        heads, pieces = self._heads, []
        for line in chunk.split(b"\r\n"):
            size = len(line)
            if size:
                pieces.append(heads[size] if size < _USUAL_BYTES else _head(self._opcode, size))
                pieces.append(line)
        frames = b"".join(pieces)
        if not self._made:
            self._call_soon(self._made.clear)
        self._made[chunk] = frames
        return frames


def _head(opcode: int, size: int) -> bytes:
    """Return the header of a server's whole frame, unmasked."""
    if size < _SMALL:
        return bytes((opcode, size))
    if size < _MEDIUM:
        return bytes((opcode, 126)) + size.to_bytes(2, "big")
    return bytes((opcode, 127)) + size.to_bytes(8, "big")
