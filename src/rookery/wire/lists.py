"""Lists that are too long for one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def packed(words: Iterable[str], between: str, max_bytes: int) -> Iterator[str]:
    """Yield the words joined by `between`, as many to a string as `max_bytes` hold, at least one.

    Nothing is yielded for no words.
    """
    line: list[str] = []
    size = 0
    for word in words:
        word_bytes = len(word.encode()) + len(between)
        if line and size + word_bytes > max_bytes:
            yield between.join(line)
            line, size = [], 0
        line.append(word)
        size += word_bytes
    if line:
        yield between.join(line)
