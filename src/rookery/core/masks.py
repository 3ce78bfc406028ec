"""Masks of people: bans, exceptions and invitations, with `*` and `?`.

A mask is `nick!user@host`, `a:account`, or `m:` before either of them: a ban that only mutes.
Letters are compared without case. Source: modern IRC "Ban Channel Mode", `EXTBAN`;
IRCv3 account-extban.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

MUTE: Final = "m:"
ACCOUNT: Final = "a:"
EXTBANS: Final = "am"
"""The types of extended bans. RPL_ISUPPORT `EXTBAN`."""
MAX_MASK_CHARS: Final = 200
"""A MODE line holds it beside the longest names (unit: characters)."""

_FORBIDDEN: Final = re.compile("[\0-\x20\x7f,]|^:")


class Entry(NamedTuple):
    """A mask in one of a room's lists, who set it, and when."""

    mask: str
    by: str
    at_ms: int


def normalised(text: str) -> str:
    """Return the whole mask that `text` is short for; empty where it can be none."""
    if not text or len(text) > MAX_MASK_CHARS or _FORBIDDEN.search(text):
        return ""
    if text.startswith(MUTE):
        inner = normalised(text.removeprefix(MUTE))
        return MUTE + inner if inner and not inner.startswith(MUTE) else ""
    if text.startswith(ACCOUNT):
        return text if text != ACCOUNT else ""
    nick, has_nick, rest = text.partition("!")
    user, has_user, host = rest.partition("@") if has_nick else text.partition("@")
    if not has_nick and has_user:
        nick = ""
    elif not has_nick:
        is_host = "." in text or ":" in text
        nick, user, host = ("", "", text) if is_host else (text, "", "")
    return f"{nick or '*'}!{user or '*'}@{host or '*'}"


def key(mask: str) -> str:
    """Return what two masks are compared by."""
    return mask.casefold()


@lru_cache(maxsize=4096)
def glob(pattern: str) -> re.Pattern[str]:
    """Return the pattern to be asked with `fullmatch`; `*` is any text, `?` any character."""
    first, *others = (
        "".join("." if char == "?" else re.escape(char) for char in part)
        for part in re.sub(r"\*+", "*", pattern).split("*")
    )
    if not others:
        return re.compile(first, re.IGNORECASE)
    # Atomic: a star never takes back what it skipped, so no mask can make matching slow.
    between = "".join(f"(?>.*?{part})" for part in others[:-1])
    return re.compile(f"{first}{between}.*{others[-1]}", re.IGNORECASE)


def matches(mask: str, source: str, account: str) -> bool:
    """Return whether a normalised mask, without `m:`, is one of the person's."""
    if mask.startswith(ACCOUNT):
        is_known = bool(account)
        return is_known and glob(mask.removeprefix(ACCOUNT)).fullmatch(account) is not None
    return glob(mask).fullmatch(source) is not None


def has_person(entries: Iterable[Entry], source: str, account: str, *, with_mutes: bool) -> bool:
    """Return whether one of the masks fits; those that only mute count where `with_mutes`."""
    for mask, _, _ in entries:
        if mask.startswith(MUTE):
            if with_mutes and matches(mask.removeprefix(MUTE), source, account):
                return True
        elif matches(mask, source, account):
            return True
    return False
