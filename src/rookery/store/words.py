"""The words of a text, as search compares them: without case and accents.

It splits as SQLite's tokenizer `unicode61 remove_diacritics 2` does, so nearly that nobody notices
which of the two has compared.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from rookery.core.events import Said


def words_of(text: str) -> list[str]:
    """Return the words of `text` in their order, each as it is compared."""
    plain = text.lower()
    if not plain.isascii():
        plain = "".join(
            char for char in unicodedata.normalize("NFD", plain) if not unicodedata.combining(char)
        )
    return "".join(char if char.isalnum() else " " for char in plain).split()


def matching(messages: Iterable[Said], words: str) -> Iterator[Said]:
    """Yield those in which all of `words` occur; none where something is asked but no word."""
    wanted = {*words_of(words)}
    if words and not wanted:
        return
    for said in messages:
        if wanted <= {*words_of(said.text)}:
            yield said
