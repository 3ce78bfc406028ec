"""What a file is, told from its first bytes; what its sender says of it is not believed.

Whatever is not surely one of the table, or plain text, is `application/octet-stream`.
"""

from __future__ import annotations

import codecs
from typing import Final, NamedTuple

HEAD_BYTES: Final = 4096
"""How much of a file `media_type` needs to see; less where the file is shorter."""
OCTETS: Final = "application/octet-stream"
TEXT: Final = "text/plain; charset=utf-8"


class Magic(NamedTuple):
    """A type, and what stands in its files: each mark at its place."""

    media_type: str
    marks: tuple[tuple[int, bytes], ...]
    within: bytes = b""
    """What must occur somewhere in the first `_WITHIN_BYTES` besides; empty for nothing."""


_WITHIN_BYTES: Final = 64
_MP4_BRANDS: Final = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1")

MAGIC: Final = (
    Magic("image/png", ((0, b"\x89PNG\r\n\x1a\n"),)),
    Magic("image/jpeg", ((0, b"\xff\xd8\xff"),)),
    Magic("image/gif", ((0, b"GIF87a"),)),
    Magic("image/gif", ((0, b"GIF89a"),)),
    Magic("image/webp", ((0, b"RIFF"), (8, b"WEBPVP8"))),
    *(Magic("video/mp4", ((4, b"ftyp"), (8, brand))) for brand in _MP4_BRANDS),
    Magic("video/mp4", ((4, b"ftyp"), (8, b"M4V "))),
    Magic("audio/mp4", ((4, b"ftyp"), (8, b"M4A "))),
    Magic("video/webm", ((0, b"\x1a\x45\xdf\xa3"),), b"webm"),
    Magic("audio/ogg", ((0, b"OggS"),), b"OpusHead"),
    Magic("audio/ogg", ((0, b"OggS"),), b"\x01vorbis"),
    Magic("audio/ogg", ((0, b"OggS"),), b"\x7fFLAC"),
    Magic("video/ogg", ((0, b"OggS"),), b"\x80theora"),
    Magic("application/pdf", ((0, b"%PDF-"),)),
)
"""The first that fits counts."""

_SHOWN: Final = ("image/", "audio/", "video/")
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\f\r\x1b")) + b"\x7f"


def media_type(head: bytes) -> str:
    """Return the type of a file that begins with `head`, its first `HEAD_BYTES` or all of it."""
    for magic in MAGIC:
        if all(head.startswith(mark, at) for at, mark in magic.marks) and (
            magic.within in head[:_WITHIN_BYTES]
        ):
            return magic.media_type
    return TEXT if head and _is_text(head) else OCTETS


def may_be_shown(kind: str) -> bool:
    """Return whether a browser may show it in place: pictures, sound and films, which run nothing.

    Everything else is only ever saved.
    """
    return kind.startswith(_SHOWN)


def _is_text(head: bytes) -> bool:
    if head.translate(None, _CONTROLS) != head:
        return False
    try:
        # Not final: the last letter may be cut in two.
        codecs.getincrementaldecoder("utf-8")().decode(head, len(head) < HEAD_BYTES)
    except UnicodeDecodeError:
        return False
    return True
