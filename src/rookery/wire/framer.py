"""Cut a byte stream into lines, whatever the reads were split into.

The buffer never holds more than one line's limit: an over-long line is dropped whole, and
`TOO_LONG` stands in its place, so that the peer can be told (417) and the next line counts again.
"""

from __future__ import annotations

from typing import Final

MAX_BODY_BYTES: Final = 512
"""A line without its tags, with its CR LF. RFC 1459 §2.3."""
MAX_TAGS_BYTES: Final = 8191
"""A tag section, from `@` to the space behind it. IRCv3 message-tags, "Size limit"."""
MAX_CLIENT_TAGS_BYTES: Final = 4096
"""The same for what a client may send: 4094 bytes of data. IRCv3 message-tags, "Size limit"."""

MAX_RELAYED_BODY_BYTES: Final = 4096
"""What a client had better take: a server puts who spoke before a line that was full already."""

TOO_LONG: Final = b"\n"
"""Stands for a dropped line; no line can contain LF, so it equals none."""

_CRLF_BYTES: Final = 2


class Framer:
    """An incremental line splitter; one for each direction of each connection."""

    __slots__ = ("_is_dropping", "_max_body_bytes", "_max_tags_bytes", "_rest")

    def __init__(
        self, max_tags_bytes: int = MAX_TAGS_BYTES, max_body_bytes: int = MAX_BODY_BYTES
    ) -> None:
        self._rest = b""
        self._is_dropping = False
        self._max_tags_bytes = max_tags_bytes
        self._max_body_bytes = max_body_bytes

    def feed(self, data: bytes) -> list[bytes]:
        """Return the lines that `data` completes, in order, without their line ends.

        LF ends a line, any CR before it belongs to the end; empty lines are left out.
        A line over its limit is returned as `TOO_LONG`, once, as soon as that is known.
        """
        whole = self._rest + data if self._rest else data
        # As nearly all peers end their lines: in half the time that other line ends take.
        lines = whole.split(b"\r\n")
        between = b"".join(lines)
        has_cr = b"\r" in between
        if has_cr or b"\n" in between:
            lines = whole.replace(b"\r\n", b"\n").split(b"\n")
        self._rest = lines.pop()
        if self._is_dropping and lines:
            self._is_dropping = False
            del lines[0]
        elif self._is_dropping:
            self._rest = b""
        most = self._max_body_bytes - _CRLF_BYTES
        if len(whole) > most and lines and len(max(lines, key=len)) > most:
            lines = [self._checked(line) for line in lines]
        if has_cr:
            lines = [line.rstrip(b"\r") for line in lines]
        if b"" in lines:
            lines = [line for line in lines if line]
        if len(self._rest) > self._max_body_bytes and self._is_over(self._rest.removesuffix(b"\r")):
            self._rest = b""
            self._is_dropping = True
            lines.append(TOO_LONG)
        return lines

    def _checked(self, line: bytes) -> bytes:
        if len(line) > self._max_body_bytes - _CRLF_BYTES and self._is_over(line):
            return TOO_LONG
        return line

    def _is_over(self, line: bytes) -> bool:
        tags_bytes = 0
        if line.startswith(b"@"):
            tags_bytes = line.find(b" ") + 1 or len(line)
        body_bytes = len(line) - tags_bytes + _CRLF_BYTES
        return tags_bytes > self._max_tags_bytes or body_bytes > self._max_body_bytes
