"""A person's own modes as data, and the rules for changing them.

A person changes their own modes only; what they may not set is left out without a word, and they
are told of a letter that means nothing. Source: modern IRC, "User modes" and "MODE message".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from rookery.core.refusal import Reason, Refusal

if TYPE_CHECKING:
    from collections.abc import Collection

    from rookery.core.user import User

INVISIBLE: Final = "i"
OPERATOR: Final = "o"
WALLOPS: Final = "w"
BOT: Final = "B"
REGISTERED_ONLY: Final = "R"


@dataclass(frozen=True, slots=True)
class UserMode:
    """One mode of a person; `is_given` where nobody can give it to themselves."""

    letter: str
    summary: str
    is_given: bool = False


USER_MODES: Final = (
    UserMode(BOT, "Bot: not a person (IRCv3 bot-mode)."),
    UserMode(REGISTERED_ONLY, "Only people with an account, and those accepted, may write to one."),
    UserMode(INVISIBLE, "Invisible: hidden from those who share no room with one."),
    UserMode(OPERATOR, "Operator of the server, given by OPER.", is_given=True),
    UserMode(WALLOPS, "Reads what operators tell everybody (WALLOPS)."),
)
BY_LETTER: Final = {mode.letter: mode for mode in USER_MODES}
LETTERS: Final = "".join(BY_LETTER)


class Wanted(NamedTuple):
    """What a string of modes asks for: letters to set and to take away, and those unknown."""

    on: str
    off: str
    unknown: str


def wanted(user: User, changes: str) -> Wanted:
    """Return what `changes` (as in `+iw-B`) would change for `user`; of a repeat the last counts.

    A mode that is given by others cannot be set, but laid down.
    """
    after: dict[str, bool] = {}
    unknown = ""
    is_on = True
    for letter in changes:
        if letter in "+-":
            is_on = letter == "+"
        elif letter not in BY_LETTER:
            unknown += letter
        elif not (is_on and BY_LETTER[letter].is_given):
            after[letter] = is_on
    on = "".join(letter for letter, is_on in after.items() if is_on and letter not in user.modes)
    off = "".join(letter for letter, is_on in after.items() if not is_on and letter in user.modes)
    return Wanted(on, off, unknown)


def check_takes_from(user: User, sender: User, accepted: Collection[User]) -> None:
    """Raise ACCOUNTS_ONLY where `user` takes messages from accounts only and `sender` has none.

    `accepted` are those from whom `user` takes messages all the same.
    """
    is_open = REGISTERED_ONLY not in user.modes or bool(sender.account) or sender is user
    if not is_open and sender not in accepted:
        raise Refusal(Reason.ACCOUNTS_ONLY, user.nick)


def shown(user: User) -> str:
    """Return the modes as RPL_UMODEIS shows them."""
    return "+" + "".join(letter for letter in LETTERS if letter in user.modes)
