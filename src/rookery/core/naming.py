"""Who may have which nick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.core.refusal import Reason, Refusal

if TYPE_CHECKING:
    from rookery.core.names import Name
    from rookery.core.user import User
    from rookery.core.world import World


def check_may_take(
    world: World,
    name: Name,
    account_key: str,
    holder: User | None,
    *,
    is_strict: bool = True,
    may_share: bool = True,
) -> None:
    """Raise NICK_IN_USE or NICK_RESERVED unless the nick is free for `account_key`.

    `holder` is the user who asks, None for a connection that is still signing in. A nick whose
    account is the asker's own is free also while another session of it is there: it is joined,
    where the account `may_share`. An account's nick is its owner's alone where `is_strict`.
    """
    present = world.users.get(name.key)
    if is_strict and name.key in world.accounts and name.key != account_key:
        raise Refusal(Reason.NICK_RESERVED, name.text)
    if present is None or present is holder:
        return
    is_own = bool(account_key) and name.key == account_key == present.account_key
    if not is_own or holder is not None or not (may_share or not present.sessions):
        raise Refusal(Reason.NICK_IN_USE, name.text)


_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789-_"


def one_slip_away(key: str, known: frozenset[str] | set[str] | dict[str, str]) -> str:
    """Return a known name that differs from `key` by one slip of a finger, or nothing.

    A slip is a letter too many, one missing, one wrong, or two swapped.
    """
    cuts = [(key[:at], key[at:]) for at in range(len(key) + 1)]
    swapped = (left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1)
    shorter = (left + right[1:] for left, right in cuts if right)
    other = (left + letter + right[1:] for left, right in cuts if right for letter in _ALPHABET)
    longer = (left + letter + right for left, right in cuts for letter in _ALPHABET)
    for candidates in (swapped, shorter, other, longer):
        for candidate in candidates:
            if candidate in known:
                return candidate
    return ""
