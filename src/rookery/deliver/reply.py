"""Answers to one session: numerics, standard replies, refusals, labels and batches.

Every refusal's numeric and sentence stands in `REFUSALS`, once.
Source: modern IRC "Numerics"; IRCv3 standard-replies, labeled-response, batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.core.refusal import Reason
from rookery.deliver.render import with_tag
from rookery.wire import numerics as num
from rookery.wire.capabilities import STANDARD_REPLIES
from rookery.wire.tags import escape

if TYPE_CHECKING:
    from rookery.core.refusal import Refusal
    from rookery.deliver.session import Session

REFUSALS: Final[dict[Reason, tuple[str, str]]] = {
    Reason.NO_NICK_GIVEN: (num.ERR_NONICKNAMEGIVEN, "No nickname given"),
    Reason.BAD_NICK: (num.ERR_ERRONEUSNICKNAME, "That nickname cannot be used"),
    Reason.NICK_IN_USE: (num.ERR_NICKNAMEINUSE, "Nickname is already in use"),
    Reason.NICK_RESERVED: (
        num.ERR_NICKNAMEINUSE,
        (
            "Nickname is registered. If it is yours, sign in with SASL, "
            "or take another and type: /msg NickServ IDENTIFY name password"
        ),
    ),
    Reason.MUST_USE_OWN_NICK: (num.ERR_ERRONEUSNICKNAME, "Here your nick is your account's name"),
    Reason.NO_SUCH_NICK: (num.ERR_NOSUCHNICK, "No such nick"),
    Reason.NO_SUCH_SERVER: (num.ERR_NOSUCHSERVER, "No such server"),
    Reason.ACCOUNTS_ONLY: (num.ERR_NEEDREGGEDNICK, "They take messages from accounts only"),
    Reason.BAD_ROOM_NAME: (num.ERR_BADCHANMASK, "That channel name cannot be used"),
    Reason.NO_SUCH_ROOM: (num.ERR_NOSUCHCHANNEL, "No such channel"),
    Reason.NOT_IN_ROOM: (num.ERR_NOTONCHANNEL, "You're not on that channel"),
    Reason.USER_NOT_IN_ROOM: (num.ERR_USERNOTINCHANNEL, "They aren't on that channel"),
    Reason.MUST_BE_OPERATOR: (num.ERR_CHANOPRIVSNEEDED, "You're not a channel operator"),
    Reason.CANNOT_SEND: (num.ERR_CANNOTSENDTOCHAN, "Cannot send to channel"),
    Reason.WRONG_KEY: (num.ERR_BADCHANNELKEY, "Cannot join channel (+k): give its key"),
    Reason.BAD_MODE_PARAM: (num.ERR_INVALIDMODEPARAM, "That is no value for this mode"),
    Reason.ROOM_FULL: (num.ERR_CHANNELISFULL, "Cannot join channel (+l): it is full"),
    Reason.INVITE_ONLY: (num.ERR_INVITEONLYCHAN, "Cannot join channel (+i): it is invite-only"),
    Reason.BANNED: (num.ERR_BANNEDFROMCHAN, "Cannot join channel (+b): you are banned"),
    Reason.ACCOUNT_NEEDED: (num.ERR_NEEDREGGEDNICK, "Sign in to an account first"),
    Reason.USER_IN_ROOM: (num.ERR_USERONCHANNEL, "is already on channel"),
    Reason.LIST_FULL: (num.ERR_BANLISTFULL, "The channel's lists are full"),
    Reason.OUTRANKED: (num.ERR_CHANOPRIVSNEEDED, "Their rank is above yours"),
    Reason.MUST_BE_FOUNDER: (num.ERR_CHANOPRIVSNEEDED, "You're not the channel's founder"),
    Reason.ROOM_REGISTERED: (num.ERR_CHANOPRIVSNEEDED, "The channel is registered already"),
    Reason.TOO_MANY_ROOMS: (num.ERR_TOOMANYCHANNELS, "You are in as many channels as allowed"),
    Reason.NOT_AN_OPERATOR: (
        num.ERR_NOPRIVILEGES,
        "Permission Denied- You're not an IRC operator",
    ),
    Reason.PRIVILEGE_MISSING: (num.ERR_NOPRIVS, "Insufficient oper privileges"),
    Reason.NO_OPERATOR_HERE: (num.ERR_NOOPERHOST, "No operator comes from your host"),
    Reason.WRONG_PASSWORD: (num.ERR_PASSWDMISMATCH, "Password incorrect"),
    Reason.IS_SERVER: (num.ERR_CANTKILLSERVER, "You can't kill a server!"),
    Reason.UNKNOWN_MODE: (num.ERR_UNKNOWNMODE, "is no mode of this server"),
}
"""The reasons that IRC has a numeric for. REGISTER's are FAIL codes (`command/account.py`)."""

SPEAKS_FAIL: Final = frozenset(
    {
        "BATCH",
        "CHATHISTORY",
        "MARKREAD",
        "METADATA",
        "REDACT",
        "REGISTER",
        "RELAYMSG",
        "RENAME",
        "SEARCH",
        "SETNAME",
        "VERIFY",
    }
)
"""Commands whose own specification answers with FAIL: who uses them understands it."""


class Replies:
    """Lines from the server to one session; `server` is its name on the wire."""

    def __init__(self, server: str) -> None:
        self.server = server

    def numeric(self, nick: str, code: str, *params: str) -> bytes:
        """Return a numeric; the last of `params` may be any text."""
        *middle, last = params
        between = " ".join([nick, *middle])
        return f":{self.server} {code} {between} :{last}\r\n".encode()

    def refusal(self, nick: str, refusal: Refusal) -> bytes:
        """Return the numeric of a refusal of `REFUSALS`."""
        code, text = REFUSALS[refusal.reason]
        return self.numeric(nick, code, *map(_middle, refusal.subjects), text)

    def standard(self, session: Session, kind: str, command: str, code: str, *rest: str) -> bytes:
        """Return FAIL, WARN or NOTE; a NOTICE of its text without IRCv3 standard-replies.

        The last of `rest` is the sentence, those before it its context.
        """
        is_known = command in SPEAKS_FAIL or code == "INVALID_UTF8"
        if not is_known and not session.caps & STANDARD_REPLIES:
            return f":{self.server} NOTICE {session.nick} :{rest[-1]}\r\n".encode()
        between = "".join(f" {_middle(param)}" for param in rest[:-1])
        return f":{self.server} {kind} {command} {code}{between} :{rest[-1]}\r\n".encode()

    def labelled(self, lines: list[bytes], label: str, batch_ref: str) -> list[bytes]:
        """Return the replies to a labelled command as one response.

        None become ACK, one carries the label, several become a batch of type labeled-response;
        without a `batch_ref`, for a client that knows no batches, the first carries the label.
        """
        tag = b"label=" + escape(label).encode()
        if not lines:
            return [with_tag(f":{self.server} ACK\r\n".encode(), tag)]
        whole = [one + b"\r\n" for data in lines for one in data.split(b"\r\n") if one]
        if len(whole) == 1 or not batch_ref or _is_one_batch(whole):
            return [with_tag(whole[0], tag), *whole[1:]]
        opening = f":{self.server} BATCH +{batch_ref} labeled-response\r\n".encode()
        closing = f":{self.server} BATCH -{batch_ref}\r\n".encode()
        return [with_tag(opening, tag), *_in_batch(whole, batch_ref), closing]


def _middle(param: str) -> str:
    """Return what somebody sent as it can stand between others: its first word, or `*`."""
    word = param.partition(" ")[0]
    return "*" if not word or word.startswith(":") else word


def _is_one_batch(lines: list[bytes]) -> bool:
    """Return whether the first of `lines` opens a batch that only the last closes."""
    words = lines[0].split(b" ")
    if words[0].startswith(b"@"):
        del words[0]
    is_opening = len(words) > 2 and words[1] == b"BATCH" and words[2].startswith(b"+")  # noqa: PLR2004
    return is_opening and lines[-1].rstrip().endswith(b" BATCH -" + words[2][1:])


def _in_batch(lines: list[bytes], batch_ref: str) -> list[bytes]:
    """Return `lines` as members of a batch; those of a nested batch stay in theirs."""
    tag = b"batch=" + batch_ref.encode()
    nested = (b"@batch=", b";batch=")
    return [
        line
        if line.startswith(b"@") and any(mark in line[: line.find(b" ")] for mark in nested)
        else with_tag(line, tag)
        for line in lines
    ]
