"""Log lines with named values, for people on a terminal and for programs elsewhere.

What a peer sent can never start a line of its own or move the cursor: every character that is
not printable is escaped, also in names, reasons and the texts of exceptions.
Nothing is read from the standard library's logging but its levels, loggers and one handler.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import Final, TextIO

_ROOT: Final = "rookery"
_FIELDS: Final = "rookery_fields"
_HANDLER: Final = "rookery"
_BARE: Final = re.compile(r"[^\s\"=\\]+")


class Logger:
    """Writes events of one part of the server; values are keyword arguments."""

    __slots__ = ("_logger",)

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger

    def debug(self, event: str, /, **fields: object) -> None:
        """Log what helps only who looks for a fault."""
        self._write(logging.DEBUG, event, fields)

    def info(self, event: str, /, **fields: object) -> None:
        """Log what an operator wants to have read."""
        self._write(logging.INFO, event, fields)

    def warning(self, event: str, /, **fields: object) -> None:
        """Log what an operator should look at."""
        self._write(logging.WARNING, event, fields)

    def error(self, event: str, /, **fields: object) -> None:
        """Log what an operator must act on."""
        self._write(logging.ERROR, event, fields)

    def exception(self, event: str, /, **fields: object) -> None:
        """Log an error with the traceback of the exception that is being handled."""
        self._write(logging.ERROR, event, fields, has_traceback=True)

    def _write(
        self, level: int, event: str, fields: dict[str, object], *, has_traceback: bool = False
    ) -> None:
        if self._logger.isEnabledFor(level):
            self._logger.log(level, "%s", event, exc_info=has_traceback, extra={_FIELDS: fields})


def get(name: str) -> Logger:
    """Return the logger of the part `name`, such as `net` or `store`."""
    return Logger(logging.getLogger(f"{_ROOT}.{name}"))


def configure(level: str, style: str, *, is_terminal: bool, stream: TextIO | None = None) -> None:
    """Write to `stream` (standard error) as `log.level` and `log.format` say, from now on.

    Other libraries' lines come out in the same form, from `warning` on.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.name = _HANDLER
    handler.setFormatter(_formatter(style, is_terminal=is_terminal))
    root = logging.getLogger()
    for old in [old for old in root.handlers if old.name == _HANDLER]:
        root.removeHandler(old)
    root.addHandler(handler)
    logging.getLogger(_ROOT).setLevel(level.upper())


def escape(text: str) -> str:
    """Return `text` with each character that is not printable written as its code."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - the BMP


def _formatter(style: str, *, is_terminal: bool) -> logging.Formatter:
    match style:
        case "json":
            return _JsonFormatter()
        case "auto" if is_terminal:
            return _HumanFormatter()
        case _:
            return _TextFormatter()


class _HumanFormatter(logging.Formatter):
    """`14:03:07 warning net: session ended  session=7 reason="Ping timeout"`."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created).astimezone()
        level = "" if record.levelno == logging.INFO else f"{record.levelname.lower()} "
        line = f"{time:%H:%M:%S} {level}{_part(record)}: {escape(record.getMessage())}"
        if fields := _fields(record):
            line += "  " + _pairs(fields)
        below = [f"    {escape(text)}" for text in _traceback(record).splitlines()]
        return "\n".join((line, *below))


class _TextFormatter(logging.Formatter):
    """`time=… level=warning log=net event="session ended" session=7`."""

    def format(self, record: logging.LogRecord) -> str:
        return _pairs(_all_fields(record))


class _JsonFormatter(logging.Formatter):
    """One JSON object, in ASCII."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_all_fields(record), default=str)


def _all_fields(record: logging.LogRecord) -> dict[str, object]:
    """Return the fields of a line for programs; a caller's field never replaces ours."""
    time = datetime.fromtimestamp(record.created, UTC)
    ours = {
        "time": time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "log": _part(record),
        "event": record.getMessage(),
    }
    fields = ours | _fields(record) | ours
    if text := _traceback(record):
        fields["traceback"] = text
    return fields


def _part(record: logging.LogRecord) -> str:
    return record.name.removeprefix(f"{_ROOT}.")


def _fields(record: logging.LogRecord) -> dict[str, object]:
    fields: dict[str, object] = getattr(record, _FIELDS, {})
    return fields


def _traceback(record: logging.LogRecord) -> str:
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    return "".join(traceback.format_exception(*record.exc_info)).rstrip()


def _pairs(fields: dict[str, object]) -> str:
    return " ".join(f"{key}={_value(value)}" for key, value in fields.items())


def _value(value: object) -> str:
    """Return a value in quotes where it would otherwise not be one word."""
    if isinstance(value, float):
        return f"{value:g}"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    text = str(value)
    if _BARE.fullmatch(text) and text.isprintable():
        return text
    return escape(json.dumps(text, ensure_ascii=False))
