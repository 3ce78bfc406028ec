"""The IRCv3 capabilities that a client may ask for, one row each.

A session's capabilities are an `int` of `bit`s, since rendering looks at them once per message
and recipient group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SERVER_TIME: Final = 1 << 0
MESSAGE_TAGS: Final = 1 << 1
ACCOUNT_TAG: Final = 1 << 2
ECHO_MESSAGE: Final = 1 << 3
BATCH: Final = 1 << 4
LABELED_RESPONSE: Final = 1 << 5
EXTENDED_JOIN: Final = 1 << 6
MULTI_PREFIX: Final = 1 << 7
STANDARD_REPLIES: Final = 1 << 8
SASL: Final = 1 << 9
CAP_NOTIFY: Final = 1 << 10
ACCOUNT_REGISTRATION: Final = 1 << 11
CHATHISTORY: Final = 1 << 12
RESEND: Final = 1 << 13
ACCOUNT_NOTIFY: Final = 1 << 14
AWAY_NOTIFY: Final = 1 << 15
CHGHOST: Final = 1 << 16
EXTENDED_MONITOR: Final = 1 << 17
INVITE_NOTIFY: Final = 1 << 18
SETNAME: Final = 1 << 19
USERHOST_IN_NAMES: Final = 1 << 20
NO_IMPLICIT_NAMES: Final = 1 << 21
EVENT_PLAYBACK: Final = 1 << 22
MESSAGE_REDACTION: Final = 1 << 23
METADATA_2: Final = 1 << 24
MULTILINE: Final = 1 << 25
PRE_AWAY: Final = 1 << 26
READ_MARKER: Final = 1 << 27
CHANNEL_RENAME: Final = 1 << 28
EXTENDED_ISUPPORT: Final = 1 << 29
STS: Final = 1 << 30
SEARCH: Final = 1 << 31
SELF_MESSAGE: Final = 1 << 33
RELAYMSG: Final = 1 << 34
WEBPUSH: Final = 1 << 40
DRAFT_WEBPUSH: Final = 1 << 41
CAP_302: Final = 1 << 60
"""No capability: the client has said CAP LS 302, which holds for as long as it is there."""

ANY_TAGS: Final = SERVER_TIME | MESSAGE_TAGS | ACCOUNT_TAG | BATCH | LABELED_RESPONSE
"""A client with one of these expects tags on what it receives."""


@dataclass(frozen=True, slots=True)
class Capability:
    """One capability: its name in CAP LS, its bit, what it changes, and where it is specified."""

    name: str
    bit: int
    summary: str
    spec: str


CAPABILITIES: Final = (
    Capability(
        "server-time", SERVER_TIME, "Messages carry the time they were sent.", "IRCv3 server-time"
    ),
    Capability(
        "message-tags",
        MESSAGE_TAGS,
        "Messages carry a msgid and the tags that clients add; TAGMSG is delivered.",
        "IRCv3 message-tags, message-ids",
    ),
    Capability(
        "account-tag", ACCOUNT_TAG, "Messages name their sender's account.", "IRCv3 account-tag"
    ),
    Capability(
        "echo-message",
        ECHO_MESSAGE,
        "The sender receives its own messages, once they are on disk.",
        "IRCv3 echo-message",
    ),
    Capability("batch", BATCH, "Replies that belong together come as one batch.", "IRCv3 batch"),
    Capability(
        "labeled-response",
        LABELED_RESPONSE,
        "A reply carries the label of the command that it answers.",
        "IRCv3 labeled-response",
    ),
    Capability(
        "extended-join",
        EXTENDED_JOIN,
        "JOIN names the account and real name of who joins.",
        "IRCv3 extended-join",
    ),
    Capability(
        "account-notify",
        ACCOUNT_NOTIFY,
        "ACCOUNT tells when somebody signs in to an account or out of it.",
        "IRCv3 account-notify",
    ),
    Capability(
        "away-notify",
        AWAY_NOTIFY,
        "AWAY tells when somebody goes away or is back.",
        "IRCv3 away-notify",
    ),
    Capability(
        "chghost", CHGHOST, "CHGHOST tells of another host name of a person.", "IRCv3 chghost"
    ),
    Capability(
        "extended-monitor",
        EXTENDED_MONITOR,
        "What is told of people in common rooms is told of those on the monitor list too.",
        "IRCv3 extended-monitor",
    ),
    Capability(
        "setname", SETNAME, "SETNAME tells of another real name of a person.", "IRCv3 setname"
    ),
    Capability(
        "draft/extended-isupport",
        EXTENDED_ISUPPORT,
        "ISUPPORT lists what the server has, also before the sign-in.",
        "IRCv3 draft/extended-isupport",
    ),
    Capability(
        "draft/pre-away",
        PRE_AWAY,
        "AWAY is taken before the sign-in; AWAY * says that nobody looks at this connection.",
        "IRCv3 draft/pre-away",
    ),
    Capability(
        "multi-prefix",
        MULTI_PREFIX,
        "NAMES and WHO show every rank of a member.",
        "IRCv3 multi-prefix",
    ),
    Capability(
        "standard-replies",
        STANDARD_REPLIES,
        "FAIL, WARN and NOTE instead of notices.",
        "IRCv3 standard-replies",
    ),
    Capability("sasl", SASL, "Sign in to an account while connecting.", "IRCv3 sasl 3.2"),
    Capability(
        "cap-notify",
        CAP_NOTIFY,
        "The client is told when the capabilities change.",
        "IRCv3 capability-negotiation",
    ),
    Capability(
        "draft/account-registration",
        ACCOUNT_REGISTRATION,
        "REGISTER keeps a name for its owner.",
        "IRCv3 draft/account-registration",
    ),
    Capability(
        "draft/chathistory",
        CHATHISTORY,
        "CHATHISTORY reads what was said before.",
        "IRCv3 draft/chathistory",
    ),
    Capability(
        "draft/message-redaction",
        MESSAGE_REDACTION,
        "REDACT deletes a message, and the client is told of it.",
        "IRCv3 draft/message-redaction",
    ),
    Capability(
        "draft/metadata-2",
        METADATA_2,
        "METADATA says something about people and rooms, to those who follow its keys.",
        "IRCv3 draft/metadata-2",
    ),
    Capability(
        "draft/multiline",
        MULTILINE,
        "A message may have several lines: it comes as one batch.",
        "IRCv3 draft/multiline",
    ),
    Capability(
        "draft/event-playback",
        EVENT_PLAYBACK,
        "CHATHISTORY also shows who came and went, and reactions.",
        "IRCv3 draft/chathistory",
    ),
    Capability(
        "draft/read-marker",
        READ_MARKER,
        "MARKREAD keeps how far one has read, for all of one's devices.",
        "IRCv3 draft/read-marker",
    ),
    Capability(
        "draft/relaymsg",
        RELAYMSG,
        "RELAYMSG lets a bridge speak for people elsewhere.",
        "IRCv3 draft/relaymsg",
    ),
    Capability(
        "znc.in/self-message",
        SELF_MESSAGE,
        "What one's other clients send to people is shown too.",
        "ZNC self-message",
    ),
    Capability(
        "soju.im/search",
        SEARCH,
        "SEARCH finds what was said.",
        "soju.im/search",
    ),
    Capability(
        "soju.im/webpush",
        WEBPUSH,
        "WEBPUSH has a device told of messages while nobody looks.",
        "soju.im/webpush",
    ),
    Capability(
        "draft/webpush",
        DRAFT_WEBPUSH,
        "The same, under the name that IRCv3 may give it.",
        "IRCv3 draft/webpush",
    ),
    Capability(
        "rookery.chat/resend",
        RESEND,
        "A message that is sent again after a lost connection is stored once.",
        "docs/ext/resend.md",
    ),
    Capability(
        "invite-notify",
        INVITE_NOTIFY,
        "Members of a room are told who is invited to it.",
        "IRCv3 invite-notify",
    ),
    Capability(
        "userhost-in-names",
        USERHOST_IN_NAMES,
        "NAMES shows nick!user@host.",
        "IRCv3 userhost-in-names",
    ),
    Capability(
        "no-implicit-names",
        NO_IMPLICIT_NAMES,
        "JOIN is not followed by the list of names.",
        "IRCv3 no-implicit-names",
    ),
    Capability(
        "draft/channel-rename",
        CHANNEL_RENAME,
        "A room's new name comes as RENAME, not as PART and JOIN.",
        "IRCv3 draft/channel-rename",
    ),
)

STS_ROW: Final = Capability(
    "sts", STS, "Where, and for how long, to connect encrypted; nobody asks for it.", "IRCv3 sts"
)
"""Listed where the operator wants it, with a value that depends on the connection."""

BY_NAME: Final = {row.name: row for row in CAPABILITIES}
