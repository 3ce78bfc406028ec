"""Names of files in HTTP: taken from a Content-Disposition, written into one. RFC 6266, RFC 8187.

A name that comes out of `file_name` is one part of a path, without marks that make it look like
another, whatever came in.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import quote, unquote

MAX_PATH_CHARS: Final = 120
"""Of the name as it stands in a URL, which is said in a line of 512 bytes."""
MAX_ENDING_CHARS: Final = 20
_PARAMETER: Final = re.compile(
    r""";\s*([\w!#$&+.^`|~*-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;"]*)""", re.ASCII | re.DOTALL
)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_CHARSETS: Final = {"utf-8": "utf-8", "iso-8859-1": "latin-1"}
_NAMELESS: Final = "file"
_UNSAFE_IN_QUOTES: Final = str.maketrans({'"': "_", "\\": "_", "%": "_"})


def file_name(disposition: str) -> str:
    """Return the file's name of a Content-Disposition, made harmless; `file` where it has none.

    Where it is given in both ways, the one with a character set counts. RFC 6266 §4.3.
    """
    given = {name.lower(): value for name, value in _PARAMETER.findall(disposition)}
    return harmless(_extended(given.get("filename*", "")) or _plain(given.get("filename", "")))


def _plain(value: str) -> str:
    if value.startswith('"'):
        return _ESCAPED.sub(r"\1", value[1:-1])
    return value


def _extended(value: str) -> str:
    """Return what `UTF-8'en'%e2%82%ac` says; empty where it says nothing. RFC 8187 §3.2."""
    charset, _, rest = value.strip('"').partition("'")
    encoded = rest.partition("'")[2]
    encoding = _CHARSETS.get(charset.lower(), "")
    return unquote(encoded, encoding, "replace") if encoding else ""


def harmless(asked: str) -> str:
    """Return the last part of a path, without control and formatting characters, and not long."""
    name = asked.replace("\\", "/").rpartition("/")[2]
    name = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    name = "".join(char for char in name if char == " " or _is_seen(char))
    name = " ".join(name.split()).lstrip(".")
    return _shortened(name).strip() or _NAMELESS


def _is_seen(char: str) -> bool:
    return unicodedata.category(char)[0] not in "CZ"


def _shortened(name: str) -> str:
    """Cut in front of the ending, which says what it is."""
    stem, dot, ending = name.rpartition(".")
    if not dot or len(in_path(ending)) > MAX_ENDING_CHARS:
        stem, dot, ending = name, "", ""
    stem = stem[:MAX_PATH_CHARS]
    while len(in_path(stem + dot + ending)) > MAX_PATH_CHARS:
        stem = stem[:-1]
    return stem + dot + ending


def content_disposition(name: str, *, is_shown: bool) -> str:
    """Return the header for a name of `file_name`; `is_shown` in place, or only saved."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    kind = "inline" if is_shown else "attachment"
    quoted = plain.translate(_UNSAFE_IN_QUOTES)
    if quoted == name:
        return f'{kind}; filename="{name}"'
    return f"{kind}; filename=\"{quoted}\"; filename*=UTF-8''{in_path(name)}"


def in_path(name: str) -> str:
    """Return the name as it stands in a URL."""
    return quote(name, safe="")
