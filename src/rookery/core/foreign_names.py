"""Nicks in other scripts than Latin: which are allowed, and which look like another.

A nick is letters, marks and digits of one script, after RFC 8265's UsernameCaseMapped. Two nicks
that look alike count as one: `skeleton` is what is compared. It knows the letters of Cyrillic,
Greek and Armenian that pass for Latin ones, which is what people are deceived with.
Source: RFC 8264 §9, RFC 8265 §3.3; the idea of skeletons is Unicode Technical Standard #39's.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from rookery.core.refusal import Reason, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rookery.core.names import Name

_ASCII: Final = re.compile(r"[A-Za-z0-9\[\]\\`_^{}|-]")
_FIRST: Final = frozenset({"Ll", "Lu", "Lo", "Lm"})
_ALLOWED: Final = _FIRST | {"Mn", "Mc", "Nd"}
_MARKS: Final = frozenset({"Mn", "Mc"})
MAX_MARKS_IN_A_ROW: Final = 2
_COMMON: Final = frozenset({"COMBINING", "MODIFIER"})
"""First words of the names of characters that belong to every script."""
_TOGETHER: Final = (
    {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "LATIN"},
    {"CJK", "HANGUL", "LATIN"},
    {"CJK", "BOPOMOFO", "LATIN"},
)
"""Scripts that are written together: Japanese, Korean, Chinese."""
_LOOKALIKES: Final = str.maketrans(
    "авгесԁһіјкӏмнорԛѕтуѵԝх" + "αβγεζηικμνορτυχ" + "օսհոզց" + "ıɡɑ",  # noqa: RUF001 - they are meant
    "abrecdhijklmhopqstyvwx" + "abyeznikmvoptux" + "ouhnqg" + "iga",
)


def is_nick(text: str) -> bool:
    """Return whether `text` may be a nick; its length is not looked at."""
    if unicodedata.normalize("NFC", text) != text or not all(map(_is_allowed, text)):
        return False
    if text[0].isdigit() or text[0] == "-" or unicodedata.category(text[0]) in _MARKS:
        return False
    categories = "".join("m" if unicodedata.category(char) in _MARKS else "." for char in text)
    return "m" * (MAX_MARKS_IN_A_ROW + 1) not in categories and _is_one_script(text)


def _is_allowed(char: str) -> bool:
    if char.isascii():
        return _ASCII.fullmatch(char) is not None
    # What decomposes to something else (a ligature, a full-width letter) is another's shape.
    is_plain = not unicodedata.decomposition(char).startswith("<")
    return is_plain and unicodedata.category(char) in _ALLOWED


def _is_one_script(text: str) -> bool:
    letters = {_script(char) for char in text if char.isalpha() or not char.isascii()} - _COMMON
    digits = {_script(char) for char in text if unicodedata.category(char) == "Nd"}
    is_alone = len(letters) <= 1 or any(letters <= scripts for scripts in _TOGETHER)
    return is_alone and len(digits) <= 1


def _script(char: str) -> str:
    """Return the first word of the character's name, which is its script's in nearly all."""
    return unicodedata.name(char, "?").partition(" ")[0]


def skeleton(key: str) -> str:
    """Return what a folded name looks like."""
    return key if key.isascii() else key.translate(_LOOKALIKES)


class Shapes:
    """The names in other scripts, by what they look like; ASCII names look like themselves."""

    __slots__ = ("_keys",)

    def __init__(self) -> None:
        self._keys: dict[str, set[str]] = {}

    def add(self, key: str) -> None:
        """Know a folded name, if it is in another script."""
        if not key.isascii():
            self._keys.setdefault(skeleton(key), set()).add(key)

    def drop(self, key: str) -> None:
        """Know a name no longer."""
        if not key.isascii():
            shape = skeleton(key)
            keys = self._keys.get(shape, set())
            keys.discard(key)
            if not keys:
                self._keys.pop(shape, None)

    def of(self, shape: str) -> Iterable[str]:
        """Return the names that look so."""
        return self._keys.get(shape, ())


def check_looks_like_nobody(
    name: Name,
    present: Mapping[str, object],
    accounts: Mapping[str, str],
    shapes: Shapes,
    own: tuple[str, ...],
) -> None:
    """Raise NICK_IN_USE where the nick looks like another one; `own` keys are the asker's.

    Two ASCII names never look alike here.
    """
    shape = skeleton(name.key)
    is_taken = shape in present or shape in accounts
    if is_taken and not name.key.isascii() and shape not in own:
        raise Refusal(Reason.NICK_IN_USE, name.text)
    for key in shapes.of(shape):
        is_there = key in present or key in accounts
        if is_there and key != name.key and key not in own:
            raise Refusal(Reason.NICK_IN_USE, name.text)
