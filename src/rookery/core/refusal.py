"""Why something asked for is not done.

A refusal is an answer, not a fault: nothing has changed when it is raised.
Its numeric and its sentence stand in `deliver/reply.py`.
"""

from __future__ import annotations

from enum import Enum, auto


class Reason(Enum):
    """Every reason that the domain refuses for."""

    NO_NICK_GIVEN = auto()
    BAD_NICK = auto()
    NICK_IN_USE = auto()
    NICK_RESERVED = auto()
    NO_SUCH_NICK = auto()
    NO_SUCH_SERVER = auto()
    ACCOUNTS_ONLY = auto()
    BAD_ROOM_NAME = auto()
    NO_SUCH_ROOM = auto()
    NOT_IN_ROOM = auto()
    USER_NOT_IN_ROOM = auto()
    MUST_BE_OPERATOR = auto()
    CANNOT_SEND = auto()
    WRONG_KEY = auto()
    BAD_MODE_PARAM = auto()
    ROOM_FULL = auto()
    INVITE_ONLY = auto()
    BANNED = auto()
    ACCOUNT_NEEDED = auto()
    USER_IN_ROOM = auto()
    LIST_FULL = auto()
    OUTRANKED = auto()
    MUST_BE_FOUNDER = auto()
    ROOM_REGISTERED = auto()
    TOO_MANY_ROOMS = auto()
    UNKNOWN_MODE = auto()
    MUST_USE_OWN_NICK = auto()
    NOT_AN_OPERATOR = auto()
    PRIVILEGE_MISSING = auto()
    NO_OPERATOR_HERE = auto()
    WRONG_PASSWORD = auto()
    IS_SERVER = auto()


class Refusal(Exception):
    """Raised by deciding functions; `subjects` are the names that the reply repeats, in order."""

    def __init__(self, reason: Reason, *subjects: str) -> None:
        super().__init__(reason, *subjects)
        self.reason = reason
        self.subjects = subjects
